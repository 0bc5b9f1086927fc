"""The root command, and what becomes of errors."""

from __future__ import annotations

import gc
import os
import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper
from itertools import pairwise

import click

from polyaxon_sdk.cli.lazy import Entry, LazyGroup
from polyaxon_sdk.exceptions import InputError, PolyaxonError

__all__ = ["ENTRIES", "app", "run"]

_WRONG = 2
"""The exit code of a command that was typed wrong, or asks for what can't be."""

_FAILED = 1
"""The exit code of a command that failed, such as a run that did."""

_INTERRUPTED = 130

_FOR_PROGRAMS = frozenset({("-o", "json"), ("--output", "json")})
_AS_ONE = frozenset({"-ojson", "--output=json"})

ENTRIES = {
    "run": Entry("polyaxon_sdk.cli.run:run", "Run a component or an operation."),
    "check": Entry("polyaxon_sdk.cli.check:check", "Check a file and its params; nothing is created."),
    "compile": Entry(
        "polyaxon_sdk.cli.compile:compile_", "Print the compiled operation; nothing is created."
    ),
    "pql": Entry("polyaxon_sdk.cli.pql:pql", "Check a query for runs, and print what it asks as JSON."),
    "events": Entry(
        "polyaxon_sdk.cli.events:events", "Print the rows of an event file, a JSON object a line."
    ),
    "schema": Entry(
        "polyaxon_sdk.cli.schema:schema", "Print the JSON Schema of a Polyaxonfile, for editors."
    ),
    "ops": Entry("polyaxon_sdk.cli.ops:ops", "List and look at runs, steer them, and take them away."),
    "artifacts": Entry(
        "polyaxon_sdk.cli.artifacts:artifacts",
        "List, bring, send, verify and take away the files of runs, here and in a store.",
    ),
    "components": Entry("polyaxon_sdk.cli.components:components", "Look at the components of a file."),
    "project": Entry("polyaxon_sdk.cli.project:project", "List projects, and change what is said of them."),
    "models": Entry(
        "polyaxon_sdk.cli.models:models",
        "Versions of models, artifacts and components.",
    ),
    "init": Entry("polyaxon_sdk.cli.init:init", "Make this folder, and those in it, work in a project."),
    "connections": Entry(
        "polyaxon_sdk.cli.connections:connections",
        "List and try the stores and services that are configured by name.",
    ),
    "config": Entry("polyaxon_sdk.cli.config:config", "Show and change settings."),
    "import": Entry(
        "polyaxon_sdk.cli.import_:import_", "Bring runs of another tracker in, and compare them."
    ),
    "index": Entry("polyaxon_sdk.cli.index:index", "The list of runs that is derived from them."),
    "gc": Entry(
        "polyaxon_sdk.cli.gc:gc",
        "Take away what nobody misses, after saying what.",
    ),
    "agent": Entry(
        "polyaxon_sdk.cli.agent:agent",
        "Start the runs of schedules when they are due; go on with pipelines whose process was killed.",
    ),
    "sync": Entry("polyaxon_sdk.cli.sync:sync", "Finish what runs that were cut off have left."),
    "completion": Entry(
        "polyaxon_sdk.cli.completion:completion",
        "Print what a shell has to read to complete commands and options.",
    ),
    "version": Entry("polyaxon_sdk.cli.version:version", "Print the version."),
}


@click.group(cls=LazyGroup, entries=ENTRIES, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-v", "--verbose", is_flag=True, help="Show the traceback of an error.")
def app(verbose: bool) -> None:  # noqa: FBT001  # click gives options by name
    """Run components, and find their runs again."""
    del verbose  # read by `run` below, which also sees errors of parsing


def run() -> None:
    """Carry out this process' command line, and exit.

    A person's mistake takes one line and exit code 2, anything else that fails one line and 1; `-v` adds the
    traceback, and `-o json` the line as an object on stdout.
    """
    warnings.showwarning = _show_warning
    _print_anything()
    code = _FAILED
    try:
        code = _exit_code(app.main(prog_name=_name(), standalone_mode=False))
        if sys.stdout is not None:  # as it is where it was closed before the start
            sys.stdout.flush()
    except click.exceptions.Exit as exit_:
        code = exit_.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = _INTERRUPTED
    except BrokenPipeError:
        pass  # the reader of stdout is gone (`| head`): nothing is left to say
    except click.NoSuchOption as error:
        nearest = [f" Did you mean {word!r}?" for word in (error.possibilities or [])[:1]]
        code = _tell("".join([error.message, *nearest]), error, _WRONG)
    except click.ClickException as error:
        code = _tell(error.format_message().replace("\n\t", " "), error, _WRONG)  # of choices, a line each
    except InputError as error:
        code = _tell(str(error), error, _WRONG, before=getattr(error, "traceback", ""))
    except PolyaxonError as error:
        code = _tell(str(error), error, _FAILED)
    except OSError as error:
        place = f": {error.filename}" if error.filename else ""
        code = _tell(f"{error.strerror or error}{place}", error, _FAILED)
    except Exception as error:  # the process' edge: what we didn't foresee takes one line too
        code = _tell(f"{type(error).__name__}: {error}; `polyaxon -v` shows where", error, _FAILED)
    _forget_unwritten()
    gc.freeze()  # Python would look all modules through for garbage, a fifth of a short command, just before it is gone
    sys.exit(code)


def is_for_programs(words: Sequence[str]) -> bool:
    """Whether a command line asks for JSON, be it right otherwise or not.

    >>> is_for_programs(["ops", "ls", "-o", "json"]), is_for_programs(["ops", "ls"])
    (True, False)
    """
    return any(pair in _FOR_PROGRAMS for pair in pairwise(words)) or any(word in _AS_ONE for word in words)


def _forget_unwritten() -> None:
    """Keep Python from trying at exit, and complaining, what was tried in vain and told before."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _print_anything() -> None:
    """Let a character that the terminal lacks, or a lone surrogate, show as its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _exit_code(returned: object) -> int:
    return returned if isinstance(returned, int) else 0


def _name() -> str:
    name = os.path.basename(sys.argv[0])
    return "polyaxon" if name.startswith("__main__") else name


def _tell(line: str, error: BaseException, code: int, *, before: str = "") -> int:
    if {"-v", "--verbose"} & set(sys.argv[1:]):
        import traceback  # 10 ms, for those who want to see it

        traceback.print_exception(error)
    click.echo(f"{before}Error: {line}", err=True)
    if is_for_programs(sys.argv[1:]):
        from polyaxon_sdk.cli.documents import print_json  # 1 ms, for programs

        with suppress(OSError):  # of a reader that is gone, or a disk that is full: stderr has it
            print_json({"error": line})
    return code


def _show_warning(message: Warning | str, category: type[Warning], *_place: object, **_named: object) -> None:
    """One line a warning: where in our code it came from says nothing to a person."""
    if issubclass(category, UserWarning):
        click.echo(f"Warning: {message}", err=True)
