"""What the texts of settings say: numbers, truth values, lists and pairs."""

from __future__ import annotations

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.setting import Setting

__all__ = ["flag_in", "listed", "number_in", "pairs_in", "queues_in"]


def listed(text: str) -> tuple[str, ...]:
    """The words between commas.

    >>> listed("a, b,")
    ('a', 'b')
    """
    return tuple(word.strip() for word in text.split(",") if word.strip())


def flag_in(text: str, name: str, *, where: str) -> bool:
    """Whether a setting is on.

    Args:
        name: of the setting.
        where: it comes from.

    Raises:
        InputError: the text is no boolean.
    """
    text = text.strip().lower()
    if text in {"1", "true", "t", "yes", "y", "on"}:
        return True
    if text in {"", "0", "false", "f", "no", "n", "off"}:
        return False
    raise _wrong(f"{text!r} is no boolean", name, where, "true or false")


def number_in(text: str, setting: Setting, *, where: str) -> float:
    """A number of what the setting counts, not infinite.

    Raises:
        InputError: the text is none, or less than it may be.

    >>> number_in("1e6", Setting("speed", "0", "how fast", unit="bytes a second"), where="config.yaml")
    1000000.0
    """
    number, expected = _finite(text), f"a number of {setting.unit}"
    if number is None:
        raise _wrong(f"{text!r} is no number", setting.name, where, expected)
    if number < setting.least:
        raise _wrong(f"{text} is less than {setting.least}", setting.name, where, expected)
    return number


def _finite(text: str) -> float | None:
    """The number that a text is; None where it is none, or an infinite one."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None


def _wrong(what: str, name: str, where: str, expected: str) -> InputError:
    """Tells of a setting by its name, once: a variable has it already."""
    path = None if where == f"POLYAXON_{name.upper()}" else name
    return InputError(what, where=where, path=path, expected=expected)


def pairs_in(text: str, name: str, *, where: str, expected: str) -> dict[str, str]:
    """What stands for what, as `KEY=VALUE` between commas.

    Raises:
        InputError: an item lacks one of them.
    """
    pairs = [item.partition("=") for item in listed(text)]
    for key, _, value in pairs:
        if not key or not value:
            raise _wrong(f"{key!r} stands for nothing", name, where, expected)
    return {key: value for key, _, value in pairs}


def queues_in(text: str, *, where: str) -> dict[str, int]:
    """How many runs each queue takes at once, as `QUEUE=NUMBER` between commas.

    Raises:
        InputError: an item names no number.
    """
    found = {}
    for item in listed(text):
        queue, _, most = (part.strip() for part in item.partition("="))
        if not queue or not most.isdecimal() or not int(most):
            raise _wrong(
                f"{item!r} is no queue and its number", "queues", where, "QUEUE=NUMBER, such as gpu=2"
            )
        found[queue] = int(most)
    return found
