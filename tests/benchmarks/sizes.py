"""The figures of the code itself, to be compared with the last ones."""

import ast
import subprocess
from collections import Counter
from statistics import median

from tests.house import PACKAGES, ROOT, Source, inside_function, is_broad, length, matches, quantile, sources

WINDOW = 10
IGNORES = r"#\s*(noqa|type:\s*ignore|pyright:\s*ignore)"


def spread(numbers: list[int]) -> str:
    """Median, 90th percentile and maximum."""
    return f"median {median(numbers):.0f}, p90 {quantile(numbers, 0.9)}, max {max(numbers)}"


def duplicate_share(files: list[Source]) -> float:
    """The share of runs of ten lines that stand elsewhere too, imports and blank lines left out."""
    kept = [
        [line.strip() for line in file.lines if line.strip() and not line.startswith(("from ", "import "))]
        for file in files
    ]
    windows = [tuple(lines[at : at + WINDOW]) for lines in kept for at in range(len(lines) - WINDOW + 1)]
    counts = Counter(windows)
    return sum(counts[window] > 1 for window in windows) / len(windows)


def report(name: str, files: list[Source]) -> None:
    """Print the figures of one part of the tree."""
    handlers = [node for file in files for node in file.nodes(ast.ExceptHandler)]
    late = [
        node for file in files for node in file.nodes(ast.Import, ast.ImportFrom) if inside_function(node)
    ]
    print(f"{name}: {len(files)} files, {sum(len(file.lines) for file in files)} lines")
    print(f"  lines a file       {spread([len(file.lines) for file in files])}")
    print(
        f"  lines a function   {spread([length(function) for file in files for function in file.functions])}"
    )
    print(f"  broad handlers     {len([node for node in handlers if is_broad(node)])} of {len(handlers)}")
    print(f"  late imports       {len(late)}")
    print(f"  ignores            {len(matches(files, IGNORES))}")
    print(f"  duplicate windows  {duplicate_share(files):.1%}")


def main() -> None:
    """Print the figures of the package and of its tests."""
    commit = ["git", "describe", "--always", "--dirty"]
    print(subprocess.run(commit, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip())
    report("package", sources(*PACKAGES))
    report("tests", sources("tests"))


if __name__ == "__main__":
    main()
