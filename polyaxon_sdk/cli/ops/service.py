"""`polyaxon ops service`."""

from __future__ import annotations

import sys

import click

from polyaxon_sdk.cli.documents import print_json
from polyaxon_sdk.cli.ops.selection import of_a_run
from polyaxon_sdk.cli.options import output_option
from polyaxon_sdk.client.following import wait_for
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.settings import Settings

__all__ = ["service"]


@click.command()
@click.option("--url", "only_url", is_flag=True, help="Print where it is reached, and open nothing.")
@output_option
@of_a_run
def service(*, settings: Settings, folder: RunFolder, only_url: bool, output: str | None) -> None:
    """Print where a service is reached, once it answers, and open it in a browser."""
    del settings  # what it is found by
    urls = _urls(_answering(folder), folder)
    if output == "json":
        print_json({"uuid": folder.uuid, "urls": urls})
        return
    for url in urls:
        click.echo(url)
    if not only_url and sys.stdout.isatty():
        click.launch(urls[0])


def _answering(folder: RunFolder) -> RunState:
    """The run once it runs."""
    state = read_run(folder)
    if state.kind != "service":
        raise InputError(f"run {folder.uuid[:12]} is a {state.kind or 'script'}", expected="a service")
    state = wait_for(folder, ("running",), None)
    if state.is_done:
        raise InputError(f"run {folder.uuid[:12]} is over: it is {state.status}", expected="one that goes on")
    return state


def _urls(state: RunState, folder: RunFolder) -> list[str]:
    found = state.meta.get("urls")
    if not isinstance(found, list) or not found:
        raise InputError(f"run {folder.uuid[:12]} told no address", expected="one that listens at a port")
    return [str(url) for url in found]
