"""What a pipeline did before its runner was gone, so that it goes on from there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

from polyaxon_sdk.runner.life import Found, look
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import read_facts

__all__ = ["Past", "past_of", "recorded"]


class Past(NamedTuple):
    """The runs that a pipeline began, by their keys, and the values that a search suggested."""

    runs: Mapping[str, list[RunFolder]]
    suggested: Mapping[str, dict[str, object]]

    def find(self, key: str) -> Found | None:
        """The run of a key that counts: one that succeeded, else one that runs, else the last one.

        Raises:
            OSError: one can't be read.
        """
        found = [look(folder) for folder in self.runs.get(key, []) if folder.record.is_dir()]
        best = [each for each in found if each.state.status == "succeeded"]
        best += [each for each in found if each.life == "running"]
        return best[0] if best else found[-1] if found else None


def past_of(folder: RunFolder) -> Past:
    """What the record of a pipeline tells of its former attempts; nothing for a new one.

    Raises:
        OSError: it can't be read.
    """
    runs: dict[str, list[RunFolder]] = {}
    suggested: dict[str, dict[str, object]] = {}
    for fact in read_facts(folder):
        values = fact.fields.get("values")
        if fact.kind == "began":
            run = RunFolder(folder.path.parent / str(fact.fields.get("run")))
            runs.setdefault(str(fact.fields.get("key")), []).append(run)
        elif fact.kind == "suggested" and isinstance(values, dict):
            suggested |= values
    return Past(runs, suggested)


def recorded(values: Mapping[str, Mapping[str, object]]) -> dict[str, dict[str, object]]:
    """Suggestions as a record takes them: a date is its text."""
    found: dict[str, dict[str, object]] = json.loads(json.dumps(values, default=str))
    return found
