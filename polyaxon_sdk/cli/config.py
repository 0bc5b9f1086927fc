"""`polyaxon config`."""

from __future__ import annotations

from collections.abc import Iterator

import click

from polyaxon_sdk.cli.answering import answer
from polyaxon_sdk.cli.documents import print_json
from polyaxon_sdk.cli.options import output_option
from polyaxon_sdk.exceptions import InputError, did_you_mean, printable
from polyaxon_sdk.setting import KNOWN
from polyaxon_sdk.settings import Settings, load, write

__all__ = ["config"]


@click.group()
def config() -> None:
    """Show and change settings."""


@config.command()
@output_option
def show(output: str | None) -> None:
    """Show each setting, its value and where that comes from."""
    settings = load()
    if output == "json":
        found = {name: {"value": settings.texts[name], "source": settings.sources[name]} for name in KNOWN}
        print_json(found)
        return
    # Nothing is cut: a URL or a path is to be copied from here.
    rows = [
        ("SETTING", "FROM", "VALUE"),
        *((name, settings.sources[name], settings.texts[name]) for name in KNOWN),
    ]
    names, places = (max(len(row[column]) for row in rows) for column in (0, 1))
    for name, place, value in rows:
        click.echo(printable(f"{name:{names}}  {place:{places}}  {value or '-'}"))
    for line in _mistakes(settings):
        click.echo(f"Warning: {printable(line)}", err=True)


def _mistakes(settings: Settings) -> Iterator[str]:
    """A line on each value that can't be read, which a command may not meet for long."""
    from polyaxon_sdk.cli.setting_forms import check_setting  # the runner, which `get` and --help don't need

    for name in KNOWN:
        try:
            check_setting(name, settings.texts[name], settings.sources[name])
        except InputError as error:
            yield str(error)


@config.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
def get(names: tuple[str, ...]) -> None:
    """Print the value of each named setting."""
    settings = load()
    for word in names:
        name = word.replace("-", "_")
        if name not in KNOWN:
            raise InputError(f"unknown setting {word!r}", hint=did_you_mean(name, KNOWN))
        answer(**{name: settings.texts[name]})
        click.echo(settings.texts[name])


@config.command("set")
@click.pass_context
def set_(context: click.Context, /, **values: str | None) -> None:
    """Set what is given, in the home's config.yaml; an empty value takes a setting out."""
    given = {name: value for name, value in values.items() if value is not None}
    if not given:
        raise click.UsageError("nothing to set; --help lists the settings", context)
    from polyaxon_sdk.cli.setting_forms import check_setting  # see above

    for name, value in given.items():
        check_setting(name, value, "config set")
        if value and name in {"artifacts_store", "read_store"}:
            # asyncio costs 27 ms, which other settings needn't pay.
            from polyaxon_sdk.storage.store import open_store

            open_store(value)
    for name, value in given.items():
        file = write(name, value)
        answer(**{name: value})
        click.echo(f"{name} = {value or '(its default)'} in {file}")


for _setting in KNOWN.values():
    if _setting.saved:
        _flag = f"--{_setting.name.replace('_', '-')}"
        set_.params.append(click.Option([_flag, _setting.name], metavar="VALUE", help=_setting.meaning))
