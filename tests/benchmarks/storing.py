"""What storing files costs beside fsspec's own put, which neither syncs nor reads again what it wrote."""

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple

import fsspec

from polyaxon_sdk.storage.store import open_store
from polyaxon_sdk.storage.transfer import Put, put_many

ROUNDS = 3
SMALL, SMALL_SIZE = 1_000, 10 << 10
LARGE_SIZE = 500 << 20
MEBIBYTE = 1 << 20


class Took(NamedTuple):
    """Seconds by the clock and seconds of processor time."""

    wall: float
    processor: float


def make(folder: Path) -> tuple[Path, Path]:
    """A folder of small files, and one large file."""
    small, large = folder / "small", folder / "large.bin"
    small.mkdir()
    for number in range(SMALL):
        (small / f"{number}.bin").write_bytes(os.urandom(SMALL_SIZE))
    with large.open("wb") as file:
        for _ in range(LARGE_SIZE // MEBIBYTE):
            file.write(os.urandom(MEBIBYTE))
    return small, large


def fsspec_put(source: Path, target: Path) -> None:
    """Put the way fsspec does."""
    fsspec.filesystem("file", auto_mkdir=True).put(str(source), str(target), recursive=source.is_dir())


def fsspec_put_synced(source: Path, target: Path) -> None:
    """The same, on the disk when it returns."""
    fsspec_put(source, target)
    os.sync()


def our_put(source: Path, target: Path) -> None:
    """Put whole, synced, read again."""
    paths = sorted(source.iterdir()) if source.is_dir() else [source]
    outcomes = put_many(open_store(str(target)), [Put(str(path), f"run/{path.name}") for path in paths])
    assert {outcome.state for outcome in outcomes} == {"stored"}


def took(put: Callable[[Path, Path], None], source: Path, folder: Path) -> Took:
    """How long one put takes, from a quiet disk."""
    target = folder / "target"
    os.sync()
    wall, processor = perf_counter(), process_time()
    put(source, target)
    found = Took(perf_counter() - wall, process_time() - processor)
    shutil.rmtree(target) if target.is_dir() else target.unlink()
    return found


def compare(name: str, source: Path, folder: Path) -> None:
    """The three take turns, so that a busy moment meets them all."""
    puts = (fsspec_put, fsspec_put_synced, our_put)
    rounds = [[took(put, source, folder) for put in puts] for _ in range(ROUNDS)]
    plain, synced, ours = (
        Took(*(median(column) for column in zip(*one, strict=True))) for one in zip(*rounds, strict=True)
    )
    print(f"{name}: {ours.wall:.3f} s, {ours.processor:.3f} s of processor time")
    print(
        f"  speed: {plain.wall / ours.wall:.2f} of fsspec's put, {synced.wall / ours.wall:.2f} of it with a sync"
    )


def main() -> None:
    """Print the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = make(Path(folder))
        compare(f"{SMALL:,} files of {SMALL_SIZE >> 10} KiB", small, Path(folder))
        compare(f"one file of {LARGE_SIZE >> 20} MiB", large, Path(folder))


if __name__ == "__main__":
    main()
