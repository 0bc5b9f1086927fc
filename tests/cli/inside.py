"""The command line in the test's own process: for what needs no process of its own, and asks for many commands."""

import sys
import warnings
from collections.abc import Mapping
from pathlib import Path

import pytest

from polyaxon_sdk.cli.app import run
from tests.cli.conftest import Told

__all__ = ["Inside", "polyaxon"]


class Inside:
    """Type `polyaxon` and some words; the home and the folder are those of a person."""

    def __init__(
        self,
        folder: Path,
        environment: Mapping[str, str],
        patch: pytest.MonkeyPatch,
        capture: pytest.CaptureFixture[str],
    ) -> None:
        self._folder, self._environment = folder, environment
        self._patch, self._capture = patch, capture

    def __call__(self, *words: str, **variables: str) -> Told:
        with self._patch.context() as patch, warnings.catch_warnings():
            for name, value in {**self._environment, **variables}.items():
                patch.setenv(name, value)
            patch.chdir(self._folder)
            patch.setattr(sys, "argv", ["polyaxon", *words])
            with pytest.raises(SystemExit, match=r"^\d+$") as ended:
                run()
        said = self._capture.readouterr()
        return Told(int(str(ended.value.code)), said.out, said.err)


@pytest.fixture
def polyaxon(
    folder: Path,
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Inside:
    """Type `polyaxon` and some words in `folder`."""
    return Inside(folder, environment, monkeypatch, capfd)
