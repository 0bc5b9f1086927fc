"""Masking secrets in output while it comes, also those that two writes split."""

from __future__ import annotations

import re

from polyaxon_sdk.secrets.masker import MASK, Masker
from polyaxon_sdk.secrets.names import WORDS

__all__ = ["MaskedStream"]

_LONGEST = 1 << 16
_NAME_BEFORE = 120
_TRIES = 50
_BEGIN, _END = "-----BEGIN ", "-----END "
_KEY_LINE = re.compile(r"[A-Za-z0-9+/=:,.\\\"' -]{0,200}[\r\n]*")
_MOST_KEY_LINES = 200


class MaskedStream:
    """Takes whole lines off the front of growing output and gives them masked; it remembers nothing itself.

    A line ends with a newline or a carriage return. One of more than 65,536 bytes is taken in pieces that end
    where no secret can: behind a blank or a comma, far from any name of a secret.

    >>> stream = MaskedStream(Masker())
    >>> stream.end(b"token=abcdef12\\nnext")
    15
    >>> stream.masked(b"token=abcdef12\\n")
    (b'token=[masked]\\n', 0)
    """

    def __init__(self, masker: Masker) -> None:
        self._masker = masker

    def end(self, data: bytes, *, last: bool = False, idle: bool = False) -> int:
        """How many bytes of `data` may be written down.

        Args:
            data: what was not taken so far, in any encoding.
            last: whether nothing follows: then all of it is taken.
            idle: whether nothing follows for a while: then an unfinished line is taken as far as it is harmless.
        """
        end = len(data) if last else max(data.rfind(b"\n"), data.rfind(b"\r")) + 1
        if not last and end == 0 and (idle or len(data) >= _LONGEST):
            end = _harmless(data[:_LONGEST], is_long=len(data) >= _LONGEST)
        return end

    def masked(self, data: bytes, key_lines: int = 0) -> tuple[bytes, int]:
        """A piece that `end` told, masked, and how many lines of a private key may follow it.

        Args:
            data: the piece.
            key_lines: how many may come first, as the piece before told.
        """
        text, shown = data.decode("utf-8", "surrogateescape"), ""
        if key_lines:
            rest, key_lines = _behind_key(text, key_lines)
            shown, text = MASK + "\n" if len(rest) < len(text) else "", rest
        begin, end = text.rfind(_BEGIN), text.rfind(_END)
        if begin > end and "PRIVATE KEY" in text[begin : begin + 60]:
            key_lines = _MOST_KEY_LINES
        return (shown + self._masker.text(text)).encode("utf-8", "surrogateescape"), key_lines


def _behind_key(text: str, key_lines: int) -> tuple[str, int]:
    """What follows a private key that began in an earlier piece, and how many more lines of it may come."""
    at = 0
    while key_lines and at < len(text):
        line = _KEY_LINE.match(text, at)
        is_over = text.startswith(_END, at) or line is None or line.end() == at
        if line is None or is_over or text[line.end() - 1] not in "\r\n":
            return text[at:], 0
        key_lines, at = key_lines - 1, line.end()
    return text[at:], key_lines


def _harmless(data: bytes, *, is_long: bool) -> int:
    """Up to where a line can be cut without cutting a secret; somewhere in any case where it is too long."""
    end = len(data)
    for _ in range(_TRIES):
        end = max(data.rfind(each, 0, end) for each in (b" ", b"\t", b",", b";"))
        if end < 0:
            break
        before = data[max(0, end - _NAME_BEFORE) : end].decode("utf-8", "replace").lower()
        if not any(word in before for word in WORDS) and _BEGIN.lower() not in before:
            return end + 1
    return len(data) if is_long else 0
