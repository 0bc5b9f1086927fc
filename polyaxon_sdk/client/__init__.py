"""Reading runs and projects from Python, at rest and while they go on."""

from __future__ import annotations

from polyaxon_sdk.client.project_client import ProjectClient
from polyaxon_sdk.client.run_client import RunClient

__all__ = ["ProjectClient", "RunClient"]
