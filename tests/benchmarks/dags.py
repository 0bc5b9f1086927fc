"""What a node of a dag costs as that grows, whatever its shape: `dags.py [--shapes SHAPE ...] [--nodes COUNT ...]`.

Figures are of all processes, also of those that outlive the command; all of them go to one home, which fills up.
"""

import argparse
import ctypes
import tempfile
from pathlib import Path

from tests.benchmarks.trials import SUBREAPER, cost, ours

COUNTS = (250, 1000, 5000)
SHAPES = ("wide", "chain", "layers", "dense", "diamonds")
HEAD = "kind: component\nrun:\n  kind: dag\n  concurrency: 2\n  operations:\n"


def upstream(shape: str, count: int) -> list[range]:
    """What each operation waits for: nothing, the one before, all of the layer before, or by turns a knot and its nine.

    A layer has ten operations, a dense one as many as there are layers.
    """
    if shape == "chain":
        return [range(max(0, at - 1), at) for at in range(count)]
    if shape == "diamonds":
        knots = [at // 10 * 10 for at in range(count)]
        fans = [(max(0, knot - 9), knot) if at == knot else (knot, knot + 1) for at, knot in enumerate(knots)]
        return [range(*fan) for fan in fans]
    wide = {"wide": count, "layers": 10, "dense": round(count**0.5)}[shape]
    starts = [at // wide * wide for at in range(count)]
    return [range(max(0, start - wide), start) for start in starts]


def show(folder: Path, shape: str, count: int) -> None:
    """Print what a node costs."""
    lines = [
        f"  - {{name: n{at}, dependencies: [{', '.join(f'n{each}' for each in before)}], component: {{run: "
        "{kind: job, container: {command: ['true']}}}}"
        for at, before in enumerate(upstream(shape, count))
    ]
    (folder / "dag.yml").write_text(HEAD + "\n".join(lines) + "\n")
    took = cost(ours("-f", "dag.yml", "--no-cache"), folder)
    each = 1000 * took.cpu / count
    print(f"{shape:10} of {count:6} {each:12.1f} ms of CPU a node {took.memory:8.0f} MiB", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shapes", nargs="*", choices=SHAPES, default=SHAPES)
    parser.add_argument("--nodes", type=int, nargs="*", default=COUNTS)
    given = parser.parse_args()
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory() as folder:
        for shape in given.shapes:
            for count in given.nodes:
                show(Path(folder), shape, count)


if __name__ == "__main__":
    main()
