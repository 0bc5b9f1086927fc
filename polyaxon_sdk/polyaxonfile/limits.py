"""How much a document from elsewhere may take of size, time and redirects."""

from __future__ import annotations

from attrs import frozen

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile.address import Address

__all__ = ["Limits"]


@frozen(kw_only=True)
class Limits:
    """The limits of one document.

    Args:
        size: bytes.
        connect: seconds until a connection stands, and between two signs of life.
        whole: seconds for all of it.
        redirects: how many in a row.
    """

    size: int = 2**20
    connect: float = 10.0
    whole: float = 20.0
    redirects: int = 5

    def too_large(self, address: Address) -> InputError:
        """The error of a document beyond `size`."""
        size = f"{self.size // 2**20} MiB" if self.size >= 2**20 else f"{self.size} bytes"
        return InputError(f"larger than {size}", where=address.shown)
