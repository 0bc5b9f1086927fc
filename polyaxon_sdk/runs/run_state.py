"""What is known of one run."""

from __future__ import annotations

from typing import NamedTuple

from polyaxon_sdk.runs.outputs import Outputs
from polyaxon_sdk.runs.status import DONE, RETRY, RUNNING, Condition

__all__ = ["RunState", "Summary", "Upstream"]

Artifact = dict[str, object]
Summary = dict[str, object]


class Upstream(NamedTuple):
    """A run that another comes from.

    Attributes:
        uuid: the run that was there first.
        kind: `run` for the one that it was begun within; `dag`, `join`, … (semantics 5.9).
        values: the paths of what was taken from it.
    """

    uuid: str
    kind: str
    values: tuple[str, ...] = ()


class RunState:
    """What is known of one run; times are seconds since the epoch.

    `problems` are those that stand, `mended` those that are over, each with the time since when; `unshipped_for` are
    those of shipping it, each with when it was told last. `other_series` are those that are no scalars, `<kind>/<name>`
    by path. `hidden` are the paths of artifacts that a later attempt superseded; `made_of` are hashes of what the run
    is made of; `reuse` tells whether it was taken from an earlier run, and why; `damage` names the files of its record
    of which not all can be read, and of a copy the files that were damaged when it was made.

    >>> RunState("0f").status
    'unknown'
    """

    def __init__(self, uuid: str) -> None:
        self.uuid = uuid
        self.name: str | None = None
        self.description: str | None = None
        self.owner = "default"
        self.project = "default"
        self.user: str | None = None
        self.tags: list[str] = []
        self.kind = "job"
        self.runtime = "job"
        self.managed_by = "user"
        self.is_managed = False
        self.original: str | None = None
        self.cloning_kind: str | None = None
        self.upstream: list[Upstream] = []
        self.start: dict[str, object] = {}
        self.mirrored: list[str] = []
        self.created_at: float | None = None
        self.updated_at: float | None = None
        self.heartbeat_at: float | None = None
        self.conditions: list[Condition] = []
        self.inputs: dict[str, object] = {}
        self.logged: dict[str, object] = {}
        self.meta: dict[str, object] = {}
        self.artifacts: dict[tuple[str, str], Artifact] = {}
        self.summaries: dict[str, Summary] = {}
        self.other_series: dict[str, str] = {}
        self.problems: list[str] = []
        self.mended: dict[str, float] = {}
        self.unshipped_for: dict[str, float] = {}
        self.rewinds: list[int] = []
        self.hidden: set[str] = set()
        self.shipped: dict[str, object] = {}
        self.made_of: dict[str, object] = {}
        self.reuse: dict[str, object] = {}
        self.is_invalidated = False
        self.damage: list[str] = []

    def __repr__(self) -> str:
        told = f"uuid={self.uuid!r}, name={self.name!r}, project={self.owner + '/' + self.project!r}"
        return f"RunState({told}, status={self.status!r})"

    @property
    def status(self) -> str:
        """The last status of the last attempt."""
        return self.conditions[-1].status if self.conditions else "unknown"

    @property
    def attempt(self) -> int:
        """How often the run was resumed."""
        return sum(each.status == "resuming" for each in self.conditions)

    @property
    def is_done(self) -> bool:
        """Whether the last attempt ended."""
        return self.status in DONE

    @property
    def started_at(self) -> float | None:
        """When it first was in a running status since a person or an agent started it last, whatever was retried."""
        return next((each.time for each in self._since_started() if each.status in RUNNING), None)

    @property
    def tries(self) -> int:
        """How many attempts that took, with those that `maxRetries` asked for."""
        return 1 + sum(_is_retry(each) for each in self._since_started())

    @property
    def last_try(self) -> float | None:
        """Seconds that the last of them took; None while it goes on."""
        opened = [index for index, each in enumerate(self.conditions) if each.status == "resuming"]
        last = self.conditions[opened[-1] :] if opened else self.conditions
        return _between(next((each.time for each in last if each.status in RUNNING), None), self.finished_at)

    @property
    def finished_at(self) -> float | None:
        """When the last attempt ended."""
        return self.conditions[-1].time if self.is_done else None

    @property
    def duration(self) -> float | None:
        """Seconds from start to end; None while it runs."""
        return _between(self.started_at, self.finished_at)

    @property
    def wait_time(self) -> float | None:
        """Seconds from creation to start."""
        return _between(self.created_at, self.started_at)

    @property
    def metrics(self) -> Outputs:
        """The last value of every metric, by the name that it was logged under."""
        known = {file: summary for file, summary in self.summaries.items() if "last" in summary}
        return Outputs({str(summary.get("name", file)): summary["last"] for file, summary in known.items()})

    @property
    def outputs(self) -> Outputs:
        """The last value of every metric, and above them what was logged as an output."""
        last = self.metrics
        logged = {name: value for name, value in self.logged.items() if value is not None or name not in last}
        return Outputs({**last, **logged})

    def conditions_since(self, status: str | None) -> list[Condition]:
        """The statuses behind the last one that was `status`; all where none was."""
        known = [place for place, each in enumerate(self.conditions) if each.status == status]
        return self.conditions[known[-1] + 1 :] if known else self.conditions

    def comes_from(self, uuid: str, kind: str, values: tuple[str, ...] = ()) -> None:
        """Take in another run that it comes from."""
        # Told twice where a run is resumed: those are taken out once for all, as a join may have thousands.
        self.upstream.append(Upstream(uuid, kind, values))

    def complete(self, name: str, kind: str, mark: object, digest: object) -> None:
        """Take in the hash that an artifact waits for, unless another one took its name; None for none at all."""
        artifact = self.artifacts.get((name, kind))
        if artifact is None or mark is None or artifact.get("pending") != mark:
            return
        summary = artifact.get("summary")
        known = summary if isinstance(summary, dict) else {}
        settled = {key: value for key, value in artifact.items() if key != "pending"}
        self.artifacts[name, kind] = {**settled, "summary": {**known, "hash": digest} if digest else known}

    def _since_started(self) -> list[Condition]:
        """The statuses since it was started last, also those before the retries of that."""
        opened = [
            index
            for index, each in enumerate(self.conditions)
            if each.status == "resuming" and not _is_retry(each)
        ]
        return self.conditions[opened[-1] :] if opened else self.conditions


def _is_retry(condition: Condition) -> bool:
    return (condition.status, condition.reason) == ("resuming", RETRY)


def _between(start: float | None, end: float | None) -> float | None:
    return None if start is None or end is None else max(0.0, end - start)
