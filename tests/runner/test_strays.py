"""What is taken for a stray, and what is not."""

import os
import subprocess
from collections.abc import Iterator

import pytest

from polyaxon_sdk.runner.strays import end_strays

UUID = "5" * 32
MANAGED = {"POLYAXON_RUN_UUID": UUID, "POLYAXON_IS_MANAGED": "true"}


def sleeping(**variables: str) -> Iterator["subprocess.Popen[bytes]"]:
    with subprocess.Popen(
        ["sleep", "600"], env={**os.environ, **variables}, start_new_session=True
    ) as process:
        yield process
        process.kill()


@pytest.fixture
def stray() -> Iterator["subprocess.Popen[bytes]"]:
    """A process of a run, in a session of its own."""
    yield from sleeping(**MANAGED)


@pytest.fixture
def stranger() -> Iterator["subprocess.Popen[bytes]"]:
    """A process that a person attached to the run."""
    yield from sleeping(POLYAXON_RUN_UUID=UUID)


def test_a_daemon_is_known_by_its_variables(stray: "subprocess.Popen[bytes]") -> None:
    assert end_strays(UUID) == 1
    assert stray.wait(60) == -15


def test_what_a_person_attached_is_left(stranger: "subprocess.Popen[bytes]") -> None:
    assert end_strays(UUID) == 0
    assert stranger.poll() is None


def test_a_process_of_its_session_is_known_where_others_of_the_run_go_on(
    stray: "subprocess.Popen[bytes]", stranger: "subprocess.Popen[bytes]"
) -> None:
    assert end_strays(session=stranger.pid) == 1
    assert (stranger.wait(60), stray.poll()) == (-15, None)


def test_nobody_is_one_where_nothing_tells(stray: "subprocess.Popen[bytes]") -> None:
    assert end_strays() == 0
    assert stray.poll() is None
