"""What shipping takes beside fsspec's own put and rclone, on one server: a large file, and a thousand small ones."""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from secrets import token_hex
from statistics import median
from time import perf_counter

import fsspec

from polyaxon_sdk.storage.store import open_store
from polyaxon_sdk.storage.transfer import Put, put_many
from tests.clouds.kinds import running

LARGE = int(os.environ.get("POLYAXON_BENCHMARK_MIB", "500"))
SMALL = 1000
ROUNDS = int(os.environ.get("POLYAXON_BENCHMARK_ROUNDS", "3"))
_PATIENCE = 300
"""Seconds after which a put has failed: rclone asks a store that fails for many minutes."""

Putting = Callable[[Path, str], object]
"""Puts what lies in a folder into a bucket."""
open_once = cache(open_store)


def by_us(folder: Path, bucket: str) -> None:
    """With our store."""
    puts = [Put(str(path), f"{folder.name}/{path.name}") for path in folder.iterdir()]
    outcomes = put_many(open_once(f"s3://{bucket}"), puts)
    assert {outcome.state for outcome in outcomes} == {"stored"}, outcomes[0].error


def by_fsspec(folder: Path, bucket: str) -> None:
    """With s3fs as it comes."""
    fsspec.filesystem("s3").put(f"{folder}/", f"{bucket}/{folder.name}/", recursive=True)


def by_rclone(folder: Path, bucket: str) -> None:
    """With rclone as it comes."""
    program = Path(sys.executable).with_name("rclone")
    remote = (
        f":s3,provider=Other,env_auth=true,force_path_style=true,endpoint='{os.environ['AWS_ENDPOINT_URL']}'"
    )
    command = [
        str(program),
        "copy",
        str(folder),
        f"{remote}:{bucket}/{folder.name}",
        "--config",
        "/dev/null",
        "--s3-no-check-bucket",
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE)


WAYS: dict[str, Putting] = {"ours": by_us, "fsspec": by_fsspec, "rclone": by_rclone}


def seconds(put: Putting, folder: Path, warm: Path) -> tuple[float, float]:
    """What one put takes: by the clock, and of processor time, which tells more on a busy machine.

    Each has a bucket of its own, where a small put went before; the server takes what lay there off its disk with it.
    """
    service, bucket = fsspec.filesystem("s3"), f"put-{token_hex(4)}"
    service.mkdir(bucket)
    try:
        put(warm, bucket)
        began, processor = perf_counter(), processor_time()
        put(folder, bucket)
        return perf_counter() - began, processor_time() - processor
    finally:
        service.rm(bucket, recursive=True)


def processor_time() -> float:
    """Seconds of this process and of those that it waited for."""
    used = [resource.getrusage(each) for each in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def compare(title: str, folder: Path, amount: float, unit: str) -> None:
    """Print the median rate of each way, the ways in turn."""
    warm = folder.with_name("warm")
    for put in WAYS.values():
        seconds(put, folder, warm)
    taken = {name: list[tuple[float, float]]() for name in WAYS}
    for _ in range(ROUNDS):
        for name, put in WAYS.items():
            taken[name].append(seconds(put, folder, warm))
    rates = {name: amount / median(wall for wall, _ in each) for name, each in taken.items()}
    used = {name: median(processor for _, processor in each) / amount for name, each in taken.items()}
    shown = "   ".join(f"{name} {rate:6.0f}" for name, rate in rates.items())
    best = max(rates["fsspec"], rates["rclone"])
    print(f"{title}: {shown} {unit}; ours is {rates['ours'] / best:.2f} of the best,")
    print(
        f"  {rates['ours'] / rates['fsspec']:.2f} of fsspec, {rates['ours'] / rates['rclone']:.2f} of rclone"
    )
    shown = "   ".join(f"{name} {each * 1e3:.2f}" for name, each in used.items())
    print(f"  processor time: {shown} ms for each, load {os.getloadavg()[0]:.1f}")


def main() -> None:
    """Measure."""
    place = Path(tempfile.mkdtemp(prefix="shipping-"))
    try:
        with running("seaweedfs", place / "server") as cloud:
            os.environ.update(cloud.environ)
            small, large, warm = place / "small", place / "large", place / "warm"
            for folder in (small, large, warm):
                folder.mkdir()
            (warm / "0.bin").write_bytes(b"0")
            for number in range(SMALL):
                (small / f"{number}.bin").write_bytes(os.urandom(10_240))
            (large / "large.bin").write_bytes(os.urandom(LARGE << 20))
            compare(f"{SMALL} files of 10 KB", small, SMALL, "files/s")
            compare(f"one file of {LARGE} MiB", large, LARGE, "MiB/s")
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"peak memory of this process, s3fs included: {peak:.0f} MiB")
    finally:
        shutil.rmtree(place)


if __name__ == "__main__":
    main()
