import asyncio
from collections.abc import Iterator
from hashlib import md5, sha256
from pathlib import Path

import pytest

from polyaxon_sdk.storage.source import Source, SourceError
from polyaxon_sdk.storage.stretch import Stretch, hashed

MIB = 1 << 20


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A file of two and a half MiB."""
    path = tmp_path / "large.bin"
    path.write_bytes(bytes(range(256)) * (10 * 1024))
    return path


@pytest.fixture
def stretch(source: Path) -> Iterator[Stretch]:
    """All of it but the first and the last byte."""
    digest = md5(source.read_bytes()[1:-1]).digest()
    with Source(str(source)) as file:
        yield Stretch(file, 1, file.size - 2, digest=digest, new_digest=md5)


async def collected(stretch: Stretch) -> list[bytes]:
    return [piece async for piece in stretch.pieces()]


async def attempted_twice(stretch: Stretch) -> None:
    await stretch.attempt()
    await stretch.attempt()


def test_it_is_read_piece_by_piece(source: Path, stretch: Stretch) -> None:
    pieces = asyncio.run(collected(stretch))
    assert (b"".join(pieces), len(stretch)) == (source.read_bytes()[1:-1], 10 * MIB // 4 - 2)
    assert max(map(len, pieces)) == MIB // 2


def test_it_is_read_whole(source: Path, stretch: Stretch) -> None:
    assert asyncio.run(stretch.read()) == source.read_bytes()[1:-1]


def test_a_file_that_is_shorter_by_now_is_not_sent_short(source: Path, stretch: Stretch) -> None:
    source.write_bytes(b"short")
    with pytest.raises(SourceError, match="ends 524284 bytes early"):
        asyncio.run(collected(stretch))


def test_the_second_attempt_finds_what_was_hashed(stretch: Stretch) -> None:
    asyncio.run(attempted_twice(stretch))
    assert len(asyncio.run(collected(stretch))) == 5


def test_the_second_attempt_finds_that_the_file_is_another_one(source: Path, stretch: Stretch) -> None:
    source.write_bytes(bytes(10 * MIB // 4))
    with pytest.raises(SourceError, match="changed while it was copied"):
        asyncio.run(attempted_twice(stretch))


def test_it_is_read_as_it_was_hashed(source: Path, stretch: Stretch) -> None:
    assert asyncio.run(stretch.read_as_hashed()) == source.read_bytes()[1:-1]
    source.write_bytes(bytes(10 * MIB // 4))
    with pytest.raises(SourceError, match="changed while it was copied"):
        asyncio.run(stretch.read_as_hashed())


def test_what_is_hashed_goes_through_all_digests(source: Path) -> None:
    digests = sha256(), md5()
    with Source(str(source)) as file:
        hashed(file, MIB, *digests)
        hashed(file, file.size - MIB, *digests)
    data = source.read_bytes()
    assert [each.digest() for each in digests] == [sha256(data).digest(), md5(data).digest()]


def test_a_file_that_ends_early_is_told(source: Path) -> None:
    with Source(str(source)) as file, pytest.raises(SourceError, match="ends 1 bytes early"):
        hashed(file, file.size + 1, md5())
