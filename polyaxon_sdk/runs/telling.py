"""What each kind of fact says of a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from polyaxon_sdk.runs.fact import Fact
from polyaxon_sdk.runs.run_state import RunState
from polyaxon_sdk.runs.status import Condition, follow

__all__ = ["TELLINGS", "TEXTS"]


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
    run.comes_from(str(fact.fields.get("upstream")), str(fact.fields.get("kind")), taken)


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


TELLINGS: Mapping[str, Callable[[RunState, Fact], None]] = {
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
"""How a fact is taken in, by its kind."""
