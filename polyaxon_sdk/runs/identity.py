"""What tells an artifact from all others, in whichever run it stands (semantics 5.9)."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha1

__all__ = ["state_of"]

_DIGITS = 32


def state_of(artifact: Mapping[str, object]) -> str | None:
    """The state of an artifact: the same for the same thing in every run, which links runs.

    Contents with a hash go by that, whatever they are called and wherever they lie; what has none goes by its URL,
    else by all that is said of it. It never changes: while a hash is still to come there is none.

    >>> state_of({"name": "net", "summary": {"hash": "0f"}}) == state_of({"name": "best", "summary": {"hash": "0f"}})
    True
    """
    if isinstance(given := artifact.get("state"), str):
        return given
    if artifact.get("pending"):
        return None
    text = repr(_identity(artifact))
    return sha1(text.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()[:_DIGITS]


def _identity(artifact: Mapping[str, object]) -> tuple[object, ...]:
    summary, path = artifact.get("summary"), artifact.get("path")
    if isinstance(summary, Mapping) and summary.get("hash"):
        return "hash", str(summary["hash"])
    if isinstance(path, str) and "://" in path:
        return "url", path
    return artifact.get("name"), artifact.get("kind"), path, summary
