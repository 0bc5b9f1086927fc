"""`polyaxon agent`."""

from __future__ import annotations

from time import sleep, strftime, time

import click

from polyaxon_sdk.cli.batch import shown
from polyaxon_sdk.cli.options import output_option
from polyaxon_sdk.exceptions import printable
from polyaxon_sdk.runner.agent.agent import Agent, alone
from polyaxon_sdk.runner.stopping import StopRequests
from polyaxon_sdk.settings import load

__all__ = ["agent"]

_LOOK = 0.5
"""Seconds between two looks at the clock: a machine that was suspended, or whose clock changed, is seen at once."""


@click.command()
@output_option
def agent(*, output: str | None) -> None:
    """Start the runs of schedules when they are due; go on with pipelines whose process was killed."""
    settings = load()
    tell = _tell if output is None else _tell_program
    with alone(settings.home), StopRequests() as requests:
        tell(f"keeps the schedules of {settings.home}; Ctrl-C ends it, the runs go on")
        keeper = Agent(settings, clock=time, tell=tell, is_stopping=lambda: bool(requests.received))
        while not requests.received:
            keeper.look()
            sleep(_LOOK)


def _tell(line: str) -> None:
    click.echo(f"{strftime('%Y-%m-%d %H:%M:%S')}  {printable(line)}")


def _tell_program(line: str) -> None:
    """A JSON object a line, as it comes."""
    click.echo(shown({"time": time(), "message": line}))
