"""Pipelines carried out by processes that are killed at any moment."""

import os
import signal
import subprocess
from random import Random
from time import sleep

from polyaxon_sdk.settings import Settings
from tests.polling import eventually
from tests.runner.pipelines.conftest import started, states


def carried_through(
    settings: Settings, file: str, name: str, *, random: Random, kills: int, most: float
) -> None:
    """Run a file of a pipeline to its end, whose runner is killed so often, within so many seconds each time."""
    runner = started("run", "-f", file)
    eventually(lambda: name in states(settings), timeout=120)
    for _ in range(kills):
        if not _killed_within(runner, random.uniform(0.0, most)):
            break
        sleep(random.uniform(0.0, 0.5))
        runner = started("ops", "resume", "-uid", states(settings)[name].uuid)
    runner.wait(300)


def _killed_within(runner: subprocess.Popen[bytes], seconds: float) -> bool:
    """Whether a runner had to be killed, since it was not over by then."""
    try:
        runner.wait(seconds)
    except subprocess.TimeoutExpired:
        os.kill(runner.pid, signal.SIGKILL)
        runner.wait()
        return True
    return False
