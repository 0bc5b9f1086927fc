"""What may go on, and what a person is told where it can't."""

from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.settings import load
from polyaxon_sdk.tracking.parts import Belonging, uuid_of
from polyaxon_sdk.tracking.resuming import Resume, resumption_of

UNKNOWN = "0f5a8b1c2d3e4f5061728394a5b6c7d8"


def ask(uuid: str | None, resume: Resume, step: int | None = None) -> tuple[bool, int | None]:
    """Whether the run is to go on, and from which step on."""
    asked = resumption_of(load(), Belonging(uuid, "leader"), resume, step)
    return asked.is_wanted, asked.step


@pytest.mark.parametrize(("resume", "step"), [(True, None), ("must", None), (False, 3), (True, 3)])
def test_a_run_that_is_not_there_does_not_go_on(home: Path, resume: Resume, step: int | None) -> None:
    with pytest.raises(
        InputError, match=f"run_uuid: there is no run {UNKNOWN}, expected one in .*, or resume='allow'"
    ):
        ask(UNKNOWN, resume, step)
    assert not home.exists()


@pytest.mark.parametrize("resume", [True, "must", "allow"])
def test_one_that_is_there_does(folder: RunFolder, resume: Resume) -> None:
    assert ask(folder.uuid, resume, 3) == (True, 3)


def test_one_that_is_not_there_may_be_allowed(home: Path) -> None:
    assert ask(UNKNOWN, "allow", 3) == (True, 3)
    assert ask(None, "allow") == (True, None)


def test_where_nothing_is_to_go_on_nothing_has_to_be_there(home: Path) -> None:
    assert ask(UNKNOWN, False) == (False, None)


def test_the_run_that_is_nearest_is_named(folder: RunFolder) -> None:
    slip = f"{folder.uuid[:-1]}{'0' if folder.uuid[-1] != '0' else '1'}"
    with pytest.raises(InputError, match=f", did you mean '{folder.uuid}'?"):
        ask(slip, True)


def test_the_first_attempt_of_what_a_scheduler_names_begins(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLYAXON_RUN_UUID", UNKNOWN)
    assert ask(UNKNOWN, True, 3) == (True, 3)
    with pytest.raises(InputError, match="there is no run"):
        ask(UNKNOWN, "must")


def test_no_run_at_all_does_not_go_on(home: Path) -> None:
    with pytest.raises(
        InputError, match=r"resume: no run is named to go on with, expected run_uuid or POLYAXON_RUN_UUID"
    ):
        ask(None, True)


def test_another_word_is_refused(home: Path) -> None:
    with pytest.raises(InputError, match=r"resume: 'alow' is none, expected .*, did you mean 'allow'?"):
        ask(new_uuid(), "alow")  # type: ignore[arg-type]  # a person's mistake


def test_where_nothing_is_kept_nothing_has_to_be_there(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setenv("POLYAXON_NO_OP", "true")
    assert ask(UNKNOWN, "must") == (True, None)


@pytest.mark.parametrize("given", [5, 0, False, b"0f", [UNKNOWN], "digits"])
def test_what_is_no_uuid_is_refused(given: str) -> None:
    with pytest.raises(InputError, match=r"run_uuid: .* is no run uuid, expected 32 hexadecimal digits"):
        uuid_of(given)
