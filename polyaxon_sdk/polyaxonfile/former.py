"""Words of former releases: what they are called now (semantics 1.1, 1.14 and 1.15)."""

from __future__ import annotations

from collections.abc import Callable

from polyaxon_sdk.polyflow.problems import Path, spell

__all__ = ["renewed"]

_ALGORITHMS = {"tpe": "tpe", "anneal": "tpe", "rand": "random"}

Data = dict[str, object]


def renewed(data: object) -> tuple[object, list[str]]:
    """The same document in today's words, and a note for each that was another.

    >>> renewed({"profile": "gpu"})
    ({'presets': ['gpu']}, ["profile: read as 'presets'"])
    """
    notes: list[str] = []
    return _renewed(data, (), notes), notes


def _renewed(data: object, path: Path, notes: list[str]) -> object:
    if not isinstance(data, dict):
        return data
    found: Data = dict(data)
    for key, renew in _SECTIONS.items():
        if isinstance(value := found.get(key), dict):
            found[key] = renew(value, (*path, key), notes)
    if "profile" in found and "presets" not in found:
        profile = found.pop("profile")
        found["presets"] = profile if isinstance(profile, list) else [profile]
        notes.append(f"{spell((*path, 'profile'))}: read as 'presets'")
    return found


def _matrix(matrix: Data, path: Path, notes: list[str]) -> Data:
    if matrix.get("kind") != "hyperopt":
        return matrix
    algorithm = matrix.get("algorithm") or "tpe"
    kind = _ALGORITHMS.get(str(algorithm))
    if kind is None:
        return matrix
    notes.append(f"{spell((*path, 'kind'))}: 'hyperopt' with {algorithm} was read as {kind!r}")
    dropped = {
        "algorithm",
        *(("metric", "maxIterations", "max_iterations", "tuner") if kind == "random" else ()),
    }
    return {key: value for key, value in {**matrix, "kind": kind}.items() if key not in dropped}


def _schedule(schedule: Data, path: Path, notes: list[str]) -> Data:
    if schedule.get("kind") not in ("exact_time", "exact"):
        return schedule
    notes.append(f"{spell((*path, 'kind'))}: {schedule['kind']!r} was read as 'datetime'")
    return {**schedule, "kind": "datetime"}


def _run(run: Data, path: Path, notes: list[str]) -> Data:
    found = dict(run)
    for key in ("operations", "components"):
        if isinstance(items := found.get(key), list):
            found[key] = [_renewed(item, (*path, key, at), notes) for at, item in enumerate(items)]
    return found


def _component(component: Data, path: Path, notes: list[str]) -> object:
    return _renewed(component, path, notes)


_SECTIONS: dict[str, Callable[[Data, Path, list[str]], object]] = {
    "matrix": _matrix,
    "schedule": _schedule,
    "component": _component,
    "run": _run,
}
