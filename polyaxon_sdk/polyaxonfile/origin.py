"""Origin: where a document came from that is not this person's own file."""

from __future__ import annotations

from attrs import frozen

from polyaxon_sdk.polyaxonfile.address import Address

__all__ = ["Origin"]


@frozen(kw_only=True)
class Origin:
    """Where a document came from: a URL, or a hub.

    Args:
        name: how messages name it; never with credentials.
        addresses: what it was asked for at, and what answered in the end where that is another.
        component: the name that the hub knows it by; none where it came from a URL.
        is_ours: the hub is the package's or the home's own.
    """

    name: str
    addresses: tuple[Address, ...] = ()
    component: str | None = None
    is_ours: bool = False

    @classmethod
    def of(cls, asked: Address, answered: Address, *, component: str | None = None) -> Origin:
        """The origin of what was fetched."""
        name = asked.shown if component is None else f"{component} in {asked.shown}"
        return cls(name=name, addresses=tuple(dict.fromkeys([asked, answered])), component=component)

    @property
    def address(self) -> Address | None:
        """What relative references start from."""
        return self.addresses[-1] if self.addresses else None
