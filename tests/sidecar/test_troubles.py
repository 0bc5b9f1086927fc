import pytest

from polyaxon_sdk.sidecar.troubles import Troubles


def test_a_line_is_told_once() -> None:
    troubles = Troubles()
    assert [troubles.new(["a", "b", "a"]), troubles.new(["b", "c"])] == [("a", "b"), ("c",)]


def test_a_failure_of_the_store_is_told_until_its_reason_changes() -> None:
    troubles = Troubles()
    lines = ["store /s: a: full", "store /s: b: full", "store /s: b: read-only", "store /s: b: full"]
    assert [bool(troubles.store_failed(line, 0)) for line in lines] == [True, False, True, True]


def test_a_failure_is_told_again_after_the_store_worked() -> None:
    troubles = Troubles()
    troubles.store_failed("store /s: a: full", 0)
    troubles.store_works()
    assert troubles.store_failed("store /s: a: full", 0) == ("store /s: a: full",)


@pytest.mark.parametrize(("failures", "pause"), [(1, 10), (2, 20), (4, 80), (20, 300)])
def test_a_store_that_fails_is_left_alone_longer_each_time(failures: int, pause: float) -> None:
    troubles = Troubles()
    for _ in range(failures):
        troubles.store_failed("store /s: a: full", 0)
    assert [troubles.is_pausing(now) for now in (pause - 1, pause)] == [True, False]


def test_a_store_that_works_is_not_left_alone() -> None:
    troubles = Troubles()
    troubles.store_failed("store /s: a: full", 0)
    troubles.store_works()
    assert not troubles.is_pausing(1)


def test_a_clock_that_jumps_back_ends_the_pause() -> None:
    troubles = Troubles()
    troubles.store_failed("store /s: a: full", 1_000_000)
    assert not troubles.is_pausing(500)


def test_what_was_told_is_over_once_all_is_there() -> None:
    troubles = Troubles()
    troubles.new(["outputs/a: Permission denied", "outputs/b: a link"])
    troubles.store_failed("store /s: a: full", 0)
    over = troubles.over({"outputs/b: a link"})
    assert over == ("store /s: a: full", "outputs/a: Permission denied")
    assert troubles.over() == ("outputs/b: a link",)


def test_what_the_record_tells_is_not_told_again_and_over_in_the_end() -> None:
    troubles = Troubles()
    troubles.recall(["store /s: a: full", "outputs/b: a link"])
    assert troubles.new(["outputs/b: a link"]) == ()
    assert troubles.over() == ("store /s: a: full", "outputs/b: a link")


def test_a_failure_that_the_record_tells_of_is_told_again_in_the_same_words() -> None:
    troubles = Troubles()
    troubles.recall(["store /s: a: full"])
    told = [troubles.store_failed("store /s: c: full", 0) for _ in range(2)]
    assert (told, troubles.over()) == ([("store /s: a: full",), ()], ("store /s: a: full",))


def test_a_store_that_takes_something_ends_its_own_troubles_alone() -> None:
    troubles = Troubles()
    troubles.new(["outputs/a: Permission denied"])
    troubles.store_failed("store /s: a: full", 0)
    assert (troubles.store_works(), troubles.store_works()) == (("store /s: a: full",), ())
