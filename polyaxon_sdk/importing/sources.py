"""The sources that there are: each reader is loaded when runs of its kind are brought in."""

from __future__ import annotations

from importlib import import_module

from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.importing.source_run import Source

__all__ = ["SOURCES", "open_source"]

SOURCES = {
    "tensorboard": "polyaxon_sdk.importing.tensorboard:TensorboardFolder",
    "mlflow": "polyaxon_sdk.importing.mlflow:MlflowStore",
    "wandb": "polyaxon_sdk.importing.wandb:WandbFolder",
    "aim": "polyaxon_sdk.importing.aim:AimRepo",
    "polyaxon-offline": "polyaxon_sdk.importing.offline:OfflineFolder",
}


def open_source(kind: str, place: str) -> Source:
    """Where runs of the tracker `kind` lie.

    Raises:
        InputError: there is no such tracker.
        MissingExtraError: what reads its runs is not installed.
    """
    if kind not in SOURCES:
        raise InputError(
            f"unknown source {kind!r}", expected=" or ".join(SOURCES), hint=did_you_mean(kind, SOURCES)
        )
    module, _, name = SOURCES[kind].partition(":")
    source: Source = getattr(import_module(module), name)(place)
    return source
