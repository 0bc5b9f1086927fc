"""Values of other runs: what a reference or a join finds under a path (semantics 1.6)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from attrs import evolve, field, frozen

from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.polyflow import V1Param
from polyaxon_sdk.polyflow.problems import at
from polyaxon_sdk.polyflow.templates import verbatim

__all__ = ["ROOTS", "RunValues", "bare", "look_up", "refer", "resolve"]

ROOTS = ("globals", "inputs", "outputs", "io", "artifacts")
"""What a path of a run's value starts with."""

_BRACED = re.compile(r"\{\{(?P<path>[^{}]*)\}\}(?P<rest>.*)", re.DOTALL)
"""A path in braces, and what follows them: `{{ artifacts.model }}/weights.h5`."""


@frozen(kw_only=True)
class RunValues:
    """What another run offers.

    Args:
        uuid: of the run.
        inputs, outputs: by name.
        globals: its facts: name, status, created_at, duration, project_name and so on.
        artifacts: the path of each logged artifact by its name, relative to the run's folder.

    >>> RunValues(uuid="ab", outputs={"loss": 0.0}).outputs
    {'loss': 0.0}
    """

    uuid: str
    inputs: Mapping[str, object] = field(factory=dict)
    outputs: Mapping[str, object] = field(factory=dict)
    globals: Mapping[str, object] = field(factory=dict)
    artifacts: Mapping[str, str] = field(factory=dict)


def look_up(path: object, run: RunValues) -> object:
    """The value under a path such as `outputs.loss`, or none where the run has none.

    `{files, dirs}` gives the same with paths below the run's folder; an entry may name an artifact.

    Raises:
        InputError: the path has no form that a run could answer.

    >>> look_up("outputs.loss", RunValues(uuid="ab", outputs={"loss": 0.0}))
    0.0
    >>> look_up({"dirs": ["{{ artifacts.board }}"]}, RunValues(uuid="ab", artifacts={"board": "outputs/tb"}))
    {'files': [], 'dirs': ['ab/outputs/tb']}
    """
    if isinstance(path, Mapping):
        return {
            part: [_below(entry, run) for entry in _entries(path.get(part))] for part in ("files", "dirs")
        }
    if not isinstance(path, str):
        raise InputError(f"{path!r} is no path of a run's value", expected="such as outputs.loss")
    root, dot, key = bare(path).partition(".")
    if root not in ROOTS:
        raise InputError(f"{path!r} is no path of a run's value", hint=did_you_mean(root, ROOTS) or _listed())
    whole = _whole(root, run)
    return whole.get(key) if dot else whole


def refer(path: object, run: RunValues) -> object:
    """As `look_up`, for a reference to one run, which has to have the value; null is one.

    Raises:
        InputError: the run has no such value.

    >>> refer("outputs.loss", RunValues(uuid="ab", outputs={"loss": False}))
    False
    """
    found = look_up(path, run)
    if found is None and isinstance(path, str):
        root, _, key = bare(path).partition(".")
        if key in _whole(root, run):
            return None
        told = f"run {run.uuid} has no {bare(path)}"
        raise InputError(told, hint=did_you_mean(key, map(str, _whole(root, run))))
    return found


def resolve(params: Mapping[str, V1Param], find: Callable[[str], RunValues]) -> dict[str, V1Param]:
    """The params with every reference replaced by the value that it means, however false that is.

    Args:
        find: the run behind a reference such as `ops.train`, `runs.UUID` or `dag`.

    Raises:
        SpecError: a run without the value, with the param's name.

    >>> params = {"loss": V1Param(value="outputs.loss", ref="ops.train")}
    >>> resolve(params, lambda _: RunValues(uuid="ab", outputs={"loss": 0}))["loss"].value
    0
    """
    resolved: dict[str, V1Param] = {}
    for name, param in params.items():
        with at("params", name):
            value = param.value if param.ref is None else refer(param.value, find(param.ref))
        resolved[name] = evolve(param, ref=None, value=value if param.ref is None else verbatim(value))
    return resolved


def _whole(root: str, run: RunValues) -> Mapping[str, object]:
    if root == "globals":
        return {"uuid": run.uuid, **run.globals}
    if root == "inputs":
        return run.inputs
    if root == "outputs":
        return run.outputs
    artifacts = {
        "base": run.uuid,
        "outputs": f"{run.uuid}/outputs",
        **{name: f"{run.uuid}/{path}" for name, path in run.artifacts.items()},
    }
    if root == "artifacts":
        return artifacts
    return {"inputs": dict(run.inputs), "outputs": dict(run.outputs), "artifacts": artifacts}


def _entries(part: object) -> list[object]:
    return part if isinstance(part, list) else [] if part is None else [part]


def _below(entry: object, run: RunValues) -> object:
    """One path, or pair of paths, below the run's folder; an artifact's name gives where it was logged."""
    if isinstance(entry, list) and entry:
        return [_below(entry[0], run), *entry[1:]]
    found = _BRACED.fullmatch(str(entry).strip())
    text, rest = (found["path"].strip(), found["rest"]) if found else (str(entry).strip(), "")
    name = text.removeprefix("artifacts.")
    if name == text:
        return f"{run.uuid}/{text}{rest}"
    if name == "base" and name not in run.artifacts:
        return f"{run.uuid}{rest}"
    return f"{run.uuid}/{run.artifacts.get(name, name)}{rest}"


def bare(path: str) -> str:
    """A path without the braces that may stand around it.

    >>> bare("{{ outputs.loss }}")
    'outputs.loss'
    """
    return path.strip().removeprefix("{{").removesuffix("}}").strip()


def _listed() -> str:
    return f", a path starts with {', '.join(ROOTS)}"
