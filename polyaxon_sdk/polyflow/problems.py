"""What is wrong with a specification: one line a problem, each with its field path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from attrs import evolve, frozen

from polyaxon_sdk.exceptions import InputError

__all__ = ["MANY", "Path", "Problem", "SpecError", "at", "fault", "spell"]

MANY = 1000
"""How many problems are looked for; whoever finds so many looks no further."""

Path = tuple[str | int, ...]
"""The steps from the top of a document to a field: keys and list positions."""


def spell(path: Path) -> str:
    """A path as people write it.

    >>> spell(("run", "init", 0, "git", "url"))
    'run.init[0].git.url'
    """
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


@frozen(kw_only=True)
class Problem:
    """One mistake in a document.

    Args:
        what: what is wrong, with the offending value.
        path: the field; default: the document as a whole.
        expected: what would have been right; default none.
        hint: a closing clause, such as the one of `did_you_mean`; default none.
        where: the file, with `:line:column` where they are known; default none.
        missing: the field is absent, so that only its parent has a place in the file; default false.

    >>> str(Problem(what="'a' is not allowed", path=("inputs", 0, "value"), expected="a number").error())
    "inputs[0].value: 'a' is not allowed, expected a number"
    """

    what: str
    path: Path = ()
    expected: str | None = None
    hint: str = ""
    where: str | None = None
    missing: bool = False

    def error(self) -> InputError:
        """The problem as an error of its own."""
        return InputError(
            self.what,
            where=self.where,
            path=spell(self.path) or None,
            expected=self.expected,
            hint=self.hint,
        )


_SHOWN = 20
"""How many problems a message tells."""


class SpecError(InputError):
    """All that is wrong with one document, a line a problem.

    Args:
        problems: at least one.

    >>> from polyaxon_sdk.polyflow.problems import fault
    >>> str(fault("unknown field", path=("run", "container", "imgae"), hint=", did you mean 'image'?"))
    "run.container.imgae: unknown field, did you mean 'image'?"
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        first = self.problems[0].error()
        super().__init__(
            first.what, where=first.where, path=first.path, expected=first.expected, hint=first.hint
        )

    def __str__(self) -> str:
        lines = [str(problem.error()) for problem in self.problems[:_SHOWN]]
        more = len(self.problems) - _SHOWN
        if more > 0:
            lines.append(f"and {more} more" if len(self.problems) < MANY else "and many more")
        return "\n".join(lines)

    def under(self, *steps: str | int) -> SpecError:
        """The same problems, seen from further up the document; those that have their place keep it."""
        return SpecError(
            problem if problem.where else evolve(problem, path=steps + problem.path)
            for problem in self.problems
        )


@contextmanager
def at(*path: str | int) -> Iterator[None]:
    """Turn a plain `InputError` raised inside into a `SpecError` at this path."""
    try:
        yield
    except SpecError as error:
        raise error.under(*path) from error
    except InputError as error:
        problem = Problem(what=error.what, path=path, expected=error.expected, hint=error.hint)
        raise SpecError([problem]) from error


def fault(
    what: str, *, path: Path = (), expected: str | None = None, hint: str = "", missing: bool = False
) -> SpecError:
    """A `SpecError` of one problem."""
    return SpecError([Problem(what=what, path=path, expected=expected, hint=hint, missing=missing)])
