"""What is masked in the runs of this machine: the known secrets, those a person adds, and those of the environment."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.secrets.masker import Masker
from polyaxon_sdk.settings import Settings, inherited, load
from polyaxon_sdk.types import Json

__all__ = [
    "export_inputs",
    "make_masker",
    "masker_here",
    "masker_in",
    "masker_of",
    "secret_inputs",
    "secrets_among",
]

_INPUTS = "POLYAXON_SECRET_INPUTS"
_CATALOG = "POLYAXON_CONNECTIONS_CATALOG"


def masker_of(settings: Settings, added: Mapping[str, str] | None = None) -> Masker:
    """The masker for what this process writes down.

    Args:
        settings: tell the names and patterns that a person adds.
        added: variables above those of this process' environment.

    Raises:
        InputError: a pattern of the settings is no regular expression.
    """
    variables = {**_brought(settings.texts["connections"]), **inherited(added or {})}
    return make_masker(settings.secret_names, settings.secret_patterns, variables)


def masker_in(settings: Settings, added: Mapping[str, str] | None = None) -> Masker:
    """As `masker_here`, where the settings in force are known."""
    try:
        return masker_of(settings, added)
    except InputError:  # whoever needs the settings tells it
        return make_masker((), (), inherited(added or {}))


def masker_here(added: Mapping[str, str] | None = None) -> Masker:
    """The masker of this process and of `added` variables; the plain one where the settings can't be read."""
    try:
        return masker_of(load(), added)
    except InputError:  # whoever needs the settings tells it
        return make_masker((), (), inherited(added or {}))


def make_masker(names: Iterable[str], patterns: Iterable[str], variables: Mapping[str, str]) -> Masker:
    """A masker that knows those values that are secret by name, of environment variables and of connections."""
    names, patterns = tuple(names), tuple(patterns)
    masker = _made(names, patterns, ())
    brought = _brought(variables.get(_CATALOG, ""))
    values = (
        *masker.among(variables),
        *masker.among(_texts(secret_inputs(variables))),
        *masker.among(brought),
    )
    return _made(names, patterns, values) if values else masker


@lru_cache(maxsize=8)
def _made(names: tuple[str, ...], patterns: tuple[str, ...], values: tuple[str, ...]) -> Masker:
    """The same one for the same words: it remembers what it found in short texts."""
    return Masker(names, patterns, values)


def secret_inputs(variables: Mapping[str, str]) -> dict[str, object]:
    """The inputs that a runner handed to its run and wrote down nowhere."""
    try:
        found = json.loads(variables.get(_INPUTS) or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def secrets_among(variables: Mapping[str, str], masker: Masker) -> dict[str, str]:
    """Those of `variables` that a process needs that masks their values."""
    return {
        name: value
        for name, value in variables.items()
        if name in {_INPUTS, _CATALOG} or masker.is_secret(name)
    }


def export_inputs(inputs: Mapping[str, Json], masker: Masker) -> dict[str, str]:
    """The variables that hand those of a run's inputs to it that are masked where they are written down."""
    masked = {name: value for name, value in inputs.items() if masker.value(name, value) != value}
    return {_INPUTS: json.dumps(masked)} if masked else {}


def _brought(text: str) -> dict[str, str]:
    """The variables that a list of connections brings; none where it is damaged, which whoever needs it tells."""
    try:
        found = json.loads(text) if text else []
        listed = found.get("connections", []) if isinstance(found, dict) else found
        entries = [entry for each in listed for entry in each.get("env") or []]
        return {
            f"{number}_{entry['name']}": str(entry["value"])
            for number, entry in enumerate(entries)
            if "value" in entry
        }
    except (ValueError, TypeError, LookupError, AttributeError):
        return {}


def _texts(values: Mapping[str, object]) -> dict[str, str]:
    return {name: value for name, value in values.items() if isinstance(value, str)}
