"""The inputs of a component as options of a command line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from attrs import evolve

from polyaxon_sdk.authoring.specification.io import validation_of
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1IO, V1Validation

if TYPE_CHECKING:
    from polyaxon_sdk.authoring.annotations import Meaning

__all__ = ["Flag", "flags_of", "values_of"]

_LOWER = {"ge": "{} <= ", "gt": "{} < "}
_UPPER = {"le": " <= {}", "lt": " < {}"}


class Flag(NamedTuple):
    """One option.

    Attributes:
        path: the input, and for a part of it the names of the parts.
        io: its type, bounds and default.
    """

    path: tuple[str, ...]
    io: V1IO

    @property
    def key(self) -> str:
        """The path as one word.

        >>> Flag(("model", "layers"), V1IO(name="layers")).key
        'model.layers'
        """
        return ".".join(self.path)

    @property
    def option(self) -> str:
        """How it is typed.

        >>> Flag(("learning_rate",), V1IO(name="learning_rate")).option
        '--learning-rate'
        """
        return f"--{self.key.replace('_', '-')}"

    @property
    def choices(self) -> list[str]:
        """The only words that it takes; none where there are others."""
        options = self.io.validation.options if self.io.validation else None
        return list(map(str, options)) if isinstance(options, list) else []

    @property
    def metavar(self) -> str:
        """What stands for its value in help."""
        return "{" + ",".join(self.choices) + "}" if self.choices else (self.io.type or "any").upper()

    @property
    def help(self) -> str:
        """What help says of it: its description, its bounds, its default."""
        parts = [self.io.description] if self.io.description else []
        parts += [bounds] if (bounds := _bounds(self.io.validation)) else []
        if self.io.required:
            parts.append("(required)")
        elif self.io.value is not None:
            parts.append(f"(default: {self.io.value})")
        return " ".join(parts)


def flags_of(inputs: Iterable[tuple[V1IO, Meaning | None]]) -> list[Flag]:
    """The options of inputs, in order; each part of a dataclass and the like is one, after its whole.

    Args:
        inputs: each with what its annotation means, where it has one.

    >>> [flag.option for flag in flags_of([(V1IO(name="epochs", type="int"), None)])]
    ['--epochs']
    """
    return [flag for io, meaning in inputs for flag in _flags((io.name,), io, meaning)]


def _flags(path: tuple[str, ...], io: V1IO, meaning: Meaning | None) -> Iterator[Flag]:
    fields = meaning.fields if meaning is not None and not meaning.is_list else ()
    yield Flag(path, evolve(io, is_optional=True) if fields and io.value is None else io)
    for field in fields:
        inner, default = field.meaning, io.value.get(field.name) if isinstance(io.value, dict) else None
        part = V1IO(
            name=field.name,
            description=inner.description,
            type=inner.type,
            value=default,
            is_optional=True,
            is_list=inner.is_list or None,
            validation=validation_of(inner),
        )
        yield from _flags((*path, field.name), part, inner)


def values_of(texts: Mapping[str, str | Sequence[str]], flags: Iterable[Flag]) -> dict[str, object]:
    """The values of inputs that the words of a command line stand for, as JSON holds them.

    `@FILE` stands for what a file holds: YAML, or for a text the text itself. A part is laid over its whole, and
    that over the default.

    Args:
        texts: by the keys of the flags; several words make a list.

    Raises:
        InputError: a word that stands for no value, with the option.

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


def _bounds(validation: V1Validation | None) -> str:
    """The range of a number, such as `[0 <= x < 1]`."""
    if validation is None:
        return ""
    lower, upper = (_bound(validation, forms) for forms in (_LOWER, _UPPER))
    return f"[{lower}x{upper}]" if lower or upper else ""


def _bound(validation: V1Validation, forms: Mapping[str, str]) -> str:
    given = {name: getattr(validation, name) for name in forms}
    return next((forms[name].format(bound) for name, bound in given.items() if bound is not None), "")
