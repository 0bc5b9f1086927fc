"""The names of `polyaxon.settings` that scripts ask: how this process tracks."""

from __future__ import annotations

from polyaxon_sdk.settings import load

__all__ = ["CLIENT_CONFIG", "ClientConfig"]


class ClientConfig:
    """What of the client's configuration has a meaning here, as it is when it is asked.

    >>> ClientConfig().is_managed
    False
    """

    @property
    def is_managed(self) -> bool:
        """Whether a runner started this process for a run."""
        return load().flag("is_managed")

    @property
    def is_offline(self) -> bool:
        """Whether the script was told to do without a network; every run here does."""
        return load().flag("is_offline")

    @property
    def no_op(self) -> bool:
        """Whether tracking keeps nothing."""
        return load().flag("no_op")


CLIENT_CONFIG = ClientConfig()
