"""What searches find at equal trials, and hyperband for a third of what chance spends: `searching.py [--seeds N]`.

Medians over seeds of the best that is found, less is better, and in how many of them it is better than chance's; no
search is told more than a file without a word on it tells. Those at once are four, which end in any order.

Chance gives each of its runs all steps that one may have. Hyperband is ended where a third of their sum is spent (with
`--whole` where its plan ends, and chance has thrice that); a promoted run takes what its budget has more than that of
the run that it goes on from. The best of a search is the least loss of any of its runs, as in hyperband's paper.
"""

import argparse
import warnings
from collections.abc import Sequence
from math import inf
from statistics import median
from time import process_time
from typing import Any

from polyaxon_sdk.tuners.starting import search_of
from tests.tuners.carrying import at_once
from tests.tuners.halving import best_within, by_chance, promoted
from tests.tuners.problems import PROBLEMS, Problem
from tests.tuners.spaces import LOSS, matrix_of
from tests.tuners.trainings import LEARNERS

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
PROMOTING: dict[str, dict[str, Any]] = {
    "hyperband": {"kind": "hyperband"},
    "asha": {"kind": "asha", "numRuns": 10_000},
}


def found(problem: Problem, fields: dict[str, Any], seed: int, width: int) -> float:
    """The best that a search finds."""
    search = search_of(matrix_of(params=problem.params, seed=seed, **fields))
    return min(at_once(search, width, problem.objective, seed=seed))


def show(what: str, bests: Sequence[float], drawn: Sequence[float], seconds: float) -> None:
    """Print what was found."""
    better = sum(one < other for one, other in zip(bests, drawn, strict=True))
    print(f"{what:44} {median(bests):10.4f} {better:4} of {len(bests)} {seconds:8.0f} s of CPU", flush=True)


def show_searches(seeds: range, names: Sequence[str]) -> None:
    for name in names:
        problem = PROBLEMS[name]
        drawn: list[float] = []
        for kind, fields in KINDS.items():
            for width in (1, WIDTH) if kind in AT_ONCE else (1,):
                began = process_time()
                given = AT_ONCE[kind] if width > 1 else fields
                bests = [found(problem, given, seed, width) for seed in seeds]
                drawn = drawn or bests
                told = f"{name}: {kind}" + (f", {width} at once" if width > 1 else "")
                show(told, bests, drawn, process_time() - began)


def show_promoting(seeds: range, names: Sequence[str], *, is_whole: bool) -> None:
    for name in names:
        learner = LEARNERS[name]
        third = float(TRIALS * learner.most / 3)
        if is_whole:
            third = promoted(learner, PROMOTING["hyperband"], seed=0, steps=inf)[-1].so_far
        count = int(3 * third) // learner.most
        began = process_time()
        by_seed = [by_chance(learner, count, seed=seed) for seed in seeds]
        drawn = [best_within(runs, inf) for runs in by_seed]
        show(f"{name}: chance, {count} runs of {learner.most} steps", drawn, drawn, process_time() - began)
        show("  chance, a third of that", [best_within(runs, third) for runs in by_seed], drawn, 0)
        for kind, fields in PROMOTING.items():
            began = process_time()
            bests = [best_within(promoted(learner, fields, seed=seed, steps=third), inf) for seed in seeds]
            show(f"  {kind}, a third of that", bests, drawn, process_time() - began)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--problems", nargs="*", choices=tuple(PROBLEMS), default=tuple(PROBLEMS))
    parser.add_argument("--learners", nargs="*", choices=tuple(LEARNERS), default=tuple(LEARNERS))
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--only", choices=("searches", "hyperband"))
    given = parser.parse_args()
    warnings.simplefilter("ignore")  # a network that diverges says so at each step
    if given.only != "hyperband":
        show_searches(range(given.seeds), given.problems)
    if given.only != "searches":
        show_promoting(range(given.seeds), given.learners, is_whole=given.whole)


if __name__ == "__main__":
    main()
