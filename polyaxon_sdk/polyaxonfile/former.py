"""Words of former releases: what they are called now (semantics 1.1, 1.14 and 1.15)."""

from __future__ import annotations

from collections.abc import Callable

from polyaxon_sdk.polyflow.hints import nearest
from polyaxon_sdk.polyflow.matrix.hyperopt import ALGORITHMS
from polyaxon_sdk.polyflow.problems import Path, fault, spell

__all__ = ["renewed"]

_SEARCHED = frozenset({"metric", "maxIterations", "max_iterations", "tuner"})
"""What a search by hyperopt had, and random draws have no use for."""

Data = dict[str, object]


def renewed(data: object) -> tuple[object, list[str]]:
    """The same document in today's words, and a note for each that was another.

    What is read in its former form anyway, such as a list of artifacts, stays and gets its note.

    Raises:
        SpecError: a former word that has no successor, with what there is instead.

    >>> renewed({"profile": "gpu"})
    ({'presets': ['gpu']}, ["profile: read as 'presets'"])
    """
    notes: list[str] = []
    return _Renewal(notes).definition(data, ()), notes


class _Renewal:
    """One walk over a document, which collects the notes."""

    def __init__(self, notes: list[str]) -> None:
        self.notes = notes

    def note(self, path: Path, told: str) -> None:
        self.notes.append(f"{spell(path)}: {told}")

    def definition(self, data: object, path: Path) -> object:
        if not isinstance(data, dict):
            return data
        sections: dict[str, Callable[[object, Path], object]] = {
            "matrix": self.matrix,
            "schedule": self.schedule,
            "joins": self.joins,
            "inputs": self.ios,
            "outputs": self.ios,
            "component": self.definition,
            "run": self.run,
            "runPatch": self.run,
            "run_patch": self.run,
            "init": self.inits,
        }
        found: Data = {
            key: sections[key](value, (*path, key)) if key in sections else value
            for key, value in data.items()
        }
        return self.profile(found, path) if "profile" in found else found

    def profile(self, data: Data, path: Path) -> Data:
        presets = [*_words(data.get("presets")), *_words(data.pop("profile"))]
        self.note((*path, "profile"), "read as 'presets'")
        return {**data, "presets": list(dict.fromkeys(presets))}

    def matrix(self, matrix: object, path: Path) -> object:
        if not isinstance(matrix, dict) or matrix.get("kind") != "hyperopt":
            return matrix
        algorithm = str(matrix.get("algorithm") or "tpe")
        kind = ALGORITHMS.get(algorithm)
        if kind is None:
            raise fault(
                f"unknown algorithm {algorithm!r}",
                path=(*path, "algorithm"),
                expected=", ".join(ALGORITHMS),
                hint=nearest(algorithm, ALGORITHMS),
            )
        self.note((*path, "kind"), f"'hyperopt' with {algorithm} was read as {kind!r}")
        left_out = [key for key in matrix if kind == "random" and key in _SEARCHED]
        for key in left_out:
            self.note((*path, key), "left out, random draws have none")
        kept = {key: value for key, value in matrix.items() if key not in {"algorithm", *left_out}}
        return {**kept, "kind": kind}

    def schedule(self, schedule: object, path: Path) -> object:
        former = schedule.get("kind") if isinstance(schedule, dict) else None
        if not isinstance(schedule, dict) or former not in ("exact", "exact_time", "repeatable"):
            return schedule
        kind = "interval" if former == "repeatable" else "datetime"
        if kind == "interval" and "frequency" not in schedule:
            raise fault(
                "'repeatable' is no more", path=(*path, "kind"), expected="interval with a frequency, or cron"
            )
        self.note((*path, "kind"), f"{former!r} was read as {kind!r}")
        if kind == "datetime" or "limit" not in schedule:
            return {**schedule, "kind": kind}
        self.note((*path, "limit"), "read as 'maxRuns'")
        kept = {key: value for key, value in schedule.items() if key != "limit"}
        return {"maxRuns": schedule["limit"], **kept, "kind": kind}

    def joins(self, joins: object, path: Path) -> object:
        for at, join in enumerate(joins if isinstance(joins, list) else []):
            for key in ("limit", "offset"):
                value = join.get(key) if isinstance(join, dict) else None
                if isinstance(value, str) and value.strip().isdecimal():
                    self.note((*path, at, key), f"{value!r} was read as {int(value)}")
        return joins

    def ios(self, ios: object, path: Path) -> object:
        for at, io in enumerate(ios if isinstance(ios, list) else []):
            if isinstance(io, dict) and io.get("type") == "artifacts":
                self.artifacts(io.get("value"), (*path, at, "value"))
        return ios

    def inits(self, steps: object, path: Path) -> object:
        for at, step in enumerate(steps if isinstance(steps, list) else []):
            if isinstance(step, dict):
                self.artifacts(step.get("artifacts"), (*path, at, "artifacts"))
        return steps

    def artifacts(self, value: object, path: Path) -> None:
        if isinstance(value, list):
            self.note(path, "a list was read as one mapping of files and dirs")

    def run(self, run: object, path: Path) -> object:
        """A runtime, a part of one, or a group of pods in it."""
        if not isinstance(run, dict):
            return run
        found: Data = dict(run)
        self.inits(found.get("init"), (*path, "init"))
        for key, value in run.items():
            if key in ("operations", "components") and isinstance(value, list):
                found[key] = [self.definition(item, (*path, key, at)) for at, item in enumerate(value)]
            elif key not in ("container", "environment"):
                self.run(value, (*path, key))
        return found


def _words(value: object) -> list[object]:
    if isinstance(value, str):
        return [word.strip() for word in value.split(",") if word.strip()]
    return value if isinstance(value, list) else [] if value is None else [value]
