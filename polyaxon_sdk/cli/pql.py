"""`polyaxon pql`."""

from __future__ import annotations

import click

from polyaxon_sdk.cli.answering import prints_json
from polyaxon_sdk.cli.batch import answer_lines, batch_option, shown
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.query.answers import answer_query

__all__ = ["pql"]


@click.command()
@click.argument("query", required=False)
@batch_option
@prints_json
def pql(*, query: str | None, batch: bool) -> None:
    """Check a query for runs, and print what it asks as JSON."""
    if batch:
        answer_lines(answer_query)
        return
    if query is None:
        raise InputError("no query", expected="one such as 'status:failed, metrics.loss:<0.1', or --batch")
    answer = answer_query({"query": query, "scope": "runs"})
    if not answer["valid"]:
        raise InputError(str(answer["error"]))
    click.echo(shown(answer["leaves"]))
