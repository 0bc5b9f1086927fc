"""The programs that runs of a pipeline start, looked for before anything starts."""

from __future__ import annotations

import os
import shutil

from polyaxon_sdk.compiler import environment_of
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1CompiledOperation, V1Container, V1Job, V1MPIJob, is_template
from polyaxon_sdk.runner.distributed.mpi import check_mpi
from polyaxon_sdk.runner.plan import search_path
from polyaxon_sdk.runner.replicas import replicas_of
from polyaxon_sdk.settings import inherited

__all__ = ["check_launcher", "check_program"]


def check_launcher(single: V1CompiledOperation) -> None:
    """Refuse a job of MPI where there is none.

    Args:
        single: an operation, its templates as they are written.

    Raises:
        InputError: there is no MPI, or a variable of its launcher is none.
    """
    if isinstance(single.run, V1MPIJob):
        path = _path_of(single, replicas_of(single.run)[0].container)
        if not is_template(path):
            check_mpi(path)


def check_program(single: V1CompiledOperation) -> None:
    """Refuse a job whose program isn't there and that nothing brings: of a search, each of its runs would fail alike.

    Args:
        single: an operation, its templates as they are written.

    Raises:
        InputError: it isn't there, or a variable of its container is none.
    """
    run = single.run
    if not isinstance(run, V1Job) or run.container is None or run.init or single.build is not None:
        return
    words = run.container.command
    program = words[0] if isinstance(words, list) and words else words
    if not isinstance(program, str) or is_template(program) or os.sep in program:
        return
    path = _path_of(single, run.container)
    if not is_template(path) and shutil.which(program, path=path) is None:
        raise InputError(f"no program {program!r} on this machine", path="run.container.command[0]")


def _path_of(single: V1CompiledOperation, container: V1Container) -> str:
    """Where its programs are looked for."""
    return search_path(inherited(environment_of(single, container)).get("PATH"))
