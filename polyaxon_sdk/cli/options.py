"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias, TypeVar

import click

from polyaxon_sdk.cli.completing import complete_modules, complete_params
from polyaxon_sdk.cli.inputs import GIVEN, Given
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow.templates import is_template, verbatim

__all__ = [
    "UID_SPELLINGS",
    "Source",
    "Typed",
    "Word",
    "label_options",
    "listing_options",
    "output_option",
    "project_option",
    "query_option",
    "read_params",
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


class Typed(NamedTuple):
    """What an option of an input was given.

    Attributes:
        option: as it was typed.
        name: the input.
        value: as JSON holds it; braces in it are no template.
    """

    option: str
    name: str
    value: object


Word: TypeAlias = str | Typed
"""`NAME=VALUE` of `-P`, or what an option of an input was given."""


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
        given["params"] = _words(given["params"], found)
        return command(source=source.checked(), **given)

    for option in reversed(_SOURCE_OPTIONS):
        gathered = option(gathered)
    return gathered


def _words(typed: tuple[str, ...], found: Given | None) -> tuple[Word, ...]:
    """The params of `-P`, and those given as options of their own; what is searched isn't among them."""
    if found is None:
        return typed
    own = found.params(without=tuple(found.spaces))
    wholes = _wholes(typed, found)
    whole = [_read(word, found) for word in typed if _root(word) not in wholes]
    return (*whole, *(Typed("-P", *each) for each in wholes.items()), *(Typed(*each) for each in own))


def _wholes(typed: Sequence[str], found: Given) -> dict[str, object]:
    """The values of inputs of which words name parts, as `-P layer.size=3`, laid over the rest of what is given."""
    parts = {flag.key for flag in found.flags if len(flag.path) > 1}
    roots = {_root(word) for word in typed if word.partition("=")[0].strip() in parts}
    if not roots:
        return {}
    # yaml and annotations, for those who name a part.
    from polyaxon_sdk.authoring.command_line.params import read_params
    from polyaxon_sdk.authoring.command_line.values import values_of

    flags = [*found.flags, *found.hidden]
    words = [word for word in typed if word.startswith("@") or _root(word) in roots]
    texts, values = read_params(words, flags)
    values = {name: value for name, value in values.items() if name in roots}
    return values_of(texts, flags, values)


def _root(word: str) -> str:
    """The input that a word gives a value, or a part of one."""
    return word.partition("=")[0].partition(".")[0].strip()


def _read(word: str, found: Given) -> Word:
    """A word of `-P` to a function, checked: what its own command line makes of it."""
    # yaml and annotations, for those who name a function.
    from polyaxon_sdk.authoring.command_line.params import read_params
    from polyaxon_sdk.authoring.command_line.values import check_parts, values_of
    from polyaxon_sdk.polyaxonfile.words import read_flow

    flags = [*found.flags, *found.hidden]
    if word.startswith("@"):
        check_parts(read_params([word], flags).values, flags, where=f"-P {word}")
        return word
    name, equals, text = word.partition("=")
    name = name.strip()
    if not equals or is_template(text):
        return word
    if text.startswith("@") and any(flag.key == name for flag in flags):
        return Typed("-P", name, values_of({name: text}, flags, where=f"-P {name}")[name])
    if text[:1] in ("[", "{"):
        check_parts({name: read_flow(text)}, flags, where=f"-P {name}")
    if any(flag.key == name and flag.io.type == "any" and not flag.io.is_list for flag in flags):
        return Typed("-P", name, values_of({name: text}, flags, where=f"-P {name}")[name])
    return word


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


def read_params(words: Sequence[Word]) -> dict[str, object]:
    """The values that `-P name=value` words and options of inputs give; of the latter braces stay braces.

    `-P @FILE` gives those of a file of YAML, where no other word does.

    Raises:
        InputError: a word without `=`, or a name given twice.

    >>> read_params(["epochs=3", "note=a=b"])
    {'epochs': '3', 'note': 'a=b'}
    """
    params: dict[str, object] = {}
    filed: dict[str, object] = {}
    for word in words:
        if isinstance(word, str) and word.startswith("@"):
            # yaml and the classes of the specification, for those who keep values in files.
            from polyaxon_sdk.authoring.command_line.params import mapping_in

            filed |= mapping_in(word[1:])
            continue
        option, name, value = word if isinstance(word, Typed) else _split(word)
        if name in params:
            raise InputError(f"{name!r} is given twice", where=option, expected="one value for each input")
        params[name] = verbatim(value) if isinstance(word, Typed) else value
    return {**filed, **params}


def _split(word: str) -> Typed:
    name, equals, value = word.partition("=")
    if not equals or not name.strip():
        raise InputError(f"{word!r} gives no value", where="-P", expected="NAME=VALUE")
    return Typed("-P", name.strip(), value)


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
