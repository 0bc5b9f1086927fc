"""`polyaxon index`."""

from __future__ import annotations

import click

from polyaxon_sdk.cli.answering import answer
from polyaxon_sdk.exceptions import PolyaxonError, counted
from polyaxon_sdk.settings import load

__all__ = ["index"]


@click.group()
def index() -> None:
    """The list of runs that is derived from them."""


@index.command()
def rebuild() -> None:
    """Forget the list of runs, and make it again from the runs themselves."""
    settings = load()
    if not settings.runs.is_dir():
        raise PolyaxonError(f"no runs in {settings.home}")
    # SQLAlchemy takes 0.2 s to import, which --help needn't wait for.
    from polyaxon_sdk.index.question import Question
    from polyaxon_sdk.index.store import Index

    with Index(settings.home, settings.cache, settings.index_url) as opened:
        opened.rebuild()
        total = opened.list(Question(limit=1)).total
        answer(runs=total)
        click.echo(f"{counted(total, 'run')} in the index")
