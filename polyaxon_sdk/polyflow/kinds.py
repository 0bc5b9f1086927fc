"""Kinds: a field whose class is named by its `kind`."""

from __future__ import annotations

__all__ = ["Kinds"]


class Kinds:
    """The class name of each kind, so that only those in use are imported.

    >>> Kinds(job="V1Job").find("job").__name__
    'V1Job'
    """

    def __init__(self, **classes: str) -> None:
        self.classes = classes

    def find(self, kind: str) -> type:
        """The class of a kind, imported now."""
        from polyaxon_sdk import polyflow  # each class is paid for when its kind is met

        found: type = getattr(polyflow, self.classes[kind])
        return found

    def __hash__(self) -> int:
        return hash(tuple(self.classes.items()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Kinds) and other.classes == self.classes
