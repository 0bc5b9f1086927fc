"""What searches find at equal trials, and hyperband for a third of what chance spends: `searching.py [--seeds N]`.

Medians over seeds of the best that is found, less is better, and in how many of them it is better than chance's; no
search is told more than a file without a word on it tells. Those at once are four, which end in any order.
"""

import argparse
import warnings
from collections.abc import Sequence
from statistics import median
from time import process_time
from typing import Any

from polyaxon_sdk.tuners.starting import search_of
from tests.tuners.carrying import at_once, halved, trained
from tests.tuners.problems import PROBLEMS, Problem
from tests.tuners.spaces import LOSS, matrix_of

TRIALS, FIRST, WIDTH = 30, 10, 4
BAYES = {"kind": "bayes", "numInitialRuns": FIRST, "maxIterations": TRIALS - FIRST, "metric": LOSS}
KINDS: dict[str, dict[str, Any]] = {
    "random": {"kind": "random", "numRuns": TRIALS},
    "tpe": {"kind": "tpe", "numRuns": 1, "maxIterations": TRIALS, "metric": LOSS},
    "bayes, ucb": BAYES,
    **{
        f"bayes, {kind}": {**BAYES, "utilityFunction": {"acquisitionFunction": kind, "eps": 0.01}}
        for kind in ("ei", "poi")
    },
}
AT_ONCE = {
    "tpe": {**KINDS["tpe"], "numRuns": WIDTH, "maxIterations": TRIALS // WIDTH},
    **{kind: KINDS[kind] for kind in ("bayes, ucb", "bayes, ei")},
}
MOST = (27, 81)


def found(problem: Problem, fields: dict[str, Any], seed: int, width: int) -> float:
    """The best that a search finds."""
    search = search_of(matrix_of(params=problem.params, seed=seed, **fields))
    return min(at_once(search, width, problem.objective, seed=seed))


def show(what: str, bests: Sequence[float], by_chance: Sequence[float], seconds: float) -> None:
    """Print what was found."""
    better = sum(one < other for one, other in zip(bests, by_chance, strict=True))
    print(f"{what:44} {median(bests):10.4f} {better:4} of {len(bests)} {seconds:8.0f} s of CPU", flush=True)


def show_searches(seeds: range, names: Sequence[str]) -> None:
    for name in names:
        problem = PROBLEMS[name]
        by_chance: list[float] = []
        for kind, fields in KINDS.items():
            for width in (1, WIDTH) if kind in AT_ONCE else (1,):
                began = process_time()
                given = AT_ONCE[kind] if width > 1 else fields
                bests = [found(problem, given, seed, width) for seed in seeds]
                by_chance = by_chance or bests
                told = f"{name}: {kind}" + (f", {width} at once" if width > 1 else "")
                show(told, bests, by_chance, process_time() - began)


def show_hyperband(seeds: range) -> None:
    for most in MOST:
        began = process_time()
        halvings = [halved(most, seed) for seed in seeds]
        best = [each.best for each in halvings]
        [spent] = {each.epochs for each in halvings}
        [begun] = {each.begun for each in halvings}
        drawn = [trained(begun, most, seed) for seed in seeds]
        thrice = 3 * spent // most
        share = spent / (begun * most)
        show(f"network of {most} epochs: hyperband, {spent} epochs", best, best, process_time() - began)
        show(f"  chance with thrice that, {thrice} runs", [min(each[:thrice]) for each in drawn], best, 0)
        show(f"  chance with as many, {begun}, {share:.0%} of it", [min(each) for each in drawn], best, 0)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--problems", nargs="*", choices=tuple(PROBLEMS), default=tuple(PROBLEMS))
    parser.add_argument("--only", choices=("searches", "hyperband"))
    given = parser.parse_args()
    warnings.simplefilter("ignore")  # a network that diverges says so at each step
    if given.only != "hyperband":
        show_searches(range(given.seeds), given.problems)
    if given.only != "searches":
        show_hyperband(range(given.seeds))


if __name__ == "__main__":
    main()
