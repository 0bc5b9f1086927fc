"""Hubs: places that hold components by name and tag."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote

from polyaxon_sdk.exceptions import InputError, NoComponentError, did_you_mean
from polyaxon_sdk.polyaxonfile.address import Address
from polyaxon_sdk.polyaxonfile.folder_hub import FolderHub
from polyaxon_sdk.polyaxonfile.limits import Limits
from polyaxon_sdk.polyaxonfile.remote_hub import RemoteHub
from polyaxon_sdk.polyaxonfile.version import ComponentVersion

if TYPE_CHECKING:
    from polyaxon_sdk.polyaxonfile.document import Document
    from polyaxon_sdk.settings import Settings

__all__ = ["Hub", "Hubs", "open_hubs"]

_URL = re.compile(r"[a-zA-Z][\w+.-]*://")
_MANY = 20


class Hub(Protocol):
    """A place whose components lie under `[owner/]name/tag.yaml`, `.yml` or `.json`."""

    def find(self, version: ComponentVersion) -> Document | None:
        """The component, or None where the hub has none of that name and tag."""

    def names(self, version: ComponentVersion) -> list[str]:
        """The components that the hub has of the same owner, as far as it can tell."""

    def tags(self, version: ComponentVersion) -> list[str]:
        """The tags that the hub has of the component, as far as it can tell."""


class Hubs:
    """Several hubs, asked in their order.

    Args:
        hubs: taken when the first is asked for something.
        mirrors: where documents lie, a URL or a folder, by what their URLs begin with.
    """

    def __init__(self, hubs: Iterable[Hub], mirrors: Mapping[str, str] | None = None) -> None:
        self._source = hubs
        self.mirrors = mirrors or {}

    @cached_property
    def hubs(self) -> Sequence[Hub]:
        """All of them."""
        return tuple(self._source)

    def find(self, text: str) -> Document:
        """The component that `name`, `name:tag` or `owner/name:tag` means; the tag is `latest` by default.

        Raises:
            NoComponentError: no hub has it.
            InputError: the name is malformed, or a hub can't be read.

        >>> from polyaxon_sdk.settings import load
        >>> open_hubs(load()).find("tensorboard:single-run").data["name"]
        'tensorboard'
        """
        version = ComponentVersion.parse(text)
        for hub in self.hubs:
            found = hub.find(version)
            if found is not None:
                return found
        raise self._unknown(version)

    def _unknown(self, version: ComponentVersion) -> InputError:
        tags = sorted(self._told(lambda hub: hub.tags(version)))
        if tags:
            what = f"no tag {version.tag!r} of {version.component!r}"
            return InputError(what, expected=_listed(tags), hint=did_you_mean(version.tag, tags))
        names = sorted(self._told(lambda hub: hub.names(version)))
        hint = did_you_mean(version.name, names)
        return NoComponentError(
            f"no hub has a component {version.component!r}", expected=_listed(names), hint=hint
        )

    def _told(self, ask: Callable[[Hub], list[str]]) -> set[str]:
        told: set[str] = set()
        for hub in self.hubs:
            try:
                told.update(ask(hub))
            except InputError:
                continue  # the hub was read before; that it won't be listed matters less than what is missing
        return told


def open_hubs(settings: Settings, limits: Limits | None = None) -> Hubs:
    """The home's own hub, the configured ones, and the package's; none is opened before one is asked."""
    return Hubs(_open(settings, limits or Limits()), settings.url_mirrors)


def _open(settings: Settings, limits: Limits) -> Iterator[Hub]:
    from importlib.resources import files  # 5 ms, for those who name a component

    yield FolderHub(settings.home / "hub", is_ours=True)
    for place in settings.hubs:
        yield _configured(place, limits)
    yield FolderHub(files("polyaxon_sdk.polyaxonfile") / "components", is_ours=True, title="the package")


def _configured(place: str, limits: Limits) -> Hub:
    if not _URL.match(place):
        return FolderHub(Path(place).expanduser().absolute(), is_ours=False)
    address = Address.parse(place)
    if address.parts.scheme == "file" and not address.parts.netloc:
        return FolderHub(Path(unquote(address.parts.path)), is_ours=False)
    return RemoteHub(address, limits)


def _listed(words: list[str]) -> str | None:
    more = f" and {len(words) - _MANY} more" if len(words) > _MANY else ""
    return (f"one of {', '.join(words[:_MANY])}{more}") if words else None
