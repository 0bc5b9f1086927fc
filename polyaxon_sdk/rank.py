"""Which of several processes of one training this is."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["Rank", "rank_in", "whole"]


class Rank:
    """Which of several processes of one training this is, as torchrun and its like tell it.

    Args:
        number: among all.
        local: among those of this host.
        size: how many there are.
        local_size: how many of them on this host.
        group: what tells this training from others that the same launcher began.
    """

    def __init__(self, number: int, local: int, size: int, local_size: int, group: str = "") -> None:
        self.number = number
        self.local = local
        self.size = size
        self.local_size = local_size
        self.group = group


def rank_in(env: Mapping[str, str]) -> Rank | None:
    """Which of several processes this is; None where it is the only one, or nothing tells.

    >>> rank_in({"RANK": "3", "WORLD_SIZE": "4"}).local
    3
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
