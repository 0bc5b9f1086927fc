"""`polyaxon connections`: stores and services by name."""

from __future__ import annotations

import click

from polyaxon_sdk.cli.answering import answer
from polyaxon_sdk.cli.waiting import waiting_for
from polyaxon_sdk.exceptions import InputError, PolyaxonError
from polyaxon_sdk.polyflow import (
    V1BucketConnection,
    V1ClaimConnection,
    V1Connection,
    V1GitConnection,
    V1HostConnection,
    V1HostPathConnection,
)
from polyaxon_sdk.settings import Settings, load
from polyaxon_sdk.storage.connections import connection
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
    answer(connections=[])
    if not known:
        click.echo("no connections are configured")
        return
    told = [(each.name, str(each.kind), _place(each), each.description) for each in known]
    answer(
        connections=[dict(zip(("name", "kind", "place", "description"), each, strict=True)) for each in told]
    )
    rows = [[name, kind, place, description or "-"] for name, kind, place, description in told]
    print_table(["NAME", "KIND", "PLACE", "DESCRIPTION"], rows)


@connections.command()
@click.argument("name")
def check(name: str) -> int:
    """Put, get, list and delete an object of the store NAME, or of the one at a URL; say what is wrong.

    Of one that is read only the objects are listed; a git repository is asked for its branches.
    """
    settings = load()
    known = read_connections(settings)
    place = name if "/" in name or ":" in name else connection(name, known)
    try:
        if isinstance(place, V1Connection) and isinstance(place.schema, V1GitConnection):
            works = _check_repository(place, place.schema, settings)
        else:
            with waiting_for(name):
                works = _check_store(place, settings)
    except PolyaxonError as error:
        if isinstance(error, InputError):
            raise
        answer(name=name, works=False, error=str(error))
        click.echo(f"{name}: {error}", err=True)
        return 1
    answer(name=name, works=True)
    click.echo(f"{name}: {works}")
    return 0


def _check_store(place: str | V1Connection, settings: Settings) -> str:
    from polyaxon_sdk.storage import checking  # asyncio costs 27 ms, which `ls` needn't pay
    from polyaxon_sdk.storage.known_store import KnownStore  # likewise
    from polyaxon_sdk.storage.store import open_store  # likewise

    KnownStore(settings.home, open_store(place)).expect()
    if getattr(getattr(place, "schema", None), "read_only", None):
        checking.check_listing(place)
        return "it is listed; nothing is written, since it is read only"
    checking.check_store(place)
    return "put, get, list and delete work"


def _check_repository(place: V1Connection, schema: V1GitConnection, settings: Settings) -> str:
    from polyaxon_sdk.runner.inits.git import check_repository  # subprocess, which stores needn't pay
    from polyaxon_sdk.runner.inits.repository import access_of  # likewise

    if not schema.url:
        return "it names no repository: init steps say which"
    check_repository(schema.url, access_of(place, settings.git_mirrors))
    return "its branches are listed"


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
