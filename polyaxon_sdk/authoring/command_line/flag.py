"""The inputs of a component as options of a command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from attrs import evolve

from polyaxon_sdk.authoring.signature.docstring import read_docstring
from polyaxon_sdk.authoring.specification.io import validation_of
from polyaxon_sdk.polyflow import V1IO, V1Validation

if TYPE_CHECKING:
    from polyaxon_sdk.authoring.annotations import Meaning

__all__ = ["Flag", "default_of", "flags_of", "negations_of", "option_of"]

_LOWER = {"ge": "{} <= ", "gt": "{} < "}
_UPPER = {"le": " <= {}", "lt": " < {}"}


class Flag(NamedTuple):
    """One option.

    Attributes:
        path: the input, and for a part of it the names of the parts.
        io: its type, bounds and default.
        meaning: of its annotation, where it has one.
        need: what help says of where it has to be given.
    """

    path: tuple[str, ...]
    io: V1IO
    meaning: Meaning | None = None
    need: str = ""

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
        return option_of(self.key)

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
        if self.need:
            parts.append(f"({self.need})")
        elif self.io.value is not None:
            parts.append(f"(default: {default_of(self.io)})")
        return " ".join(parts)


def option_of(name: str) -> str:
    """How an input is typed as an option.

    >>> option_of("learning_rate")
    '--learning-rate'
    """
    return f"--{name.replace('_', '-')}"


def default_of(io: V1IO) -> object:
    """The default of an input as one types it.

    >>> str(default_of(V1IO(name="pause", type="timedelta", value=5400.0)))
    '1:30:00'
    """
    if io.type == "timedelta" and isinstance(io.value, int | float):
        return timedelta(seconds=io.value)
    return io.value


def negations_of(flags: Iterable[Flag]) -> dict[str, Flag]:
    """The option that says no to each bool, such as `--no-deep`, where no input is called so.

    >>> list(negations_of([Flag(("deep",), V1IO(name="deep", type="bool"))]))
    ['--no-deep']
    """
    known = list(flags)
    taken = {option for flag in known for option in (flag.option, f"--{flag.key}")}
    negated = {
        f"--no-{flag.option[2:]}": flag for flag in known if flag.io.type == "bool" and not flag.io.is_list
    }
    return {option: flag for option, flag in negated.items() if option not in taken}


def flags_of(inputs: Iterable[tuple[V1IO, Meaning | None]]) -> list[Flag]:
    """The options of inputs, in order; each part of a dataclass and the like is one, after its whole.

    Args:
        inputs: each with what its annotation means, where it has one.

    >>> [flag.option for flag in flags_of([(V1IO(name="epochs", type="int"), None)])]
    ['--epochs']
    """
    return [flag for io, meaning in inputs for flag in _flags((io.name,), io, meaning)]


def _flags(path: tuple[str, ...], io: V1IO, meaning: Meaning | None) -> Iterator[Flag]:
    if meaning is None or meaning.is_list or not meaning.fields:
        yield Flag(path, io, meaning, "required" if io.required else "")
        return
    own, needed = io.value, io.required
    yield Flag(path, evolve(io, is_optional=True), meaning, "required, or its parts" if needed else "")
    texts = read_docstring(meaning.doc).parameters
    for field in meaning.fields:
        inner = field.meaning
        part = V1IO(
            name=field.name,
            description=inner.description or texts.get(field.name),
            type=inner.type,
            value=own.get(field.name, field.default) if isinstance(own, dict) else field.default,
            is_optional=None if needed and field.is_required else True,
            is_list=inner.is_list or None,
            validation=validation_of(inner),
        )
        yield from _flags((*path, field.name), part, inner)


def _bounds(validation: V1Validation | None) -> str:
    """The range of a number, such as `[0 <= x < 1]`."""
    if validation is None:
        return ""
    lower, upper = (_bound(validation, forms) for forms in (_LOWER, _UPPER))
    return f"[{lower}x{upper}]" if lower or upper else ""


def _bound(validation: V1Validation, forms: Mapping[str, str]) -> str:
    given = {name: getattr(validation, name) for name in forms}
    return next((forms[name].format(bound) for name, bound in given.items() if bound is not None), "")
