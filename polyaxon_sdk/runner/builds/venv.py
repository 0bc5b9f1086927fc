"""Making a virtual environment."""

from __future__ import annotations

import os
import shutil
import site
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from fcntl import LOCK_EX, flock
from importlib.util import find_spec
from pathlib import Path

from polyaxon_sdk.exceptions import PolyaxonError
from polyaxon_sdk.runner.builds.recipe import Recipe

__all__ = ["is_made", "make", "python_in"]

_MADE = "polyaxon-made"
"""The file within that says that all of it is there."""

_SITE = "import sysconfig; print(sysconfig.get_path('purelib'), sysconfig.get_python_version())"


def python_in(place: Path) -> Path:
    """The interpreter of a virtual environment."""
    return place / "bin" / "python"


def is_made(place: Path) -> bool:
    """Whether all of a virtual environment is there."""
    return (place / _MADE).is_file() and python_in(place).exists()


def make(recipe: Recipe, place: Path) -> None:
    """Make a virtual environment, unless it is there; what is said of it goes to stdout.

    Who wants the same meanwhile waits. Packages come from where pip is configured to have them from.

    Raises:
        PolyaxonError: a step of it failed.
        OSError: the place can't be written.
    """
    with _alone(place):
        if is_made(place):
            return
        shutil.rmtree(place, ignore_errors=True)
        has_pip = find_spec("pip") is not None
        _call([recipe.python, "-m", "venv", *(["--without-pip"] if has_pip else []), str(place)])
        if not recipe.is_isolated:
            _open_to_ours(place)
        wanted = [*(word for file in recipe.files for word in ("-r", str(file))), *recipe.names]
        if wanted:
            pip = [sys.executable, "-m", "pip", "--python", str(python_in(place))]
            own = [str(python_in(place)), "-m", "pip"]
            _call(
                [*(pip if has_pip else own), "install", "--no-input", "--disable-pip-version-check", *wanted]
            )
        (place / _MADE).touch()


def _open_to_ours(place: Path) -> None:
    """Let it see, after its own, the packages that are installed beside this one, where its Python is the same."""
    told = subprocess.run([python_in(place), "-c", _SITE], capture_output=True, text=True, check=True)
    folder, _, version = told.stdout.strip().rpartition(" ")
    if version == f"{sys.version_info.major}.{sys.version_info.minor}":
        lines = [f"import site; site.addsitedir({each!r})" for each in site.getsitepackages()]
        Path(folder, "polyaxon-beside.pth").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _call(words: Sequence[str]) -> None:
    try:
        process = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
    except OSError as error:
        raise PolyaxonError(f"{words[0]}: {error.strerror or error}") from error
    with process:
        assert process.stdout is not None  # it is a pipe
        why = _passed_on(process.stdout)
    if process.returncode:
        told = f"{' '.join(words[:3])} … ended with exit code {process.returncode}"
        raise PolyaxonError(f"{told}: {why}" if why else told)


def _passed_on(lines: Iterable[bytes]) -> str:
    """Pass on what a program says; its last error, or else its last words."""
    last, error = b"", b""
    for line in lines:
        sys.stdout.buffer.write(line)
        sys.stdout.flush()
        last = line.strip() or last
        error = last if last.upper().startswith(b"ERROR") else error
    return (error or last).decode("utf-8", "replace")


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    place.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(place.with_suffix(".lock"), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        with suppress(OSError):  # a place that takes no locks
            flock(descriptor, LOCK_EX)
        yield
    finally:
        os.close(descriptor)
