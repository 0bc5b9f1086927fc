"""How a process ended whose parent was killed."""

import os
import select
import subprocess

import pytest

from polyaxon_sdk.runs.orphan import find_exit, is_awaited

pytestmark = pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="of Linux")


@pytest.mark.parametrize(("script", "number"), [("exit 0", 0), ("exit 7", 7), ("kill -9 $$", -9)])
def test_of_a_child_of_this_process_it_is_told_at_once(script: str, number: int) -> None:
    child = os.posix_spawn("/bin/sh", ["sh", "-c", script], {})
    pidfd = os.pidfd_open(child)
    select.select([pidfd], [], [], 60.0)
    assert (is_awaited(pidfd), find_exit(pidfd), is_awaited(pidfd)) == (True, number, False)
    os.close(pidfd)


def test_of_one_that_goes_on_nothing_is_told() -> None:
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE) as child:
        pidfd = os.pidfd_open(child.pid)
        assert (is_awaited(pidfd), find_exit(pidfd)) == (True, None)
        os.close(pidfd)
