"""ComponentVersion: one version of a component, by the name that hubs know it by."""

from __future__ import annotations

import re

from attrs import frozen

from polyaxon_sdk.exceptions import InputError

__all__ = ["ENDINGS", "ComponentVersion"]

ENDINGS = ("yaml", "yml", "json")
"""How the file of a version ends."""

_WORD = r"[a-zA-Z0-9][a-zA-Z0-9_.-]*"
_REFERENCE = re.compile(rf"(?:(?P<owner>{_WORD})/)?(?P<name>{_WORD})(?::(?P<tag>{_WORD}))?")
_DEFAULT_OWNER = "polyaxon"


@frozen(kw_only=True)
class ComponentVersion:
    """A component's name, its owner where it isn't the default one, and the version's tag.

    >>> ComponentVersion.parse("acme/train:v1.1").file("yaml")
    ('acme', 'train', 'v1.1.yaml')
    """

    owner: str | None
    name: str
    tag: str

    @classmethod
    def parse(cls, text: str) -> ComponentVersion:
        """The version that a `hubRef` names; `polyaxon/name` is `name`, and no tag is `latest`.

        Raises:
            InputError: the text names none; it never leads out of a hub.
        """
        found = _REFERENCE.fullmatch(text)
        if found is None:
            expected = "name, name:tag or owner/name:tag, of letters, digits, -, _ and ."
            raise InputError(f"invalid component {text!r}", expected=expected)
        owner = found["owner"] if found["owner"] != _DEFAULT_OWNER else None
        return cls(owner=owner, name=found["name"], tag=found["tag"] or "latest")

    @property
    def component(self) -> str:
        """The component, without its tag."""
        return f"{self.owner}/{self.name}" if self.owner else self.name

    def __str__(self) -> str:
        return f"{self.component}:{self.tag}"

    @property
    def shelf(self) -> tuple[str, ...]:
        """The folder of a hub that holds the owner's components, as steps."""
        return (self.owner,) if self.owner else ()

    def file(self, ending: str) -> tuple[str, ...]:
        """The file of a hub that holds the version, as steps."""
        return (*self.shelf, self.name, f"{self.tag}.{ending}")
