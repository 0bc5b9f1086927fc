"""`polyaxon agent`."""

from __future__ import annotations

from time import sleep, strftime, time

import click

from polyaxon_sdk.exceptions import printable
from polyaxon_sdk.runner.agent.agent import Agent, alone
from polyaxon_sdk.runner.stopping import StopRequests
from polyaxon_sdk.settings import load

__all__ = ["agent"]

_LOOK = 0.5
"""Seconds between two looks at the clock: a machine that was suspended, or whose clock changed, is seen at once."""


@click.command()
def agent() -> None:
    """Start the runs of schedules when they are due; go on with pipelines whose process was killed."""
    settings = load()
    with alone(settings.home), StopRequests() as requests:
        _tell(f"keeps the schedules of {settings.home}; Ctrl-C ends it, the runs go on")
        keeper = Agent(settings, clock=time, tell=_tell)
        while not requests.received:
            keeper.look()
            sleep(_LOOK)


def _tell(line: str) -> None:
    click.echo(f"{strftime('%Y-%m-%d %H:%M:%S')}  {printable(line)}")
