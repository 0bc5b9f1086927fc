"""From a typed function to a component, a command line and a run."""

from polyaxon_sdk.authoring.decorators.component import Component, component

__all__ = ["Component", "component"]
