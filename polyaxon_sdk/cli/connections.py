"""`polyaxon connections`: stores and services by name."""

from __future__ import annotations

import click

from polyaxon_sdk.exceptions import StoreError
from polyaxon_sdk.polyflow import (
    V1BucketConnection,
    V1ClaimConnection,
    V1Connection,
    V1GitConnection,
    V1HostConnection,
    V1HostPathConnection,
)
from polyaxon_sdk.settings import load
from polyaxon_sdk.storage.connections import connection, store_url
from polyaxon_sdk.storage.connections import connections as read_connections

__all__ = ["connections"]


@click.group()
def connections() -> None:
    """List and try the stores and services that are configured by name."""


@connections.command("ls")
def list_() -> None:
    """List each connection, with its kind and its place."""
    from polyaxon_sdk.cli.show import print_table  # rich costs 40 ms, which `check` needn't pay

    known = read_connections(load())
    if not known:
        click.echo("no connections are configured")
        return
    rows = [[each.name, str(each.kind), _place(each), each.description or "-"] for each in known]
    print_table(["NAME", "KIND", "PLACE", "DESCRIPTION"], rows)


@connections.command()
@click.argument("name")
def check(name: str) -> int:
    """Put, get, list and delete an object of the store NAME, or of the one at a URL; say what is wrong."""
    from polyaxon_sdk.storage.checking import check_store  # asyncio costs 27 ms, which `ls` needn't pay

    known = read_connections(load())
    place = name if "/" in name or ":" in name else connection(name, known)
    url = store_url(place, known)
    try:
        check_store(url)
    except StoreError as error:
        click.echo(f"{name}: {error}", err=True)
        return 1
    click.echo(f"{name}: put, get, list and delete work")
    return 0


def _place(found: V1Connection) -> str:
    """Where it is, of what is no secret."""
    schema = found.schema
    if isinstance(schema, V1BucketConnection):
        return schema.bucket
    if isinstance(schema, V1ClaimConnection):
        return f"{schema.volume_claim} at {schema.mount_path}"
    if isinstance(schema, V1HostPathConnection):
        return schema.host_path
    if isinstance(schema, (V1GitConnection, V1HostConnection)):
        return schema.url or "-"
    return "-"
