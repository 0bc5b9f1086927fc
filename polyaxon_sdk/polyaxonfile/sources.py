"""Polyaxonfiles from `--url` and `--hub`."""

from __future__ import annotations

from polyaxon_sdk.polyaxonfile.address import Address
from polyaxon_sdk.polyaxonfile.files import read_documents
from polyaxon_sdk.polyaxonfile.polyaxonfile import Polyaxonfile
from polyaxon_sdk.polyaxonfile.resolver import Resolver

__all__ = ["read_hub", "read_url"]


def read_url(url: str, *, resolver: Resolver) -> Polyaxonfile:
    """The operation at a URL: http, https, or any that fsspec reads.

    Raises:
        InputError: the URL is malformed, can't be read within the limits, or what it holds is wrong.

    >>> read_url("https://example.com/train.yml", resolver=Resolver())              # doctest: +SKIP
    """
    return read_documents([resolver.fetch(Address.parse(url))], resolver=resolver)


def read_hub(name: str, *, resolver: Resolver) -> Polyaxonfile:
    """The component of a hub that `name`, `name:tag` or `owner/name:tag` means.

    Raises:
        InputError: no hub has it, or what it holds is wrong.

    >>> from polyaxon_sdk.polyaxonfile.hub import open_hubs
    >>> from polyaxon_sdk.settings import load
    >>> read_hub("notebook", resolver=Resolver(hubs=open_hubs(load()))).kind
    'component'
    """
    return read_documents([resolver.component(name)], resolver=resolver)
