"""The tables of the index."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Double, Index, Integer, MetaData, String, Table, Text

__all__ = ["VERSION", "about", "artifacts", "entries", "marks", "metadata", "runs"]

VERSION = "1"
"""Raised with every change of a table; an index of another version is made anew."""

metadata = MetaData()

about = Table(
    "about",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
"""What the index knows about itself: its version, and how far it has read."""

marks = Table("marks", metadata, Column("name", String(255), primary_key=True))
"""The change marks whose runs are read."""

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uuid", String(32), nullable=False, unique=True),
    Column("name", Text),
    Column("description", Text),
    Column("owner", Text),
    Column("project", Text),
    Column("user", Text),
    Column("kind", Text),
    Column("runtime", Text),
    Column("status", Text, nullable=False),
    Column("managed_by", Text),
    Column("is_managed", Boolean),
    Column("original", Text),
    Column("cloning_kind", Text),
    Column("created_at", Double),
    Column("updated_at", Double),
    Column("started_at", Double),
    Column("finished_at", Double),
    Column("heartbeat_at", Double),
    Column("duration", Double),
    Column("wait_time", Double),
    Column("tags", Text, nullable=False),
    Column("inputs", Text, nullable=False),
    Column("outputs", Text, nullable=False),
    Column("problem", Text),
)
"""One row a run; times in seconds since the epoch; tags, inputs and outputs as JSON, for showing."""

entries = Table(
    "entries",
    metadata,
    Column("run", Integer, nullable=False),
    Column("family", String(10), nullable=False),
    Column("name", Text, nullable=False),
    Column("number", Double),
    Column("text", Text),
)
"""Each input, output, meta value and tag of a run, for searching.

The last value of a metric is an output (semantics 5.7). A list has one row an item.
"""

artifacts = Table(
    "artifacts",
    metadata,
    Column("run", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text),
    Column("path", Text),
    Column("state", Text),
    Column("is_input", Boolean, nullable=False),
)
"""The artifact lineage of a run."""

Index("runs_by_project", runs.c.project, runs.c.created_at)
Index("runs_by_time", runs.c.created_at)
Index("entries_of_run", entries.c.run)
Index("entries_by_number", entries.c.family, entries.c.name, entries.c.number, entries.c.run)
Index("entries_by_text", entries.c.family, entries.c.name, entries.c.text, entries.c.run)
Index("artifacts_of_run", artifacts.c.run)
Index("artifacts_by_name", artifacts.c.name, artifacts.c.kind, artifacts.c.run)
