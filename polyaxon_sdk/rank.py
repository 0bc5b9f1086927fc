"""Which of several processes of one training this is."""

from collections.abc import Mapping
from typing import NamedTuple

# Annotations here are no texts: typing would compile those of a named tuple, which takes a script a millisecond.

__all__ = ["Rank", "rank_in", "whole"]


class Rank(NamedTuple):
    """Which of several processes of one training this is, as torchrun and its like tell it.

    Attributes:
        number: among all.
        local: among those of this host.
        size: how many there are.
        local_size: how many of them on this host.
        group: what tells this training from others that the same launcher began.
    """

    number: int
    local: int
    size: int
    local_size: int
    group: str = ""


def rank_in(env: Mapping[str, str]) -> Rank | None:
    """Which of several processes this is; None where it is the only one, or nothing tells.

    >>> rank_in({"RANK": "3", "WORLD_SIZE": "4"})
    Rank(number=3, local=3, size=4, local_size=4, group='')
    """
    number, size = whole(env.get("RANK")), whole(env.get("WORLD_SIZE"))
    if number is None or size is None or not number < size > 1:
        return None
    local, local_size = whole(env.get("LOCAL_RANK")), whole(env.get("LOCAL_WORLD_SIZE"))
    group = "/".join(filter(None, (env.get(name) for name in ("TORCHELASTIC_RUN_ID", "MASTER_PORT"))))
    return Rank(
        number, number if local is None else local, size, size if local_size is None else local_size, group
    )


def whole(text: str | None) -> int | None:
    """The whole number that a text is; None where it is none.

    >>> whole("3"), whole("-3"), whole(None)
    (3, None, None)
    """
    return int(text) if text and text.isdecimal() else None
