"""The name `traceml`: the package that is installed under it, else what polyaxon-sdk has of it."""

from importlib import import_module

import_module("_polyaxon_alias").stand_in(__name__)
