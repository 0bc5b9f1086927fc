"""Write a training function, decorate it, run it; keep, find and compare everything it logs."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from polyaxon_sdk import tracking
    from polyaxon_sdk.authoring import component
    from polyaxon_sdk.client import RunClient
    from polyaxon_sdk.exceptions import InputError, PolyaxonError
    from polyaxon_sdk.version import __version__

__all__ = ["InputError", "PolyaxonError", "RunClient", "__version__", "component", "tracking"]
# The module that holds each name; a name that is not here is a module itself.
_HOMES = {
    "InputError": "polyaxon_sdk.exceptions",
    "PolyaxonError": "polyaxon_sdk.exceptions",
    "RunClient": "polyaxon_sdk.client",
    "__version__": "polyaxon_sdk.version",
    "component": "polyaxon_sdk.authoring",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = _HOMES.get(name)
    return getattr(import_module(home), name) if home else import_module(f"{__name__}.{name}")


def __dir__() -> list[str]:
    return list(__all__)
