"""The files of MLflow's runs: their artifacts, and the models that they logged."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from polyaxon_sdk.importing.item import File
from polyaxon_sdk.importing.left_out import LeftOut

__all__ = ["MlflowFiles"]


class MlflowFiles:
    """Finds files where they lie on this machine, and fetches others, one at a time.

    Args:
        mlflow: the module.
        client: asks the store that runs are in.
        folder: takes what is fetched, until the next one is.
    """

    def __init__(self, mlflow: Any, client: Any, folder: Path) -> None:
        self._mlflow = mlflow
        self._client = client
        self._folder = folder

    def artifacts(self, run_id: str, left_out: LeftOut, path: str = "") -> Iterator[File]:
        """The artifacts of a run below `path`, by their paths; what can't be read is told."""
        try:
            found = self._client.list_artifacts(run_id, path or None)
        except Exception as error:  # of whatever store they lie in: the rest of the run is sound
            left_out.add("artifacts", f"their store can't be read: {type(error).__name__}")
            return
        for each in found:
            if each.is_dir:
                yield from self.artifacts(run_id, left_out, each.path)
                continue
            try:
                local = Path(self._client.download_artifacts(run_id, each.path, str(self._folder)))
            except Exception as error:  # see above
                left_out.add(f"artifact {each.path}", f"it can't be read: {type(error).__name__}")
                continue
            yield File(local, each.path)
            if local.is_relative_to(self._folder):
                local.unlink()

    def models(self, models: Sequence[Any], left_out: LeftOut) -> Iterator[File]:
        """The files of models, each model's in a folder of its name; what can't be read is told."""
        seen: set[str] = set()
        for model in models:
            name = model.name if model.name not in seen else model.model_id
            seen.add(name)
            place = model.artifact_location
            target = None if place.startswith(("file:", "/")) else str(self._folder)
            try:
                root = Path(self._mlflow.artifacts.download_artifacts(artifact_uri=place, dst_path=target))
            except Exception as error:  # see above
                left_out.add(f"model {name}", f"it can't be read: {type(error).__name__}")
                continue
            for path in sorted(each for each in root.rglob("*") if each.is_file()):
                yield File(path, f"models/{name}/{path.relative_to(root).as_posix()}")
            if root.is_relative_to(self._folder):
                shutil.rmtree(root)
