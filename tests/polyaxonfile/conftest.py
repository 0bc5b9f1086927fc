"""A web server, and a person's home with a hub."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from polyaxon_sdk.polyaxonfile import Hubs, open_hubs
from polyaxon_sdk.settings import load
from tests.servers import Site, site

OpenHubs = Callable[..., Hubs]


@pytest.fixture(autouse=True)
def directly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reach loopback without the proxy that this machine may have."""
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")


@pytest.fixture
def web() -> Iterator[Site]:
    """A web server on loopback."""
    with site() as running:
        yield running


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home, which isn't there yet."""
    return tmp_path / "home"


@pytest.fixture
def hubs(home: Path) -> OpenHubs:
    """Open the hubs of the home with these settings."""
    return lambda **variables: open_hubs(load({"POLYAXON_HOME": str(home), **variables}))
