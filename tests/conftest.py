"""What tests of every package share: a home, a run in it, scripts that run with it, odd disks."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from tests.disks.tmpfs import locked_disk, mounted, small_disk
from tests.scripts import Scripts

__all__ = ["locked_disk", "small_disk"]

settings.register_profile(
    "unhurried", settings(), deadline=None
)  # a machine that is busy makes no property false
settings.load_profile("unhurried")

STARTERS = {"answer", "polyaxon", "run_plan", "scripts", "start", "terminal"}
"""Fixtures that start interpreters, a third of a second and more each."""

FRAMEWORKS = {"test_keras.py", "test_seed_model.py"}
"""Files that take seconds to be imported, as much as all of their framework."""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out the files of frameworks where fits are left out."""
    return True if collection_path.name in FRAMEWORKS and "not fit" in config.option.markexpr else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that start interpreters, by the fixtures that they ask for."""
    for item in items:
        if STARTERS & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.system)


@pytest.fixture(scope="session", autouse=True)
def interruptible() -> Iterator[None]:
    """What tests start can be interrupted, also where a shell has begun them in the background, ignoring that."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own, which this process and those it starts see."""
    monkeypatch.setenv("POLYAXON_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("POLYAXON_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv(
        "POLYAXON_TRACK_LOGS", "false"
    )  # two processes for each run less; its own tests turn it on
    return tmp_path / "home"


@pytest.fixture
def folder(home: Path) -> RunFolder:
    """The folder of a run that nothing was written to."""
    return RunFolder(home / "runs" / new_uuid()).create()


@pytest.fixture
def scripts(home: Path) -> Scripts:
    """Runs training scripts in the home."""
    return Scripts(home)


@pytest.fixture
def roomy_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of eight MiB: room for some journals, and quickly filled."""
    with mounted(tmp_path / "roomy", "size=8m") as point:
        yield point
