"""One thing that became true of a run."""

from operator import itemgetter
from typing import NamedTuple

from polyaxon_sdk.runs.writer import Writer
from polyaxon_sdk.types import Json

# Annotations here are no texts: typing would compile those of a named tuple, which takes a script a millisecond.

__all__ = ["ORDER", "STEPPED", "UNSEARCHED", "Fact", "Prepared", "fact_in"]

UNSEARCHED = frozenset({"heartbeat", "joined", "left", "process", "series"})
"""Kinds of facts that hold nothing that a person wrote; of series there may be many."""
STEPPED = frozenset({"lineage", "outputs"})
"""Kinds of facts that tell the step that their process was at: a rewind to before it supersedes them."""

ORDER = itemgetter(0, 1, 2)
"""What facts are sorted by."""


class Fact(NamedTuple):
    """One thing that became true of a run.

    Facts are ordered by their fields: the hybrid logical clock, then writer and sequence number.

    Attributes:
        clock: the writer's hybrid logical clock, in nanoseconds.
        writer: the name of the writer.
        sequence: counts the facts of one writer.
        time: wall time of the writer, in seconds since the epoch.
        kind: `created`, `status`, `inputs`, `outputs`, `meta`, `tags`, `update`, `lineage`, `series`, ….
        fields: what the kind says.
    """

    clock: int
    writer: str
    sequence: int
    time: float
    kind: str
    fields: dict[str, object]


class Prepared:
    """A fact as a record has it.

    Args:
        writer: whose record.
        kind: the fact's.
        fields: what it says.
        time: when it became true.
        clock: the writer's at the fact.
        line: what is written.
    """

    __slots__ = ("clock", "fields", "kind", "line", "time", "writer")

    def __init__(
        self, writer: Writer, kind: str, fields: dict[str, Json], *, time: float, clock: int, line: bytes
    ) -> None:
        self.writer = writer
        self.kind = kind
        self.fields = fields
        self.time = time
        self.clock = clock
        self.line = line


def fact_in(writer: str, line: dict[str, object]) -> Fact | None:
    """The fact that a line of a writer's record tells; None where it tells none."""
    clock, sequence, time, kind, fields = (
        line.get(key) for key in ("clock", "sequence", "time", "kind", "fields")
    )
    if not isinstance(clock, int) or not isinstance(sequence, int) or not isinstance(time, int | float):
        return None
    if not isinstance(kind, str) or not isinstance(fields, dict):
        return None
    return Fact(clock, writer, sequence, float(time), kind, fields)
