"""Components of a hub that an operation asks for by itself, once it goes on: hooks, tuners."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile import Resolver, open_hubs, read_hub, untrusted
from polyaxon_sdk.polyaxonfile.presets import open_presets
from polyaxon_sdk.polyflow import V1Operation
from polyaxon_sdk.settings import Settings

__all__ = ["operation_from_hub"]


def operation_from_hub(reference: str, *, presets: object, settings: Settings) -> V1Operation:
    """The operation of a component of a hub, with presets on it.

    Args:
        reference: `NAME:TAG`.
        presets: their names, if any.
        settings: tell the hubs and what is trusted.

    Raises:
        InputError: no hub has it, or it comes from elsewhere and is not trusted.

    >>> from polyaxon_sdk.settings import load
    >>> operation_from_hub("tpe-tuner", presets=None, settings=load()).component.name
    'tpe-tuner'
    """
    found = read_hub(reference, resolver=Resolver(hubs=open_hubs(settings)))
    if untrusted(found.origins, settings.trusted):
        raise InputError(
            "comes from elsewhere, and is not trusted",
            where=reference,
            expected="polyaxon config set --trusted",
        )
    names: Sequence[str] = presets if isinstance(presets, list) else []
    return open_presets(settings, Path.cwd()).put_on(found, also=tuple(names)).operation
