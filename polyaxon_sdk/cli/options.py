"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click

from polyaxon_sdk.cli.completing import complete_modules, complete_params
from polyaxon_sdk.cli.inputs import GIVEN, Given
from polyaxon_sdk.cli.params import words_of
from polyaxon_sdk.exceptions import InputError

__all__ = [
    "UID_SPELLINGS",
    "Source",
    "label_options",
    "listing_options",
    "output_option",
    "project_option",
    "query_option",
    "read_refs",
    "read_tags",
    "refs_option",
    "refuse_empty",
    "source_options",
    "uid_option",
    "uids_option",
]

F = TypeVar("F", bound=Callable[..., object])
R = TypeVar("R")
T = TypeVar("T")


def refuse_empty(_context: click.Context, _option: click.Parameter, value: T) -> T:
    """What an option was given; an empty text, as of a shell variable that isn't set, means nothing and not all.

    Raises:
        click.BadParameter: it is empty.
    """
    words = value if isinstance(value, tuple) else (value,)
    if any(isinstance(word, str) and not word.strip() for word in words):
        raise click.BadParameter("an empty text names nothing: leave the option out, or say which")
    return value


def _only_one(context: click.Context, option: click.Parameter, value: tuple[str, ...]) -> str | None:
    """The one run; the option takes several so that none of them is passed over.

    Raises:
        click.BadParameter: it is empty, or there are several.
    """
    refuse_empty(context, option, value)
    if len(value) > 1:
        raise click.BadParameter("one run is meant: give it once")
    return value[0] if value else None


project_option = click.option(
    "-p",
    "--project",
    metavar="PROJECT",
    callback=refuse_empty,
    help="The project: name, of any owner, or owner/name.",
)

query_option = click.option(
    "-q",
    "--query",
    metavar="QUERY",
    callback=refuse_empty,
    help="Which runs, such as `status:succeeded, metrics.loss:<0.1`.",
)

UID_SPELLINGS = ("-uid", "-uuid", "--uid", "--uuid", "-id", "--id")
"""The names that the run's uuid goes by."""

uid_option = click.option(
    *UID_SPELLINGS,
    "uid",
    multiple=True,
    metavar="UUID",
    callback=_only_one,
    help="The run, by its name, its uuid or the first digits of it; by default the last run.",
)

uids_option = click.option(
    *UID_SPELLINGS,
    "uids",
    multiple=True,
    metavar="UUID",
    callback=refuse_empty,
    help="A run; may be given several times.",
)

output_option = click.option(
    "-o", "--output", type=click.Choice(["json"]), help="Print for programs instead of for people."
)


refs_option = click.option(
    "--ref", "refs", multiple=True, metavar="NAME=PATH", help="A file that stands for the reference NAME."
)


class Source(NamedTuple):
    """What to run, as it was named; by default the folder's own Polyaxonfile."""

    files: tuple[str, ...] = ()
    module: str | None = None
    url: str | None = None
    hub: str | None = None
    presets: tuple[str, ...] = ()
    git_preset: bool = False
    git_revision: str | None = None
    loaded: object = None

    @property
    def is_named(self) -> bool:
        """Whether it is named at all."""
        return bool(self.files or self.module or self.url or self.hub)

    def checked(self) -> Source:
        """The same.

        Raises:
            click.UsageError: it is named in two ways.
        """
        ways = {"-f": self.files, "-pm": self.module, "--url": self.url, "--hub": self.hub}
        given = [flag for flag, value in ways.items() if value]
        if len(given) > 1:
            raise click.UsageError(f"{' and '.join(given)} each name what to run: give one of them")
        if self.git_revision and not self.git_preset:
            raise click.UsageError("--git-revision goes with --git-preset")
        return self


def source_options(command: Callable[..., R]) -> Callable[..., R]:
    """What to run, given to the command as `source`, and its params."""

    @wraps(command)
    def gathered(*, presets: tuple[str, ...], **given: Any) -> R:  # click gives what the options declare
        words = {field: given.pop(field) for field in Source._fields if field not in {"presets", "loaded"}}
        names = tuple(name for word in presets for name in read_tags(word))
        found: Given | None = click.get_current_context().meta.get(GIVEN)
        source = Source(**words, presets=names, loaded=found and found.loaded)
        given["params"] = words_of(given["params"], found)
        return command(source=source.checked(), **given)

    for option in reversed(_SOURCE_OPTIONS):
        gathered = option(gathered)
    return gathered


_SOURCE_OPTIONS = (
    click.option(
        "-f",
        "--file",
        "files",
        multiple=True,
        metavar="FILE",
        help="A Polyaxonfile; each further one is laid over it. By default the folder's own.",
    ),
    click.option(
        "-pm",
        "--python-module",
        "module",
        metavar="FILE.py[:NAME]",
        shell_complete=complete_modules,
        help="A decorated function; NAME is `main` by default.",
    ),
    click.option("--url", metavar="URL", help="A Polyaxonfile at a URL: http, https, s3 and the like."),
    click.option(
        "--hub", metavar="NAME[:TAG]", help="A component of a hub; `polyaxon config set --hub` adds hubs."
    ),
    click.option(
        "--presets",
        "--profile",
        multiple=True,
        metavar="A,B",
        help="Presets to lay over it, after those that it names.",
    ),
    click.option("--git-preset", is_flag=True, help="Clone this folder's repository before it starts."),
    click.option(
        "--git-revision", metavar="REVISION", help="What is checked out; by default the commit here."
    ),
    click.option(
        "-P",
        "--param",
        "params",
        multiple=True,
        metavar="NAME=VALUE",
        help="A value for an input; @FILE takes those of a file.",
        shell_complete=complete_params,
    ),
)


def listing_options(which: str) -> Callable[[F], F]:
    """`-q`, `-s`, `-l` and `-off` of a list that is short: all of it by default.

    Args:
        which: the help of `-q`.
    """

    def added(command: F) -> F:
        for option in (
            click.option("-off", "--offset", type=click.IntRange(0), help="How many to pass over."),
            click.option("-l", "--limit", type=click.IntRange(1), help="How many at most."),
            click.option("-s", "--sort", metavar="A,-B", help="Fields to sort by; - goes down."),
            click.option("-q", "--query", metavar="QUERY", callback=refuse_empty, help=which),
        ):
            command = option(command)
        return command

    return added


def label_options(command: F) -> F:
    """What the run is called."""
    for option in (
        click.option("--tags", metavar="A,B", help="Tags to add."),
        click.option("--description", metavar="TEXT", help="A description of the run."),
        click.option("-n", "--name", metavar="NAME", help="A name for the run."),
        project_option,
    ):
        command = option(command)
    return command


def read_refs(words: Sequence[str]) -> dict[str, Path]:
    """The files that `--ref name=path` words give; a name may have `=` in it, a path may not.

    Raises:
        InputError: a word without `=`.
    """
    refs: dict[str, Path] = {}
    for word in words:
        name, equals, path = word.rpartition("=")
        if not equals or not name or not path:
            raise InputError(f"{word!r} names no file", where="--ref", expected="NAME=PATH")
        refs[name] = Path(path)
    return refs


def read_tags(text: str | None) -> tuple[str, ...]:
    """The tags that `--tags a,b` gives."""
    return tuple(tag.strip() for tag in (text or "").split(",") if tag.strip())
