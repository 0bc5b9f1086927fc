"""The words that options were given, as values of inputs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from polyaxon_sdk.authoring.command_line.flag import Flag
from polyaxon_sdk.authoring.command_line.written import check_written
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile.words import read_as, read_word

if TYPE_CHECKING:
    from polyaxon_sdk.authoring.annotations import Meaning

__all__ = ["check_parts", "loaded", "values_of"]


def values_of(
    texts: Mapping[str, str | Sequence[str]],
    flags: Iterable[Flag],
    given: Mapping[str, object] | None = None,
    *,
    where: str | None = None,
) -> dict[str, object]:
    """The values of inputs that the words of a command line stand for, as JSON holds them.

    `@FILE` stands for what a file holds: YAML, or for a text the text itself. A part is laid over its whole, and
    that over the default.

    Args:
        texts: by the keys of the flags; several words make a list.
        given: values that inputs have where no word gives another.
        where: what messages name; by default the option.

    Raises:
        InputError: a word that stands for no value, with the option.

    >>> from polyaxon_sdk.authoring.command_line.flag import flags_of
    >>> from polyaxon_sdk.polyflow import V1IO
    >>> flags = flags_of([(V1IO(name="epochs", type="int"), None)])
    >>> values_of({"epochs": "3"}, flags)
    {'epochs': 3}
    """
    found = dict(given or {})
    flags = list(flags)
    for flag in flags:
        if flag.key not in texts:
            continue
        try:
            value = flag.io.parse(_given(flag, texts[flag.key]))
        except InputError as error:
            own = where or flag.option
            error.where = own if error.where is None else f"{own}: {error.where}"
            raise
        name, *parts = flag.path
        whole = next(each.io.value for each in flags if each.path == (name,)) if parts else None
        found[name] = _laid(found.get(name, whole), parts, value) if parts else value
    check_parts(found, flags, where=where)
    return found


def check_parts(found: Mapping[str, object], flags: Iterable[Flag], *, where: str | None = None) -> None:
    """Refuse values whose parts are missing, or other than the annotation says; the specification knows the whole.

    Args:
        where: what messages name; by default the option.

    Raises:
        InputError: there is one.
    """
    for flag in flags:
        if flag.key in found and flag.meaning is not None and _has_parts(flag.meaning):
            try:
                flag.meaning.build(found[flag.key])
            except InputError as error:
                error.where = where or flag.option
                raise


def _has_parts(meaning: Meaning) -> bool:
    return bool(meaning.fields) or meaning.is_list or meaning.type == "dict"


def _laid(whole: object, parts: Sequence[str], value: object) -> object:
    """The mapping with a value at the end of a path."""
    if not parts:
        return value
    known = whole if isinstance(whole, dict) else {}
    return {**known, parts[0]: _laid(known.get(parts[0]), parts[1:], value)}


def _given(flag: Flag, given: str | Sequence[str]) -> object:
    """A list may come as words or, as `params.as_args` prints it, as one list in brackets."""
    io, meaning = flag.io, flag.meaning
    is_plain = meaning is not None and meaning.is_plain
    words = [given] if isinstance(given, str) else list(given)
    if len(words) == 1 and words[0].startswith("@"):
        return _file(words[0][1:], meaning, is_text=io.type == "str" and not io.is_list)
    if io.is_list and len(words) == 1 and words[0].startswith("["):
        return read_as(io, words[0])
    if meaning is not None and meaning.word is not None:
        return meaning.word(words if io.is_list else words[-1])
    if io.is_list:
        return [read_word(word) for word in words] if is_plain else words
    return read_word(words[-1]) if is_plain else read_as(io, words[-1])


def _file(name: str, meaning: Meaning | None, *, is_text: bool) -> object:
    if is_text:
        return _text(name)
    found = loaded(name)
    if meaning is not None:
        check_written(meaning, found)
    return json.dumps(found) if isinstance(found, list | dict) else found


def loaded(name: str) -> object:
    """What a file of YAML or JSON holds.

    Raises:
        InputError: it can't be read, or holds something else.
    """
    from polyaxon_sdk.polyaxonfile.yaml_text import load  # yaml, for those who keep values in files

    return load(_text(name), name)


def _text(name: str) -> str:
    try:
        return Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"can't read {name!r}: {getattr(error, 'strerror', None) or error}") from error
