"""`polyaxon gc`."""

from __future__ import annotations

from time import time

import click

from polyaxon_sdk.client.cleaning import Waste, clean, waste_in
from polyaxon_sdk.exceptions import PolyaxonError
from polyaxon_sdk.settings import load

__all__ = ["gc"]


@click.command()
@click.option("--no-caches", is_flag=True, help="Leave what can be made anew.")
@click.option("--dry-run", is_flag=True, help="Only say what would go, and how many bytes.")
@click.option("-y", "--yes", is_flag=True, help="Clean without asking.")
def gc(*, no_caches: bool, dry_run: bool, yes: bool) -> None:
    """Take away what nobody misses, after saying what."""
    waste = waste_in(load(), time(), caches=not no_caches)
    if not waste:
        click.echo("nothing to clean")
        return
    _show(waste)
    if dry_run:
        return
    if not yes and not click.confirm("Take it away?", err=True):
        raise PolyaxonError("nothing is taken away")
    click.echo(f"freed {_bytes(clean(waste))}")


def _show(waste: list[Waste]) -> None:
    for each in waste:
        click.echo(f"{each.kind}  {each.path}  {_bytes(each.size)}  {each.why}")
    click.echo(f"{_bytes(sum(each.size for each in waste))} in all")


def _bytes(size: int) -> str:
    from rich.filesize import decimal  # rich costs 40 ms, which nothing to clean needn't wait for

    return decimal(size)
