"""What is sent of files that grow."""

from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.sidecar.budget import Budget
from polyaxon_sdk.sidecar.tree import RunFile
from polyaxon_sdk.storage.manifest import Shipped


def grown(name: str, size: int) -> RunFile:
    return RunFile(name, f"/run/{name}", size, 0, "series")


def stored(**sizes: int) -> dict[str, Shipped]:
    return {name: Shipped(size, 0, "") for name, size in sizes.items()}


def names(files: list[RunFile]) -> list[str]:
    return [file.name for file in files]


def test_each_file_is_sent_once_at_least() -> None:
    budget = Budget(None, is_spent=False)
    assert names(budget.affordable([grown("a", 10), grown("b", 20)], {}, total=30)) == ["a", "b"]


def test_what_grew_the_most_goes_first_as_far_as_the_budget_reaches() -> None:
    budget = Budget(None, is_spent=False)
    budget.sent(30)
    due = [grown("a", 20), grown("b", 40)]
    assert names(budget.affordable(due, stored(a=10, b=10), total=70)) == ["b"]


def test_what_can_be_appended_costs_what_was_added() -> None:
    budget = Budget(100, is_spent=False)
    budget.sent(100)
    assert names(budget.affordable([grown("a", 130)], stored(a=100), total=130)) == ["a"]


def test_a_shipper_that_follows_another_begins_with_nothing_to_spend() -> None:
    budget = Budget(None, is_spent=True)
    assert budget.affordable([grown("a", 130)], stored(a=100), total=130) == []


def test_it_sends_what_nobody_sent_before() -> None:
    budget = Budget(None, is_spent=True)
    due = [grown("a", 130), grown("b", 50)]
    assert names(budget.affordable(due, stored(a=100), total=180)) == ["b"]


def test_what_does_not_only_grow_costs_nothing_of_it() -> None:
    budget = Budget(None, is_spent=True)
    view = RunFile("run.plx.json", "/run/run.plx.json", 50, 0, "view")
    assert budget.affordable([view], {}, total=0) == [view]


@given(steps=st.lists(st.lists(st.integers(0, 5_000), min_size=3, max_size=3), min_size=1, max_size=100))
def test_twice_the_final_size_is_enough_with_what_the_end_sends(steps: list[list[int]]) -> None:
    budget, sizes, have, spent = Budget(None, is_spent=False), [0, 0, 0], dict[str, Shipped](), 0
    for step in steps:
        sizes = [size + more for size, more in zip(sizes, step, strict=True)]
        files = [grown(str(number), size) for number, size in enumerate(sizes)]
        for file in budget.affordable(files, have, total=sum(sizes)):
            budget.sent(file.size)
            spent, have[file.name] = spent + file.size, Shipped(file.size, 0, "")
    assert spent + sum(sizes) <= 2 * sum(sizes)
