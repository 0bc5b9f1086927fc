"""What odd disks need of a machine: without it a test skips, or fails where all of them are to run."""

import ctypes
import os
import shutil
from collections.abc import Sequence
from importlib.util import find_spec

import pytest

__all__ = ["needs"]


def needs(*, module: str, programs: Sequence[str], device: str, library: str = "") -> None:
    """Skip the test where a module, a program, a device or a library is missing; see `.ci/prerequisites`."""
    missing = [program for program in programs if shutil.which(program) is None]
    missing += [module] if find_spec(module) is None else []
    missing += [] if os.access(device, os.R_OK | os.W_OK) else [device]
    missing += [library] if library and not _is_loadable(library) else []
    if missing:
        assert os.environ.get("POLYAXON_TEST_REQUIRE") != "all", f"not here: {', '.join(missing)}"
        pytest.skip(f"not here: {', '.join(missing)}")


def _is_loadable(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
