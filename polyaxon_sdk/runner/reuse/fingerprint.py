"""What a run is made of: its inputs, its code, its containers, its init and its connections, each as a hash."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from os.path import basename
from typing import cast

from attrs import frozen

from polyaxon_sdk.polyflow import V1Cache, V1Component, V1Join, V1Operation, write
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runner.reuse.code import Code
from polyaxon_sdk.runner.reuse.started import ENTRY, Started, started_by
from polyaxon_sdk.runner.reuse.units import digest_of
from polyaxon_sdk.runner.reuse.whole import started_within
from polyaxon_sdk.types import Json, JsonObject

__all__ = ["Fingerprint", "Parts", "fingerprint_of", "masked_in"]

Parts = Mapping[str, Mapping[str, str]]

_SECTIONS = ("containers", "init", "connections")
_ALONG = ("connections", "volumes")
_UUID = re.compile(r"\b[0-9a-f]{32}\b")
_TEMPLATE = re.compile(r"\{[{%].*?[}%]\}")
_NO_MATTER = frozenset({"kind", "environment", "sidecars", "init", "concurrency", *_ALONG})
"""What of a job has no part in what its containers are."""

_NO_MATTER_INSIDE = frozenset({"name", "resources", "imagePullPolicy"})


@frozen(kw_only=True)
class Fingerprint:
    """What a run is made of; two are the same where their keys are.

    Args:
        subject: of all runs of one thing, whatever its inputs and code are, and are called; of what has no name, by the
            names of its inputs.
        parts: hashes by section and name: `inputs`, `code FILE`, `files`, `containers`, `init`, `connections`; of what
            has to agree alone.
        code: what the hashes of the code are of.
    """

    subject: str
    parts: Parts
    code: Code

    @property
    def key(self) -> str:
        """A hash of all that has to agree."""
        return digest_of(_text([self.subject, self.parts]))

    @property
    def like(self) -> str:
        """A hash of the subject and its inputs, whatever else it is made of."""
        return digest_of(_text([self.subject, self.parts["inputs"]]))


def fingerprint_of(plan: Plan, rules: V1Cache, *, origin_of: Callable[[str], str]) -> Fingerprint:
    """What a run will be made of, as far as its `cache` says that it has to agree (semantics 1.12).

    Args:
        plan: the run.
        rules: its `cache`.
        origin_of: by a run's uuid that of the run it was taken from, or its own: what refers to a run that was reused
            refers to the same as before.

    Raises:
        OSError: a file of the code can't be read.
        SyntaxError: the code is no Python.
    """

    def same(value: object) -> str:
        found = _text(value).replace(plan.folder.uuid, "this run")
        return digest_of(_UUID.sub(lambda match: origin_of(match[0]), found))

    started = started_by(plan.task) if plan.pipeline is None else started_within(plan)
    inputs = plan.operation.values()
    counted = rules.io if isinstance(rules.io, list) else inputs.keys() - _asked_by_joins(plan)
    parts: dict[str, dict[str, str]] = {
        "inputs": {name: same(inputs[name]) for name in sorted(counted) if name in inputs},
        **started.code.digests,
    }
    for name, values in _sections(plan, started).items():
        if values and (not isinstance(rules.sections, list) or name in rules.sections):
            parts[name] = {each: same(value) for each, value in values.items()}
    return Fingerprint(subject=_subject(plan), parts=parts, code=started.code)


def masked_in(plan: Plan) -> list[str]:
    """What of a run is written down masked: the mask tells nothing of what it was."""
    values = cast("JsonObject", plan.operation.values())
    found = [f"input {name}" for name, value in values.items() if plan.masker.value(name, value) != value]
    words = any(plan.masker.text(word) != word for word in plan.task.words)
    return [*found, "run.container"] if words and not found else found


def _asked_by_joins(plan: Plan) -> set[str]:
    """The values for templates that joins look runs up by, such as the search whose runs they are: the same whatever
    it is called, since what was collected counts, and whatever else shows them.
    """
    contexts = {io.name for io in plan.operation.contexts or []}
    asked = write(V1Operation(joins=_joins(plan.source))) if contexts and plan.source else {}
    templates = " ".join(_TEMPLATE.findall(_text(asked)))
    return contexts.intersection(re.findall(r"\w+", templates))


def _joins(layer: V1Operation | V1Component) -> list[V1Join]:
    """Those of all layers."""
    return [*(layer.joins or []), *(_joins(layer.component) if layer.component else [])]


def _subject(plan: Plan) -> str:
    component = plan.source.component if plan.source else None
    name = (component.name if component else None) or plan.operation.name
    known_by = [] if name else sorted(plan.operation.values())
    return digest_of(_text([plan.owner, plan.project, name, *known_by]))


def _sections(plan: Plan, started: Started) -> dict[str, dict[str, object]]:
    """The sections of a job, without the secrets in them; files that its words name are of the containers."""
    run = cast("JsonObject", write(plan.operation).get("run") or {})
    run = cast("JsonObject", _as_called(plan.masker.values(run)))
    found: dict[str, dict[str, object]] = {"containers": dict(started.files)}
    for name, value in run.items():
        if name == "container" and isinstance(value, dict):
            found["containers"] |= {k: v for k, v in value.items() if k not in _NO_MATTER_INSIDE}
        elif name not in _NO_MATTER:
            found["containers"][name] = value
    if plan.build is not None and plan.build.place is not None:
        found["containers"]["venv"] = plan.build.place.name
    inits = run.get("init")
    found["init"] = {str(at): each for at, each in enumerate(inits if isinstance(inits, list) else [])}
    found["connections"] = {name: run[name] for name in _ALONG if run.get(name)}
    return found


def _as_called(value: Json) -> Json:
    """What a run is written as, with functions called by their files alone: where these lie is no part of it."""
    if isinstance(value, list):
        return [_as_called(each) for each in value]
    if not isinstance(value, dict):
        return value
    command, args = value.get("command"), value.get("args")
    if isinstance(command, list) and ENTRY in command and isinstance(args, list) and args:
        return {**value, "args": [basename(str(args[0])), *args[1:]]}
    return {key: _as_called(each) for key, each in value.items()}


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True, default=str)
