"""What an annotation means: the type of an input or output, and the way between JSON and Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from reprlib import Repr
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from polyaxon_sdk.exceptions import InputError

if TYPE_CHECKING:
    from polyaxon_sdk.authoring.vocabulary.notes import Input, Output
    from polyaxon_sdk.authoring.vocabulary.spaces import Space

__all__ = [
    "Convert",
    "Field",
    "FileForm",
    "Kind",
    "Meaning",
    "Read",
    "converted",
    "inside",
    "refusing",
    "shown",
]

Convert: TypeAlias = Callable[[object], object]
"""From one form of a value to the other; raises InputError where it has none."""


class Meaning(NamedTuple):
    """What an annotation says.

    Attributes:
        type: the type of the IO (semantics 1.5).
        build: from a value of that type, as JSON or a command line holds it, to what the function receives.
        spell: the way back.
        is_list: the IO is a list of `type`.
        is_optional: None is a value.
        options: the only values, as JSON holds them.
        bounds: the other fields of the IO's validation.
        fields: of a value with named parts, each of these.
        description: what is said for people.
        said: what else is said of the input or output.
        space: the values that a search gives.
        artifact: the kind under which a file or folder is logged (semantics 5.9).
        file: of a value that is too large for a record, how it is kept as a file.
        is_plain: any plain data is taken, so that a word of a command line is what YAML says it is.
        doc: of a value with named parts, the docstring of its class.
        word: of a value that may be a text or something else, from a word of a command line, of a list from all its
            words, to what JSON holds; None where the type tells that.
    """

    type: str
    build: Convert
    spell: Convert
    is_list: bool = False
    is_optional: bool = False
    options: tuple[object, ...] = ()
    bounds: Mapping[str, object] = {}
    fields: tuple[Field, ...] = ()
    description: str | None = None
    said: Input | Output | None = None
    space: Space | None = None
    artifact: str | None = None
    file: FileForm | None = None
    is_plain: bool = False
    doc: str | None = None
    word: Convert | None = None

    @property
    def words(self) -> str:
        """What messages call such a value.

        >>> from polyaxon_sdk.authoring.annotations import meaning_of
        >>> meaning_of(list[int]).words
        'list of int'
        """
        if self.options:
            return f"one of {', '.join(map(repr, self.options))}"
        return f"list of {self.type}" if self.is_list else self.type


class Field(NamedTuple):
    """A named part of a value.

    Attributes:
        name: its key in JSON.
        is_required: whether the value can't be built without it.
        default: what it is where it isn't given, as JSON holds it; None where that isn't known.
    """

    name: str
    meaning: Meaning
    is_required: bool
    default: object = None


class FileForm(NamedTuple):
    """A value as a file.

    Attributes:
        ending: of the file's name.
        write: writes the value to a path.
    """

    ending: str
    write: Callable[[object, str], None]


Read: TypeAlias = Callable[[object], Meaning]
"""The meaning of an annotation inside another one."""

Kind: TypeAlias = Callable[[object, Read], Meaning | None]
"""Reads the annotations of one kind; None for those of another."""

_SHORT = Repr()
_SHORT.maxstring = _SHORT.maxother = _SHORT.maxlong = 120


def shown(value: object) -> str:
    """The value for a message: short, whatever its own `__repr__` does.

    >>> shown(list(range(100)))
    '[0, 1, 2, 3, 4, 5, ...]'
    """
    return _SHORT.repr(value)


def refusing(convert: Convert, expected: str) -> Convert:
    """`convert`, with all by which it refuses a value told as a person's mistake.

    >>> refusing(lambda value: 1 / value, "a number other than 0")(0)
    Traceback (most recent call last):
    polyaxon_sdk.exceptions.InputError: 0 is of another type, expected a number other than 0
    """

    def convert_or_refuse(value: object) -> object:
        try:
            return convert(value)
        except InputError:
            raise
        except (TypeError, ValueError, ArithmeticError, AttributeError, LookupError, RecursionError) as error:
            raise InputError(f"{shown(value)} is of another type", expected=expected) from error

    return convert_or_refuse


@contextmanager
def inside(part: str | int) -> Iterator[None]:
    """Mistakes in a part of a value, with the way to it.

    >>> with inside("sizes"), inside(0):
    ...     raise InputError("'x' is of another type", expected="int")
    Traceback (most recent call last):
    polyaxon_sdk.exceptions.InputError: sizes[0]: 'x' is of another type, expected int
    """
    try:
        yield
    except InputError as error:
        _lead(error, part)
        raise


def converted(part: str | int, convert: Convert, value: object) -> object:
    """A part of a value, converted; a mistake in it has the way to it.

    >>> converted("epochs", lambda value: value, 3)
    3
    """
    try:
        return convert(value)
    except InputError as error:
        _lead(error, part)
        raise


def _lead(error: InputError, part: str | int) -> None:
    """Let the way to a mistake begin with a part."""
    step = f"[{part}]" if isinstance(part, int) else part
    rest = error.path or ""
    error.path = f"{step}{'.' if rest and not rest.startswith('[') else ''}{rest}"
