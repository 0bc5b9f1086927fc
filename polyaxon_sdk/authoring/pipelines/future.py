"""A value that is known only once an earlier operation has run."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, NoReturn

from polyaxon_sdk.authoring.caller import caller
from polyaxon_sdk.authoring.pipelines.condition import Condition, Reference
from polyaxon_sdk.exceptions import InputError

__all__ = ["Future", "Pending", "condition_of", "reference_of"]


class Pending(NamedTuple):
    """What a future stands for.

    Attributes:
        reference: where the value will be found; None where there is none, with the reason in `missing`.
        shown: what the person wrote, such as `scores.accuracy`.
        missing: why it stands for no value.
    """

    reference: Reference | None
    shown: str
    missing: str = ""


class Future:
    """A value that is known only in the run: it can be handed to components and compared for `when`.

    Comparisons give a `Condition`. Everything else that needs the value now, `if` above all, is an error with the
    line that asks for it.

    >>> Future(Pending(Reference("dag", "inputs.epochs"), "epochs")) > 3
    <condition epochs > 3>
    """

    __slots__ = ("_pending",)

    def __init__(self, pending: Pending) -> None:
        self._pending = pending

    def __repr__(self) -> str:
        return f"<future {self._pending.shown}>"

    def __lt__(self, other: object) -> Condition:
        return self._compared("<", other)

    def __le__(self, other: object) -> Condition:
        return self._compared("<=", other)

    def __gt__(self, other: object) -> Condition:
        return self._compared(">", other)

    def __ge__(self, other: object) -> Condition:
        return self._compared(">=", other)

    def __eq__(self, other: object) -> Condition:  # type: ignore[override]  # a comparison is told to the run
        return self._compared("==", other)

    def __ne__(self, other: object) -> Condition:  # type: ignore[override]  # a comparison is told to the run
        return self._compared("!=", other)

    def __and__(self, other: object) -> Condition:
        return condition_of(self) & condition_of(other)

    def __or__(self, other: object) -> Condition:
        return condition_of(self) | condition_of(other)

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("__"):
            raise AttributeError(name)  # Python's own questions, such as those of copy and inspect
        raise InputError(f"{self._pending.shown} has no {name!r}: {_LATER}", where=caller())

    def _compared(self, sign: str, other: object) -> Condition:
        right = reference_of(other) if isinstance(other, Future) else other
        return Condition.of(reference_of(self), sign, right)


_LATER = "its value is known only in the run"


def reference_of(future: Future) -> Reference:
    """Where the value of a future will be found.

    Raises:
        InputError: it stands for no single value, with the line that asks for it.
    """
    pending = future._pending
    if pending.reference is None:
        raise InputError(pending.missing, where=caller())
    return pending.reference


def condition_of(value: object) -> Condition:
    """What `when` was given: a comparison of futures, or a future that is true or false itself."""
    if isinstance(value, Condition):
        return value
    if isinstance(value, Future):
        return Condition.truth(reference_of(value))
    raise InputError(
        f"{value!r} is no condition of the run", where=caller(), expected="such as scores.accuracy > 0.9"
    )


def _refusing(doing: str) -> Callable[..., NoReturn]:
    def refuse(self: Future, *_: object) -> NoReturn:
        raise InputError(f"{self._pending.shown} {doing}: {_LATER}", where=caller(), expected=_EXPECTED)

    return refuse


_EXPECTED = "to hand it to a component, or `when(...)` to decide by it"

_REFUSED = {
    "can't decide an if, a while or an assert here": ("bool",),
    "can't be looped over here": ("iter", "next", "len", "contains", "getitem", "reversed"),
    "can't be a plain value here": ("int", "float", "index", "complex", "round"),
    "can't be a text here": ("str", "format", "bytes"),
    "can't be called": ("call",),
    "can't be reckoned with here": (
        *("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "xor", "lshift", "rshift"),
        *("radd", "rsub", "rmul", "rtruediv", "rfloordiv", "rmod", "rpow", "neg", "pos", "abs", "invert"),
    ),
    "can't be a key of a dict or in a set": ("hash",),
}

for _doing, _names in _REFUSED.items():
    for _name in _names:
        setattr(Future, f"__{_name}__", _refusing(_doing))
