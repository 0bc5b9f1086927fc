"""What an object store asks of a cloud: single requests, none tried again, none with a deadline of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from polyaxon_sdk.storage.keys import Copy, Stored

if TYPE_CHECKING:
    from polyaxon_sdk.storage.stretch import Stretch

__all__ = ["FULL", "Bucket", "Cause", "Digest", "Held", "Page", "Part", "Sizes", "Upload"]

FULL = 507
"""The HTTP status of a service whose disk is full: a person has to mend that."""


class Digest(Protocol):
    """A check value that is made chunk by chunk, as hashlib's are."""

    def update(self, data: bytes, /) -> None:
        """Take the next chunk in."""
        ...

    def digest(self) -> bytes:
        """The value of all chunks so far."""
        ...


class Held(NamedTuple):
    """An object as the cloud tells of it.

    Attributes:
        size: bytes.
        mtime_ns: when it was stored.
        check: as `Store.checksum` says it.
        version: what a reader insists on, so that all that it reads is of one object.
    """

    size: int
    mtime_ns: int
    check: str
    version: str


class Part(NamedTuple):
    """A part of an object that is being put: its size, its digest, the cloud's own name of it."""

    size: int
    digest: bytes
    tag: str


class Upload(NamedTuple):
    """A put in parts: the object's name, the cloud's name of the put, and which parts there are already.

    `kept` are parts of the object as it stands, in order, from its beginning; `parts` those of a put that was cut
    off, by number from 1 (behind those kept).
    """

    name: str
    number: str
    kept: Sequence[Part] = ()
    parts: dict[int, Part] = {}  # noqa: RUF012  # nobody adds to it


class Sizes(NamedTuple):
    """What a cloud takes how.

    Attributes:
        whole: up to so many bytes an object is put at once.
        part: bytes of a part, at least.
        parts: how many parts an object may have.
        checks_whole: whether `complete` wants the digest of the whole object.
    """

    whole: int
    part: int
    parts: int
    checks_whole: bool


class Cause(NamedTuple):
    """Why a request failed, and whether the same one may succeed soon."""

    why: str
    passes: bool


class Page(NamedTuple):
    """Some objects of a bucket, what several names begin with, and where the next page begins; empty for the last."""

    objects: list[Stored]
    folders: Sequence[str] = ()
    more: str = ""


class Bucket(Protocol):
    """One bucket of a cloud; each method is one request, or few. What is put is checked by the cloud.

    What goes wrong is raised as one of `errors`, and `cause` says what it means.
    """

    sizes: Sizes
    errors: tuple[type[Exception], ...]

    def cause(self, error: Exception) -> Cause:
        """What one of `errors` means to a person."""
        ...

    def part_digest(self) -> Digest:
        """The check value of parts."""
        ...

    def whole_digest(self) -> Digest:
        """The check value of objects."""
        ...

    async def close(self) -> None:
        """End the connections."""
        ...

    async def put(self, name: str, data: bytes, digest: bytes) -> str:
        """Make the object `data`; what the cloud keeps as its checksum."""
        ...

    async def head(self, name: str) -> Held | None:
        """The object as it stands, or None."""
        ...

    async def get(self, name: str, start: int, end: int, version: str) -> bytes:
        """The bytes from `start` up to `end`, or to where it ends, of an object; of any version where none is said."""
        ...

    async def page(self, prefix: str, *, after: str = "", more: str = "", folded: bool = False) -> Page:
        """Some of the objects whose names begin with `prefix` and sort behind `after`.

        Args:
            prefix: of the names.
            after: a name; by default all count.
            more: what the page before told; empty for the first.
            folded: of names with a further slash tell only what comes up to it, as folders.
        """
        ...

    async def copy(self, source: str, name: str) -> None:
        """Make the object what `source` is."""
        ...

    async def remove(self, name: str) -> None:
        """Take the object away; one that is not there is no error."""
        ...

    async def begin(self, name: str, after: Copy | None) -> Upload:
        """Begin to put an object in parts, or go on with a put that was cut off; keep what `after` put."""
        ...

    async def put_part(self, upload: Upload, number: int, data: Stretch) -> Part:
        """Put one part."""
        ...

    async def complete(self, upload: Upload, parts: Sequence[Part], digest: bytes) -> str:
        """Make the object of its parts; what the cloud keeps as its checksum."""
        ...

    async def sweep(self, prefix: str) -> int:
        """Take away the parts of puts below `prefix` that were cut off; how many puts that were."""
        ...
