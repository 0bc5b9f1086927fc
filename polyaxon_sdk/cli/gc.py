"""`polyaxon gc`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import time, time_ns
from typing import TYPE_CHECKING, TypeAlias

import click

from polyaxon_sdk.cli.answering import answer
from polyaxon_sdk.client.cleaning import Waste, clean, waste_in
from polyaxon_sdk.exceptions import InputError, PolyaxonError
from polyaxon_sdk.settings import load

if TYPE_CHECKING:
    from polyaxon_sdk.client.sweeping import StoreWaste

__all__ = ["gc"]


@click.command()
@click.option("--no-caches", is_flag=True, help="Leave what can be made anew.")
@click.option("--all-caches", is_flag=True, help="What can be made anew of other homes too.")
@click.option(
    "--store",
    is_flag=False,
    flag_value="",
    metavar="URL",
    help="Clean a store instead, where nobody ships to now; without URL the configured one.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would go, and how many bytes.")
@click.option("-y", "--yes", is_flag=True, help="Clean without asking.")
def gc(*, no_caches: bool, all_caches: bool, store: str | None, dry_run: bool, yes: bool) -> None:
    """Take away what nobody misses, after saying what."""
    if no_caches and all_caches:
        raise click.UsageError("--no-caches and --all-caches contradict each other")
    found = _of_home(caches=not no_caches, everyones=all_caches) if store is None else _of_store(store)
    waste, clean = found
    answer(bytes=sum(each.size for each in waste), freed=0)
    if not waste:
        click.echo("nothing to clean")
        return
    _show(waste)
    if dry_run:
        return
    if not yes and not click.confirm("Take it away?", err=True):
        raise PolyaxonError("nothing is taken away")
    freed = clean()
    answer(freed=freed)
    click.echo(f"freed {_bytes(freed)}")


Found: TypeAlias = "tuple[Sequence[Waste | StoreWaste], Callable[[], int]]"
"""What can go, and what takes it away and answers how many bytes that freed."""


def _of_home(*, caches: bool, everyones: bool) -> Found:
    waste = waste_in(load(), time(), caches=caches, everyones=everyones)
    return waste, lambda: clean(waste)


def _of_store(named: str) -> Found:
    url = named or load().artifacts_store
    if url is None:
        raise InputError(
            "no store is configured", path="--store", expected="a URL, or the setting artifacts_store"
        )
    from polyaxon_sdk.client.sweeping import store_waste, sweep_store  # stores, which cost 40 ms

    waste = store_waste(url, time_ns())
    return waste, lambda: sweep_store(url, waste)


def _show(waste: Sequence[Waste | StoreWaste]) -> None:
    for each in waste:
        place = each.path if isinstance(each, Waste) else each.key
        click.echo(f"{each.kind}  {place}  {_bytes(each.size)}  {each.why}")
    click.echo(f"{_bytes(sum(each.size for each in waste))} in all")


def _bytes(size: int) -> str:
    from rich.filesize import decimal  # rich costs 40 ms, which nothing to clean needn't wait for

    return decimal(size)
