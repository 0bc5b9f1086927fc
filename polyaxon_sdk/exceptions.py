"""The errors that polyaxon-sdk raises.

PolyaxonError
├── InputError           a person's mistake: what, where, expected, nearest valid name
│   └── NoComponentError no hub has the component that a reference names
├── MissingExtraError    an optional framework is not installed (also an ImportError)
├── RunNotFoundError     no run has this uuid, prefix or name
├── StoreError           an artifacts store can't be read or written
├── LeaseLostError       another process drains this run now
└── TrackingError        a tracking call was made where no run is active
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = [
    "InputError",
    "LeaseLostError",
    "MissingExtraError",
    "NoComponentError",
    "PolyaxonError",
    "RunNotFoundError",
    "StoreError",
    "TrackingError",
    "counted",
    "cut",
    "did_you_mean",
    "printable",
]


class PolyaxonError(Exception):
    """Everything that polyaxon-sdk raises on purpose."""


class InputError(PolyaxonError):
    """A person's mistake, told in one line: `where: path: what, expected ..., did you mean ...?`.

    Args:
        what: what is wrong, with the offending value.
        where: the file, with `:line:column` where they are known.
        path: the field, such as `run.container.image`.
        expected: what would have been right.
        hint: a closing clause such as the one that `did_you_mean` gives.

    >>> str(InputError("unknown field 'imgae'", where="a.yml:7:5", path="run", hint=", did you mean 'image'?"))
    "a.yml:7:5: run: unknown field 'imgae', did you mean 'image'?"
    """

    def __init__(
        self,
        what: str,
        *,
        where: str | None = None,
        path: str | None = None,
        expected: str | None = None,
        hint: str = "",
    ) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.path = path
        self.expected = expected
        self.hint = hint

    def __str__(self) -> str:
        place = "".join(f"{part}: " for part in (self.where, cut(self.path or "")) if part)
        expected = f", expected {cut(self.expected)}" if self.expected else ""
        return printable(f"{place}{cut(self.what)}{expected}{cut(self.hint)}")


class NoComponentError(InputError):
    """No hub has the component that a reference names."""


class MissingExtraError(PolyaxonError, ImportError):
    """An optional framework is not installed; the message is the line that installs it."""


class RunNotFoundError(PolyaxonError):
    """No run has this uuid, prefix or name."""


class StoreError(PolyaxonError):
    """An artifacts store can't be opened, read or written."""


class LeaseLostError(PolyaxonError):
    """Another process holds the lease of this run by now."""


class TrackingError(PolyaxonError):
    """A tracking call was made where no run is active."""


_NEAR = 0.7
_SHORTEST = 3


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """The clause that names the nearest of `words`, or nothing where none is near.

    Near is, in this order: the same in another case or with other dashes, one letter off, much alike, begun alike.

    >>> did_you_mean("Epochs", ["epochs"]), did_you_mean("epohcs", ["epochs", "echo"])
    (", did you mean 'epochs'?", ", did you mean 'epochs'?")
    >>> did_you_mean("min", ["maximize", "minimize"]), did_you_mean("speed", ["isApproved"])
    (", did you mean 'minimize'?", '')
    """
    from difflib import get_close_matches  # paid by the one who made a mistake, not by every import

    bare = _bare(word)
    known = {_bare(each): each for each in reversed(list(words))}
    slips = [bare] if bare in known else [each for each in known if _is_slip(bare, each)]
    found = (
        get_close_matches(bare, slips, n=1, cutoff=0)
        or get_close_matches(bare, known, n=1, cutoff=_NEAR)
        or [each for each in reversed(known) if _begins(each, bare)]
    )
    return f", did you mean {known[found[0]]!r}?" if found else ""


def _bare(word: str) -> str:
    return word.lower().replace("_", "").replace("-", "")


def _is_slip(one: str, other: str) -> bool:
    """Whether two words differ by one letter: left out, put in, another, or two in the wrong order."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1 or len(long) < _SHORTEST:
        return short == long[::-1]
    alike = next((at for at, letter in enumerate(short) if letter != long[at]), len(short))
    rest, longer = short[alike:], long[alike:]
    if len(short) < len(long):
        return rest == longer[1:]
    return rest[1:] == longer[1:] or rest[1::-1] + rest[2:] == longer


def _begins(one: str, other: str) -> bool:
    """Whether the shorter of two words is what the longer one begins with."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST and long.startswith(short)


_LONGEST = 400
"""How much of a name or value a message shows."""


def cut(text: str) -> str:
    """The text without its middle, where it is too long for a message.

    >>> cut("a" * 1000) == "a" * 198 + " ... " + "a" * 197
    True
    """
    if len(text) <= _LONGEST:
        return text
    half = _LONGEST // 2 - 2
    return f"{text[:half]} ... {text[1 - half :]}"


def counted(count: int, what: str, several: str | None = None) -> str:
    """So many of something, as a person says it.

    >>> counted(1, "file"), counted(2, "file"), counted(0, "copy", "copies")
    ('1 file', '2 files', '0 copies')
    """
    return f"{count} {what if count == 1 else several or f'{what}s'}"


def printable(text: str) -> str:
    """The text in one line in which nothing moves a cursor or hides a word: what can't be seen is escaped.

    >>> printable("a\\nb\\x1b[1A")
    'a\\\\nb\\\\x1b[1A'
    """
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text)
