"""Whether runs are forked, as a command line says it."""

import os

import click
import pytest
from click.testing import CliRunner

from polyaxon_sdk.cli.warm import warm_option


@click.command()
@warm_option
def command() -> None:
    click.echo(os.environ.get("POLYAXON_WARM_STARTS", "as set"))


@pytest.mark.parametrize(
    ("words", "said"), [([], "as set\n"), (["--warm"], "true\n"), (["--no-warm"], "false\n")]
)
def test_a_command_line_goes_before_the_setting_while_it_is_carried_out(words: list[str], said: str) -> None:
    assert CliRunner().invoke(command, words).output == said
    assert "POLYAXON_WARM_STARTS" not in os.environ
