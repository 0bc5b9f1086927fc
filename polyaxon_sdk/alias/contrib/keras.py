"""The names of the Keras callbacks that scripts import."""

from __future__ import annotations

from polyaxon_integrations.keras import PolyaxonKerasCallback, PolyaxonKerasModelCheckpoint

__all__ = ["Callback", "PolyaxonCallback", "PolyaxonKerasCallback", "PolyaxonKerasModelCheckpoint"]

Callback = PolyaxonKerasCallback
PolyaxonCallback = PolyaxonKerasCallback
