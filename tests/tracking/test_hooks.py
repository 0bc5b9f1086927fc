import pytest

from polyaxon_sdk.tracking.hooks import SUCCEEDED, Ending, ending_of


@pytest.mark.parametrize(
    ("error", "ending"),
    [
        (ValueError("no digits"), Ending("failed", "ExitHandler", "ValueError: no digits")),
        (KeyboardInterrupt(), Ending("stopped", "Interrupted", "KeyboardInterrupt")),
        (SystemExit(), SUCCEEDED),
        (SystemExit(0), SUCCEEDED),
        (SystemExit(2), Ending("failed", "ExitHandler", "exit code 2")),
        (SystemExit("no data"), Ending("failed", "ExitHandler", "exit: no data")),
    ],
    ids=repr,
)
def test_what_nobody_caught_says_how_the_process_ended(error: BaseException, ending: Ending) -> None:
    assert ending_of(error) == ending
