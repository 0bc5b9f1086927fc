"""Why a run was not taken from an earlier one: what of it is other than it was, for people."""

from __future__ import annotations

import linecache
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import islice
from typing import cast

from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runner.reuse.fingerprint import Fingerprint
from polyaxon_sdk.runner.reuse.shelf import Shelf
from polyaxon_sdk.runner.reuse.units import Statement, Unit
from polyaxon_sdk.runs.state import RunState

__all__ = ["differences"]

_MOST = 4
_LONGEST = 60


def differences(plan: Plan, fingerprint: Fingerprint, earlier: RunState, shelf: Shelf) -> list[str]:
    """What a run is made of that an earlier one was not, a line each; some of them where there are many.

    >>> differences(plan, fingerprint, earlier, shelf)  # doctest: +SKIP
    ['input rate is 0.2, was 0.1', 'train.py:12 in train changed: return rate * 2']
    """
    made_of = earlier.made_of.get("parts")
    old = cast("Mapping[str, Mapping[str, str]]", made_of if isinstance(made_of, dict) else {})
    found = list(islice(_all(plan, fingerprint, earlier, old, shelf), _MOST + 1))
    return found if len(found) <= _MOST else [*found[:_MOST], "and more"]


def _all(
    plan: Plan,
    fingerprint: Fingerprint,
    earlier: RunState,
    old: Mapping[str, Mapping[str, str]],
    shelf: Shelf,
) -> Iterator[str]:
    yield from _of_inputs(plan, fingerprint.parts["inputs"], old.get("inputs", {}), earlier)
    for section in dict.fromkeys([*fingerprint.parts, *old]):
        new, was = fingerprint.parts.get(section, {}), old.get(section, {})
        if section.startswith("code "):
            yield from _of_code(fingerprint, section.removeprefix("code "), new, was, shelf)
        elif section != "inputs":
            noun = "container" if section == "containers" else section
            yield from (f"{noun} {name} {how}" for name, how in _changed(new, was))


def _changed(new: Mapping[str, str], old: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name in dict.fromkeys([*new, *old]):
        if new.get(name) != old.get(name):
            yield name, "is new" if name not in old else "is gone" if name not in new else "changed"


def _of_inputs(
    plan: Plan, new: Mapping[str, str], old: Mapping[str, str], earlier: RunState
) -> Iterator[str]:
    values = plan.operation.values()
    for name, how in _changed(new, old):
        if how == "changed" and name in earlier.inputs:
            yield f"input {name} is {_short(values.get(name))}, was {_short(earlier.inputs[name])}"
        else:
            yield f"input {name} {how}"


def _of_code(
    fingerprint: Fingerprint, file: str, new: Mapping[str, str], old: Mapping[str, str], shelf: Shelf
) -> Iterator[str]:
    if not old:
        yield f"{file} is new"
    elif not new:
        yield f"{file} is gone"
    else:
        for name, how in _changed(new, old):
            units = fingerprint.code.units.get((file, name), ())
            place = _place(fingerprint, file, units, shelf.statements(old[name])) if how == "changed" else ""
            yield (place and f"{file}:{place}") or f"{name} of {file} {how}"


def _place(fingerprint: Fingerprint, file: str, units: Sequence[Unit], was: list[str] | None) -> str:
    """The first line of the code that is other than it was, what it is in, and what it says."""
    statements = [statement for unit in units for statement in unit.statements]
    line = None if was is None else _line(statements, was)
    if line is None:
        return ""
    text = linecache.getline(str(fingerprint.code.paths[file]), line).strip()
    return f"{line} in {units[0].name} changed: {_short(text, quoted=False)}"


def _line(now: Sequence[Statement], was: Sequence[str]) -> int | None:
    for how, _, _, start, _ in SequenceMatcher(
        None, was, [each.digest for each in now], autojunk=False
    ).get_opcodes():
        if how != "equal" and now:
            return now[min(start, len(now) - 1)].line
    return None


def _short(value: object, *, quoted: bool = True) -> str:
    text = repr(value) if quoted else str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
