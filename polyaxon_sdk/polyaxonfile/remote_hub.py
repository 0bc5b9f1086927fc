"""A hub at a URL: a web server's folder, or one of a store."""

from __future__ import annotations

from polyaxon_sdk.polyaxonfile.address import AbsentError, Address
from polyaxon_sdk.polyaxonfile.document import Document
from polyaxon_sdk.polyaxonfile.limits import Limits
from polyaxon_sdk.polyaxonfile.origin import Origin
from polyaxon_sdk.polyaxonfile.version import ENDINGS, ComponentVersion

__all__ = ["RemoteHub"]


class RemoteHub:
    """The components under a URL.

    Args:
        root: the URL of the folder.
        limits: those of one document.
    """

    def __init__(self, root: Address, limits: Limits) -> None:
        self._root = root
        self._limits = limits

    def find(self, version: ComponentVersion) -> Document | None:
        """The component, or None where the hub has none of that name and tag.

        Raises:
            InputError: the hub can't be read.
        """
        # The client of the web costs 30 ms, for those whose hub is elsewhere.
        from polyaxon_sdk.polyaxonfile.remote import fetch

        for ending in ENDINGS:
            asked = self._root.below(*version.file(ending))
            try:
                raw, answered = fetch(asked, self._limits)
            except AbsentError:
                continue
            origin = Origin.of(asked, answered, component=str(version))
            return Document.decode(raw, name=asked.title, origin=origin)
        return None

    def names(self, version: ComponentVersion) -> list[str]:
        """The components that the hub has of the same owner; none where it is a web server."""
        return self._below(*version.shelf)

    def tags(self, version: ComponentVersion) -> list[str]:
        """The tags that the hub has of the component; none where it is a web server."""
        names = [name.rpartition(".") for name in self._below(*version.shelf, version.name)]
        return [stem for stem, _, ending in names if ending in ENDINGS]

    def _below(self, *steps: str) -> list[str]:
        from polyaxon_sdk.polyaxonfile.remote import names_below  # as above

        return names_below(self._root.below(*steps), self._limits)
