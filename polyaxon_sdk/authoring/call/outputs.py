"""What a function returned, as the outputs of its run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

from polyaxon_sdk.authoring.annotations.meaning import inside, shown
from polyaxon_sdk.authoring.signature import Signature
from polyaxon_sdk.authoring.signature.returned import Result, Returned
from polyaxon_sdk.exceptions import InputError

if TYPE_CHECKING:
    from polyaxon_sdk.tracking.run import Run

__all__ = ["outputs_from", "parts_of"]


def outputs_from(signature: Signature, result: object, run: Run) -> dict[str, object]:
    """The outputs by name, as JSON holds them; files, folders and arrays become artifacts of the run, and paths.

    Raises:
        InputError: a value that is not of its annotated type, or a file that is not there; the output is named.
    """
    parts = parts_of(signature.returned, result)
    return {
        output.name: _logged(run, output, parts[output.name])
        for output in signature.outputs
        if output.name in parts
    }


def parts_of(returned: Returned, result: object) -> Mapping[str, object]:
    """What a function returned, by the names of its outputs.

    Raises:
        InputError: it has another form than its annotation says.

    >>> parts_of(Returned(), None)
    {}
    """
    names = [output.name for output in returned.outputs]
    if not names:
        return {}
    if returned.form == "whole":
        return {names[0]: result}
    if returned.form == "items":
        if not isinstance(result, tuple | list) or len(result) != returned.size:
            raise _other(result, names[0], f"{returned.size} values: {', '.join(names)}")
        return dict(zip(names, result, strict=True))
    if isinstance(result, Mapping):
        return cast("Mapping[str, object]", result)
    if returned.form == "keys":
        raise _other(result, names[0], f"a mapping with {', '.join(names)}")
    for name in names:
        if not hasattr(result, name):
            raise InputError(f"the function returned a {type(result).__name__} without {name!r}", path=name)
    return {name: getattr(result, name) for name in names}


def _spelled(output: Result, value: object) -> object:
    if value is None and not output.meaning.bounds:
        return None
    with _returned(output, value):
        return output.meaning.spell(value)


@contextmanager
def _returned(output: Result, value: object) -> Iterator[None]:
    """What is wrong with a value, told as something of what the function returned."""
    try:
        yield
    except (InputError, TypeError) as error:
        if not isinstance(error, InputError) or error.path is None:
            expected = getattr(error, "expected", None) or output.meaning.words
            raise _other(value, output.name, expected) from error
        with inside(output.name):
            raise InputError(
                f"the function returned {error.what}",
                path=error.path,
                expected=error.expected,
                hint=error.hint,
            ) from error


def _logged(run: Run, output: Result, value: object) -> object:
    """An output as the record has it; a file or folder, or what is kept as one, as its path."""
    if output.meaning.artifact is None or value is None:
        return _spelled(output, value)
    if output.meaning.file is None:
        return _kept(run, output, str(_spelled(output, value)))
    if not run.is_kept:
        return None
    path = run.get_outputs_path(f"{output.name}{output.meaning.file.ending}")
    with _returned(output, value):
        output.meaning.file.write(value, path)
    return _kept(run, output, path)


def _other(value: object, path: str, expected: str) -> InputError:
    return InputError(f"the function returned {shown(value)}", path=path, expected=expected)


def _kept(run: Run, output: Result, path: str) -> str:
    """Where a returned file or folder lies from now on, as `UUID/PATH`: for this machine and for others."""
    source = Path(path)
    if not source.exists():
        raise InputError(f"the function returned {path!r}", path=output.name, expected="a path that is there")
    run.log_artifact(source, output.name, kind=cast("str", output.meaning.artifact))
    if not run.is_kept:
        return path
    inside = source.resolve().is_relative_to(run.folder.resolve())
    relative = (
        source.resolve().relative_to(run.folder.resolve())
        if inside
        else Path("outputs", output.name + source.suffix)
    )
    return f"{run.uuid}/{relative.as_posix()}"
