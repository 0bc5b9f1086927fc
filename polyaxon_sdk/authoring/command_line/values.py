"""The words that options were given, as values of inputs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from polyaxon_sdk.authoring.command_line.flag import Flag
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1IO

__all__ = ["values_of"]


def values_of(texts: Mapping[str, str | Sequence[str]], flags: Iterable[Flag]) -> dict[str, object]:
    """The values of inputs that the words of a command line stand for, as JSON holds them.

    `@FILE` stands for what a file holds: YAML, or for a text the text itself. A part is laid over its whole, and
    that over the default.

    Args:
        texts: by the keys of the flags; several words make a list.

    Raises:
        InputError: a word that stands for no value, with the option.

    >>> from polyaxon_sdk.authoring.command_line.flag import flags_of
    >>> flags = flags_of([(V1IO(name="epochs", type="int"), None)])
    >>> values_of({"epochs": "3"}, flags)
    {'epochs': 3}
    """
    found: dict[str, object] = {}
    flags = list(flags)
    for flag in flags:
        if flag.key not in texts:
            continue
        try:
            value = flag.io.parse(_given(flag.io, texts[flag.key]))
        except InputError as error:
            error.where = flag.option
            raise
        name, *parts = flag.path
        whole = next(each.io.value for each in flags if each.path == (name,)) if parts else None
        found[name] = _laid(found.get(name, whole), parts, value) if parts else value
    return found


def _laid(whole: object, parts: Sequence[str], value: object) -> object:
    """The mapping with a value at the end of a path."""
    if not parts:
        return value
    known = whole if isinstance(whole, dict) else {}
    return {**known, parts[0]: _laid(known.get(parts[0]), parts[1:], value)}


def _given(io: V1IO, given: str | Sequence[str]) -> object:
    """A list may come as words or, as `params.as_args` prints it, as one JSON array."""
    words = [given] if isinstance(given, str) else list(given)
    if len(words) == 1 and words[0].startswith("@"):
        return _file(words[0][1:], is_text=io.type == "str" and not io.is_list)
    if io.is_list:
        return words[0] if len(words) == 1 and words[0].startswith("[") else words
    return words[-1]


def _file(name: str, *, is_text: bool) -> object:
    try:
        text = Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"can't read {name!r}: {getattr(error, 'strerror', None) or error}") from error
    if is_text:
        return text
    import yaml  # third-party, for those who keep values in files

    try:
        found = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise InputError(f"{name!r} holds no YAML") from error
    return json.dumps(found) if isinstance(found, list | dict) else found
