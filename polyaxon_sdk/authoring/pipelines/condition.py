"""Conditions of a run: what `when` decides by, as the template that the specification has for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, NoReturn

from polyaxon_sdk.authoring.caller import caller
from polyaxon_sdk.exceptions import InputError

__all__ = ["Condition", "Reference"]

_NAMES = {True: "true", False: "false", None: "none"}


class Reference(NamedTuple):
    """A value of the dag or of an operation before.

    Attributes:
        ref: `dag` or `ops.NAME`.
        path: such as `outputs.loss`.
    """

    ref: str
    path: str

    @property
    def key(self) -> str:
        """Its last part, by which templates may call it."""
        return self.path.rpartition(".")[2]

    @property
    def long_key(self) -> str:
        """The same with the operation's name before, where the short one is taken."""
        return f"{self.ref.rpartition('.')[2]}_{self.key}".replace("-", "_")


class Condition:
    """A comparison that the run makes; `&` and `|` join two.

    >>> Condition.of(Reference("ops.test", "outputs.accuracy"), ">", 0.9)
    <condition accuracy > 0.9>
    """

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[str | Reference, ...]) -> None:
        self.parts = parts

    @classmethod
    def of(cls, left: Reference, sign: str, right: object) -> Condition:
        """The comparison of a reference with another, or with a value."""
        return cls((left, f" {sign} ", right if isinstance(right, Reference) else _literal(right)))

    @classmethod
    def truth(cls, reference: Reference) -> Condition:
        """Whether the value of a reference is true."""
        return cls((reference,))

    def __repr__(self) -> str:
        return f"<condition {self.text({})}>"

    def __and__(self, other: Condition) -> Condition:
        return self._joined("and", other)

    def __or__(self, other: Condition) -> Condition:
        return self._joined("or", other)

    def __bool__(self) -> NoReturn:
        raise InputError(
            "a condition of the run can't decide an if, a while or an assert here, nor be negated or joined by words",
            where=caller(),
            expected="`when(...)` or `unless(...)`, and `&` and `|` to join two",
        )

    @property
    def references(self) -> tuple[Reference, ...]:
        """What it compares."""
        return tuple(dict.fromkeys(part for part in self.parts if isinstance(part, Reference)))

    def negated(self) -> Condition:
        """The opposite."""
        return Condition(("not (", *self.parts, ")"))

    def text(self, names: Mapping[Reference, str]) -> str:
        """The comparison as a template says it, without the braces."""
        return "".join(part if isinstance(part, str) else names.get(part, part.key) for part in self.parts)

    def _joined(self, word: str, other: object) -> Condition:
        if not isinstance(other, Condition):
            raise InputError(f"{other!r} is no condition of the run", where=caller(), expected="a comparison")
        return Condition(("(", *self.parts, f") {word} (", *other.parts, ")"))


def _literal(value: object) -> str:
    if isinstance(value, bool | None):
        return _NAMES[value]
    if isinstance(value, int | float | str):
        return repr(value)
    raise InputError(f"{value!r} can't be compared in a run", where=caller(), expected="a number or a text")
