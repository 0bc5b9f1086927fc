"""The tables of the index."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Double, Index, Integer, MetaData, String, Table, Text

__all__ = [
    "VERSION",
    "about",
    "artifacts",
    "damages",
    "documents",
    "edges",
    "entries",
    "keys",
    "leave_empty_out",
    "marks",
    "metadata",
    "runs",
    "searching",
    "series",
    "sets",
    "sources",
]

VERSION = "10"
"""Raised with every change of a table; an index of another version is made anew."""

metadata = MetaData()

# Texts are ordered by their characters, as Python orders them, whatever language a server was set up for.
_TEXT = Text().with_variant(Text(collation="C"), "postgresql")

about = Table(
    "about",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
"""What the index knows about itself: its version."""

sources = Table(
    "sources",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("place", Text, nullable=False, unique=True),
    Column("folders_at", BigInteger, nullable=False),
    Column("listed", BigInteger, nullable=False),
)
"""The homes whose runs are here; when the folder of runs last changed, when its marks were listed, in nanoseconds."""

marks = Table(
    "marks",
    metadata,
    Column("source", Integer, primary_key=True),
    Column("name", String(255), primary_key=True),
)
"""The change marks whose runs are read."""

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", Integer, nullable=False),
    Column("uuid", String(32), nullable=False),
    Column("name", _TEXT),
    Column("description", _TEXT),
    Column("owner", _TEXT),
    Column("project", _TEXT),
    Column("user", _TEXT),
    Column("kind", _TEXT),
    Column("runtime", _TEXT),
    Column("status", _TEXT, nullable=False),
    Column("managed_by", _TEXT),
    Column("is_managed", String(5), nullable=False),
    Column("cwd", _TEXT),
    Column("original", String(32)),
    Column("cloning_kind", _TEXT),
    Column("created_at", Double),
    Column("updated_at", Double),
    Column("started_at", Double),
    Column("finished_at", Double),
    Column("duration", Double),
    Column("wait_time", Double),
    Column("problem", Text),
    Column("series", Integer),
    Column("small_name", Text),
    Column("small_description", Text),
)
"""One row a run; times in seconds since the epoch; `small_`: in small letters, for patterns.

`cwd` is the folder that a run was started in; `series` is the number of its set of series.
"""

documents = Table(
    "documents",
    metadata,
    Column("run", Integer, primary_key=True),
    Column("tags", Text, nullable=False),
    Column("inputs", Text, nullable=False),
    Column("outputs", Text, nullable=False),
)
"""Tags, inputs and outputs as JSON, for showing."""

keys = Table(
    "keys",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("family", String(20), nullable=False),
    Column("name", Text, nullable=False),
    Column("file", Text, nullable=False),
)
"""The names of values, each said once: `inputs`, `outputs` and `meta_info` have many, a field such as `tags` one.

`file` is how a series of that name calls its file, which is another spelling of the name.
"""

entries = Table(
    "entries",
    metadata,
    Column("run", Integer, primary_key=True, autoincrement=False),
    Column("key", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("type", String(1), nullable=False),
    Column("number", Double),
    Column("text", _TEXT),
    sqlite_with_rowid=False,
)
"""Each value of a run, for searching, those of a run side by side; the last value of a metric is an output.

A list has one row an item, in order. `type` tells texts, booleans, integers, floats, NaN and other JSON apart.
"""

artifacts = Table(
    "artifacts",
    metadata,
    Column("run", Integer, nullable=False),
    Column("name", _TEXT, nullable=False),
    Column("kind", _TEXT),
    Column("path", _TEXT),
    Column("state", _TEXT),
    Column("is_input", Boolean, nullable=False),
)
"""The artifact lineage of a run."""

sets = Table(
    "sets",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", String(40), nullable=False, unique=True),
)
"""The sets of series that runs have, each said once: what is trained again logs the same; by a hash of all of it."""

series = Table(
    "series",
    metadata,
    Column("set", Integer, nullable=False),
    Column("name", _TEXT, nullable=False),
    Column("kind", _TEXT),
    Column("path", _TEXT),
)
"""The series of a set: metrics and other events, which are artifacts without a state."""

edges = Table(
    "edges",
    metadata,
    Column("run", Integer, nullable=False),
    Column("upstream", _TEXT, nullable=False),
    Column("kind", _TEXT),
    Column("taken", Text, nullable=False),
)
"""The runs that a run took values from; the paths of these, as JSON."""

damages = Table(
    "damages",
    metadata,
    Column("run", Integer, primary_key=True, autoincrement=False),
    Column("what", Text, nullable=False),
)
"""What of a run can't be read: no row for nearly every run."""

Index("runs_by_uuid", runs.c.source, runs.c.uuid, unique=True)
Index("runs_by_project", runs.c.source, runs.c.project, runs.c.created_at)
Index("runs_by_time", runs.c.source, runs.c.created_at)
Index("runs_by_folder", runs.c.source, runs.c.cwd, runs.c.created_at)
Index("runs_by_original", runs.c.original)
Index("runs_by_series", runs.c.series)
Index("series_of_set", series.c.set)
Index("series_by_name", series.c.name, series.c.kind, series.c.set)
_ongoing = Index("runs_ongoing", runs.c.source, runs.c.id)
Index("keys_by_name", keys.c.family, keys.c.name, unique=True)
Index("keys_by_file", keys.c.family, keys.c.file)

_numbers = Index("entries_by_number", entries.c.key, entries.c.number, entries.c.run)
_texts = Index("entries_by_text", entries.c.key, entries.c.text, entries.c.run)

searching = (
    _numbers,
    _texts,
    Index("artifacts_of_run", artifacts.c.run),
    Index("artifacts_by_name", artifacts.c.name, artifacts.c.kind, artifacts.c.run),
    Index("artifacts_by_state", artifacts.c.state, artifacts.c.is_input, artifacts.c.run),
    Index("edges_of_run", edges.c.run),
    Index("edges_by_upstream", edges.c.upstream),
)
"""What speeds up searching and slows down filling: made last where an index is filled for the first time."""


def leave_empty_out(dialect: str) -> None:
    """Let the indexes of a kind of database hold no entries without a number, or a text, and no runs that are over.

    Said for the kind that is there alone: SQLAlchemy imports each that it is told of, some 50 ms.
    """
    for index, column in ((_numbers, entries.c.number), (_texts, entries.c.text)):
        index.dialect_options[dialect]["where"] = column.is_not(None)
    _ongoing.dialect_options[dialect]["where"] = runs.c.finished_at.is_(None)
