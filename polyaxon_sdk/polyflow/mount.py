"""V1Mount: a local path that is uploaded with the run."""

from __future__ import annotations

from attrs import frozen

from polyaxon_sdk.polyflow.documentation import documented

__all__ = ["V1Mount"]


@documented
@frozen(kw_only=True)
class V1Mount:
    """A local path and where it goes; a text `from:to` says the same (semantics 1.3).

    Args:
        from_: the local path; `from` in files; default none.
        to: the path in the run; default: the same.

    >>> V1Mount(from_="./code", to="src").to
    'src'
    """

    from_: str | None = None
    to: str | None = None
