"""How long logging an image holds a training up, and how soon its file is there."""

import os
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

import numpy as np

from polyaxon_sdk import tracking
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.snapshots import pending

CALLS = 25
BETWEEN = 0.1
"""Seconds of training between two images."""
LIMIT = 5.0
"""Milliseconds that an image of 1024x1024 may take."""
SIDE = 1024


def milliseconds(name: str, data: "np.typing.NDArray[np.generic]", layout: str) -> list[float]:
    """What each of many calls took."""
    taken = []
    for step in range(CALLS):
        began = perf_counter()
        tracking.log_image(data, name, step=step, dataformats=layout)
        taken.append((perf_counter() - began) * 1000)
        sleep(BETWEEN)
    return taken


def measure() -> float:
    """Print a row a kind of array; the median of the slowest of one channel."""
    noise = np.random.default_rng(5).random((SIDE, SIDE, 3))
    slowest = 0.0
    for kind in ("uint8", "float32", "float64"):
        coloured = (noise * 255).astype(kind) if kind == "uint8" else noise.astype(kind)
        grey = np.ascontiguousarray(coloured[:, :, 0])
        for layout, data in (("HW", grey), ("HWC", coloured)):
            taken = milliseconds(f"{layout} {kind}", data, layout)
            shown = f"first {taken[0]:6.2f} ms   p50 {median(taken):6.2f} ms   max {max(taken):6.2f} ms"
            print(f"  {layout:4}{kind:8} {shown}")
            slowest = max(slowest, median(taken)) if layout == "HW" else slowest
    return slowest


def main() -> int:
    """Measure in a home of its own; 1 where an image takes too long."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["POLYAXON_HOME"] = home
        run = tracking.init()
        print(
            f"log_image of {SIDE}x{SIDE}, {CALLS} calls, one each {BETWEEN} s (promised: {LIMIT} ms for one channel)"
        )
        slowest = measure()
        folder, began = RunFolder(Path(home) / "runs" / run.uuid), perf_counter()
        waiting = len(list(pending(folder)))
        while list(pending(folder)):
            sleep(0.01)
        print(f"  {waiting} of {CALLS * 6} were left to encode, which took {perf_counter() - began:.2f} s")
        tracking.end()
    return int(slowest > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
