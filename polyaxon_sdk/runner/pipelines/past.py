"""What a pipeline did before its runner was gone, so that it goes on from there."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from polyaxon_sdk.runner.life import Found, look
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import read_facts
from polyaxon_sdk.tuners.search import Suggestion
from polyaxon_sdk.types import JsonObject

__all__ = ["Past", "Suggested", "past_of", "recorded"]


class Suggested(NamedTuple):
    """A batch of suggestions by the keys of their runs, and the space that they are from, as `space_of` tells it."""

    batch: Mapping[str, Suggestion]
    space: str


class Past(NamedTuple):
    """What a pipeline did.

    Attributes:
        runs: those that it began, by their keys.
        suggested: what a search suggested, batch by batch.
        pruned: the uuids of the runs that it stopped, as they went on in vain.
    """

    runs: Mapping[str, list[RunFolder]]
    suggested: Sequence[Suggested]
    pruned: frozenset[str] = frozenset()

    def find(self, key: str) -> Found | None:
        """The run of a key that counts: one that succeeded, else one that runs, else the last one.

        Raises:
            OSError: one can't be read.
        """
        found = [look(folder) for folder in self.runs.get(key, []) if folder.record.is_dir()]
        best = [each for each in found if each.state.status == "succeeded"]
        best += [each for each in found if each.life == "running"]
        return best[0] if best else found[-1] if found else None

    def keeps(self, found: Found, *, wanted: str = "succeeded", below: Collection[str] = ()) -> bool:
        """Whether a run counts as it ended, and is not begun again.

        A search of which runs failed is begun again where something waits for it that has not succeeded.

        Args:
            found: the run.
            wanted: the status that it has where nothing is left to do for it.
            below: the keys of those that wait for it.

        Raises:
            OSError: a run can't be read.
        """
        if found.state.status == "stopped" and found.folder.uuid in self.pruned:
            return True  # it was judged, and stopped as it was asked to
        if found.state.status != wanted:
            return False
        is_wanted_whole = found.state.kind == "matrix" and not self._have_succeeded(below)
        return not (is_wanted_whole and _has_failed_runs(found.folder))

    def _have_succeeded(self, keys: Collection[str]) -> bool:
        found = map(self.find, keys)
        return all(each is not None and each.state.status == "succeeded" for each in found)

    def find_after(self, key: str, uuid: str) -> Found | None:
        """As `find`, where it was the end of the run `uuid` that set it off.

        Raises:
            OSError: one can't be read.
        """
        found = self.find(key)
        is_after = found is not None and any(each[:2] == (uuid, "hook") for each in found.state.upstream)
        return found if is_after else None


def past_of(folder: RunFolder) -> Past:
    """What the record of a pipeline tells of its former attempts; nothing for a new one.

    Raises:
        OSError: it can't be read.
    """
    runs: dict[str, list[RunFolder]] = {}
    suggested: list[Suggested] = []
    pruned = set[str]()
    for fact in read_facts(folder):
        values = fact.fields.get("values")
        if fact.kind == "began":
            run = RunFolder(folder.path.parent / str(fact.fields.get("run")))
            runs.setdefault(str(fact.fields.get("key")), []).append(run)
        elif fact.kind == "pruned":
            pruned.add(str(fact.fields.get("run")))
        elif fact.kind == "suggested" and isinstance(values, dict):
            parents = fact.fields.get("parents")
            above = parents if isinstance(parents, dict) else {}
            batch = {key: Suggestion(values=each, parent=above.get(key)) for key, each in values.items()}
            suggested.append(Suggested(batch, str(fact.fields.get("space") or "")))
    return Past(runs, suggested, frozenset(pruned))


def _has_failed_runs(search: RunFolder) -> bool:
    """Whether runs of a search failed, and were not run again."""
    past = past_of(search)
    found = (past.find(key) for each in past.suggested for key in each.batch)
    return any(each is not None and each.state.status == "failed" for each in found)


def recorded(suggested: Suggested) -> JsonObject:
    """Suggestions as a record takes them, and which runs they are promoted from: a date is its text.

    >>> recorded(Suggested({"3": Suggestion(values={"rate": 0.1}, parent="0")}, "2c4a"))
    {'values': {'3': {'rate': 0.1}}, 'parents': {'3': '0'}, 'space': '2c4a'}
    """
    batch = suggested.batch
    values = {key: dict(each.values) for key, each in batch.items()}
    parents = {key: each.parent for key, each in batch.items() if each.parent is not None}
    facts = {"values": values, "parents": parents, "space": suggested.space}
    found: JsonObject = json.loads(json.dumps(facts, default=str))
    return found
