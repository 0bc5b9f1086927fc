"""What the texts of settings say: numbers, truth values, lists and pairs."""

from __future__ import annotations

from polyaxon_sdk.exceptions import InputError

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
    raise InputError(f"{text!r} is no boolean", where=where, path=name, expected="true or false")


def number_in(text: str, name: str, *, where: str) -> float:
    """A number that is not below 0 and not infinite, such as of seconds.

    Raises:
        InputError: the text is none.
    """
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0.0 <= seconds < float("inf"):
        raise InputError(f"{text!r} is no number", where=where, path=name, expected="seconds")
    return seconds


def pairs_in(text: str, name: str, *, where: str, expected: str) -> dict[str, str]:
    """What stands for what, as `KEY=VALUE` between commas.

    Raises:
        InputError: an item lacks one of them.
    """
    pairs = [item.partition("=") for item in listed(text)]
    for key, _, value in pairs:
        if not key or not value:
            raise InputError(f"{key!r} stands for nothing", where=where, path=name, expected=expected)
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
            raise InputError(
                f"{item!r} is no queue and its number",
                where=where,
                path="queues",
                expected="QUEUE=NUMBER, such as gpu=2",
            )
        found[queue] = int(most)
    return found
