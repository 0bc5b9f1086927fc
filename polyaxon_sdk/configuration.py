"""The home's `config.yaml`: the settings that are saved there, as texts."""

from __future__ import annotations

import json
from pathlib import Path

from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.setting import KNOWN

__all__ = ["check_saved", "read_saved"]

_SEPARATORS = {"secret_patterns": " "}
"""Of lists whose items may hold commas."""


def read_saved(file: Path) -> dict[str, str]:
    """The settings that a file has, by their names.

    Raises:
        InputError: it can't be read as a mapping of settings that may be saved.
    """
    found = _mapping(file)
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise InputError("not a mapping of settings", where=str(file), expected="lines of `name: value`")
    for name in found:
        check_saved(str(name), str(file))
    return {str(name): _text(value, _SEPARATORS.get(str(name), ",")) for name, value in found.items()}


def _mapping(file: Path) -> object:
    """What a file of YAML says."""
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise InputError(" ".join(str(error).split()), where=str(file)) from error
    from polyaxon_sdk.plain_lines import read_plain  # many homes have no such file

    if (plain := read_plain(text)) is not None:
        return plain
    import yaml  # third-party, and slow: paid only where a file says more than names and words

    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise InputError(" ".join(str(error).split()), where=str(file)) from error


def check_saved(name: str, where: str) -> None:
    """Refuse a setting that there is none of, or that only the environment sets.

    Args:
        where: what messages name.

    Raises:
        InputError: it is one.
    """
    saved = [setting.name for setting in KNOWN.values() if setting.saved]
    if name not in saved:
        raise InputError(
            f"unknown setting {name!r}", where=where, expected=_one_of(saved), hint=did_you_mean(name, saved)
        )


def _one_of(names: list[str]) -> str:
    return f"one of {', '.join(sorted(names))}"


def _text(value: object, separator: str = ",") -> str:
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return json.dumps(value, default=str)
    if isinstance(value, list):
        return separator.join(_text(item) for item in value)
    if isinstance(value, dict):
        return separator.join(f"{key}={_text(item)}" for key, item in value.items())
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
