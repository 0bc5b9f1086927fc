"""Reading runs from Python, at rest and while they go on."""

from __future__ import annotations

from polyaxon_sdk.client.run_client import RunClient

__all__ = ["RunClient"]
