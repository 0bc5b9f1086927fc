"""Resolver: from a reference in one document to the document that it means (semantics 1.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal, TypeAlias

from attrs import Factory, define, field

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile.address import Address
from polyaxon_sdk.polyaxonfile.document import Document, read_document
from polyaxon_sdk.polyaxonfile.hub import Hubs
from polyaxon_sdk.polyaxonfile.limits import Limits
from polyaxon_sdk.polyaxonfile.mirrors import mirrored
from polyaxon_sdk.polyaxonfile.origin import Origin

__all__ = ["ReferenceKey", "Resolver"]

ReferenceKey: TypeAlias = Literal["pathRef", "urlRef", "hubRef"]

_MOST = 64
"""How many documents one reading may fetch."""


@define
class Resolver:
    """Finds the documents that others refer to; one for each reading.

    Args:
        refs: the file that answers a `urlRef` or `hubRef`, before anything is fetched.
        hubs: where components are looked up. Without it nothing is fetched, and what `refs` doesn't answer is
            left alone.
        limits: those of one fetched document.
        python: finds the component that `FILE.py:NAME` names, by running the file. Without it none is run.

    Attributes:
        origins: where the documents came from that are no files of this person's own.
        notes: what was read in words of former releases, a line each.
        documents: all that was read, in order.

    >>> from polyaxon_sdk.polyaxonfile.hub import open_hubs
    >>> from polyaxon_sdk.settings import load
    >>> Resolver(hubs=open_hubs(load())).component("notebook").data["kind"]
    'component'
    """

    refs: Mapping[str, Path] = Factory(dict)
    hubs: Hubs | None = None
    limits: Limits = Factory(Limits)
    python: Callable[[str], Document] | None = None
    origins: list[Origin] = field(factory=list, init=False)
    notes: list[str] = field(factory=list, init=False)
    documents: list[Document] = field(factory=list, init=False)
    _fetched: dict[str, Document] = field(factory=dict, init=False)
    _components: dict[str, Document] = field(factory=dict, init=False)

    def follow(self, key: ReferenceKey, reference: str, document: Document) -> Document | None:
        """The document that a reference in `document` means; None where it is left alone.

        Raises:
            InputError: nothing is there, it can't be read, or a document from elsewhere may not name it.
        """
        if key != "pathRef" and reference in self.refs:
            return read_document(self.refs[reference])
        if key == "pathRef" and document.origin is None:
            return self._beside(document, reference)
        if self.hubs is None:
            return None
        if key == "hubRef":
            return self.component(reference)
        return self.fetch(_address(key, reference, document.origin))

    def component(self, name: str) -> Document:
        """The component of a hub that `name`, `name:tag` or `owner/name:tag` means.

        Raises:
            InputError: no hub has it.
        """
        if name not in self._components:
            self._components[name] = (self.hubs or Hubs(())).find(name)
        return self._noted(self._components[name])

    def fetch(self, address: Address) -> Document:
        """The document at a URL.

        Raises:
            InputError: nothing is there, or it can't be read within the limits.
        """
        if address.text not in self._fetched:
            if len(self._fetched) >= _MOST:
                raise InputError(f"more than {_MOST} documents to fetch", where=address.shown)
            self._fetched[address.text] = _fetch(address, self.limits, self.hubs.mirrors if self.hubs else {})
        return self._noted(self._fetched[address.text])

    def _beside(self, document: Document, reference: str) -> Document:
        """The document in a file of this machine, or that a Python file stands for."""
        folder = document.path.parent if document.path else Path.cwd()
        file = head if (head := reference.rpartition(":")[0]).endswith(".py") else reference
        try:
            there = (folder / file).is_file()
        except (OSError, ValueError) as error:
            raise InputError(f"{reference!r} is no file name") from error
        if not there:
            raise InputError(f"no such file: {folder / file}")
        if not file.endswith(".py"):
            return read_document(folder / reference)
        if self.python is None:
            raise InputError(
                f"{reference!r} is Python, and none is run here", expected="a file that holds a component"
            )
        return self.python(str(folder / reference))

    def _noted(self, document: Document) -> Document:
        if document.origin is not None and document.origin not in self.origins:
            self.origins.append(document.origin)
        return document


def _fetch(address: Address, limits: Limits, mirrors: Mapping[str, str]) -> Document:
    place = mirrored(address, mirrors)
    if isinstance(place, Path):
        origin = Origin(name=address.shown, addresses=(address,), is_ours=True)
        return Document.load(place, name=str(place), origin=origin)
    from polyaxon_sdk.polyaxonfile.remote import fetch  # the client of the web costs 30 ms

    raw, answered = fetch(place or address, limits)
    return Document.decode(raw, name=address.title, origin=Origin.of(address, answered))


def _address(key: ReferenceKey, reference: str, origin: Origin | None) -> Address:
    """What a `urlRef` means, or a `pathRef` of a document from elsewhere; never a file of this machine."""
    if origin is None:
        return Address.parse(reference)
    is_hub = origin.component is not None or origin.address is None
    if key == "pathRef" and (is_hub or reference.startswith(("/", "~"))):
        raise _refused(origin, "hubRef or urlRef" if is_hub else "a path relative to its URL")
    target = Address.parse(reference) if is_hub else _from(origin, reference)
    own = origin.address and origin.address.origin == target.origin
    if target.is_local or not (target.is_web or own):
        raise _refused(origin, "an http or https URL")
    return target


def _from(origin: Origin, reference: str) -> Address:
    assert origin.address is not None
    return origin.address.joined(reference)


def _refused(origin: Origin, expected: str) -> InputError:
    kind = "a hub" if origin.component else "a URL"
    return InputError(f"what came from {kind} can't name a file of this machine", expected=expected)
