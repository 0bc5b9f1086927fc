"""A run as its facts tell it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from polyaxon_sdk.runs.fact import Fact
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.outputs import Outputs
from polyaxon_sdk.runs.record import RecordReader
from polyaxon_sdk.runs.rewound import rewound
from polyaxon_sdk.runs.status import DONE, RETRY, RUNNING, Condition, follow

__all__ = ["TEXTS", "RunState", "Upstream", "fold", "read_run"]

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

    >>> fold("0f", []).status
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


def read_run(folder: RunFolder) -> RunState:
    """The run that lies in `folder`, as far as it can be read.

    Raises:
        OSError: a record file can't be read.
    """
    reader = RecordReader(folder)
    run = fold(folder.uuid, reader.read())
    run.damage += reader.damage(is_done=run.is_done)
    run.summaries.update(_live_summaries(folder))
    return run


def _live_summaries(folder: RunFolder) -> dict[str, Summary]:
    try:
        with open(folder.live, "rb") as file:
            found = json.loads(file.read())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def fold(uuid: str, facts: Iterable[Fact]) -> RunState:
    """The run that `facts`, in their order, tell; unknown kinds are for later versions and left alone."""
    run, found = RunState(uuid), rewound(facts)
    for fact in found.standing:
        if (told := _KINDS.get(fact.kind)) is not None:
            told(run, fact)
            run.updated_at = max(run.updated_at or 0.0, fact.time)
    superseded = {_path(fact.fields.get("artifact")) for taken in found.superseded for fact in taken}
    run.hidden = superseded - {"", *map(_path, run.artifacts.values())}
    run.upstream = list(dict.fromkeys(run.upstream))
    return run


def _path(artifact: object) -> str:
    return str(artifact.get("path")) if isinstance(artifact, dict) else ""


def _created(run: RunState, fact: Fact) -> None:
    run.created_at, run.start = fact.time, fact.fields
    _update(run, fact)


TEXTS = (
    "name",
    "description",
    "owner",
    "project",
    "user",
    "kind",
    "runtime",
    "managed_by",
    "original",
    "cloning_kind",
)
"""What a run is called and where it belongs, each a text."""

_SAID = frozenset({*TEXTS, "is_managed"})


def _update(run: RunState, fact: Fact) -> None:
    for name, value in fact.fields.items():
        if name in _SAID and isinstance(value, str | bool | None):
            setattr(run, name, value)


def _status(run: RunState, fact: Fact) -> None:
    attempt = fact.fields.get("attempt")
    if isinstance(attempt, int) and attempt < run.attempt:
        return  # said of one that was over by then
    status, reason, message = (str(fact.fields.get(key) or "") for key in ("status", "reason", "message"))
    said = Condition(status, reason, message, fact.time)
    if "rank" in fact.fields and status == "failed" and run.status == "succeeded":
        run.conditions = [*run.conditions, said]  # the rank that said so spoke for itself
    else:
        run.conditions = follow(run.conditions, said)


def _tags(run: RunState, fact: Fact) -> None:
    values = fact.fields.get("values")
    kept = [] if fact.fields.get("reset") else run.tags
    run.tags = list(dict.fromkeys([*kept, *map(str, values if isinstance(values, list) else [])]))


def _merge(kept: dict[str, object], fact: Fact) -> None:
    if fact.fields.get("reset"):
        kept.clear()
    values = fact.fields.get("values")
    kept.update(values if isinstance(values, dict) else {})


def _lineage(run: RunState, fact: Fact) -> None:
    artifact = fact.fields.get("artifact")
    if isinstance(artifact, dict):
        run.artifacts[str(artifact.get("name")), str(artifact.get("kind"))] = artifact


def _hashed(run: RunState, fact: Fact) -> None:
    name, kind, mark, digest = (fact.fields.get(key) for key in ("name", "kind", "mark", "hash"))
    run.complete(str(name), str(kind), mark, digest)


def _series(run: RunState, fact: Fact) -> None:
    found = fact.fields.get("summaries")
    run.summaries.update(found if isinstance(found, dict) else {})
    other_series = fact.fields.get("others")
    if isinstance(other_series, dict):
        run.other_series.update({path: str(key) for path, key in other_series.items()})


def _edge(run: RunState, fact: Fact) -> None:
    values = fact.fields.get("values")
    taken = tuple(map(str, values if isinstance(values, list) else []))
    # Told twice where a run is resumed: those are taken out once for all, as a join may have thousands.
    run.upstream.append(Upstream(str(fact.fields.get("upstream")), str(fact.fields.get("kind")), taken))


def _rewind(run: RunState, fact: Fact) -> None:
    step = fact.fields.get("step")
    if isinstance(step, int):
        run.rewinds = [*run.rewinds, step]
        run.summaries = {}  # those of what is left follow


def _heartbeat(run: RunState, fact: Fact) -> None:
    run.heartbeat_at = fact.time
    if run.status == "unknown" and len(run.conditions) > 1:  # nothing was known for a while
        known = next((each for each in reversed(run.conditions) if each.status != "unknown"), None)
        if known is not None:
            again = Condition(known.status, "SignOfLife", known.message, fact.time)
            run.conditions = follow(run.conditions, again)


def _resumed(run: RunState, _fact: Fact) -> None:
    run.made_of = {}  # nothing tells what the code is by now


def _invalidated(run: RunState, _fact: Fact) -> None:
    run.is_invalidated = True


def _damaged(run: RunState, fact: Fact) -> None:
    files = fact.fields.get("files")
    run.damage += [str(each) for each in files] if isinstance(files, list) else []


def _problem(run: RunState, fact: Fact) -> None:
    what = str(fact.fields.get("what"))
    run.problems = [*(each for each in run.problems if each != what), what]
    run.mended.pop(what, None)
    # Records of earlier versions don't say what a problem is about.
    if fact.fields.get("about") == "shipping" or what.startswith(("store ", "the store ")):
        run.unshipped_for.pop(what, None)
        run.unshipped_for[what] = fact.time


def _mended(run: RunState, fact: Fact) -> None:
    told = fact.fields.get("problems")
    over = [str(each) for each in told if str(each) in run.problems] if isinstance(told, list) else []
    run.mended.update(dict.fromkeys(over, fact.time))
    run.problems = [each for each in run.problems if each not in over]
    for each in over:
        run.unshipped_for.pop(each, None)


_KINDS: Mapping[str, Callable[[RunState, Fact], None]] = {
    "created": _created,
    "update": _update,
    "status": _status,
    "tags": _tags,
    "inputs": lambda run, fact: _merge(run.inputs, fact),
    "outputs": lambda run, fact: _merge(run.logged, fact),
    "meta": lambda run, fact: _merge(run.meta, fact),
    "lineage": _lineage,
    "hashed": _hashed,
    "edge": _edge,
    "rewind": _rewind,
    "series": _series,
    "heartbeat": _heartbeat,
    "problem": _problem,
    "mended": _mended,
    "damaged": _damaged,
    "resumed": _resumed,
    "fingerprint": lambda run, fact: run.made_of.update(fact.fields),
    "reuse": lambda run, fact: run.reuse.update(fact.fields),
    "invalidated": _invalidated,
    "shipped": lambda run, fact: _merge(run.shipped, fact),
    "mirrored": lambda run, fact: run.mirrored.append(str(fact.fields.get("path") or "")),
}


def _is_retry(condition: Condition) -> bool:
    return (condition.status, condition.reason) == ("resuming", RETRY)


def _between(start: float | None, end: float | None) -> float | None:
    return None if start is None or end is None else max(0.0, end - start)
