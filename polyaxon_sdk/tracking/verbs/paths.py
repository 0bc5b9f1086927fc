"""Verbs for places in the run to write to."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from polyaxon_sdk.runs.names import inside
from polyaxon_sdk.tracking.given import flag_given, path_given
from polyaxon_sdk.tracking.verbs.placed import Placed

if TYPE_CHECKING:
    from polyaxon_sdk.tracking.interface import Place

__all__ = ["PathVerbs"]


class PathVerbs(Placed):
    """Where a person's own files go (semantics 5.2: paths)."""

    def get_artifacts_path(
        self,
        rel_path: str | None = None,
        *,
        ensure_path: bool = False,
        is_dir: bool = False,
        use_store_path: bool = False,
    ) -> str:
        """A path inside the run folder, as text.

        Args:
            rel_path: the path relative to the folder; empty for the folder itself.
            ensure_path: make the folder it lies in, and with `is_dir` itself.
            is_dir: whether it is to be a folder.
            use_store_path: accepted for existing scripts: what lies in the run is shipped to the store.

        Raises:
            InputError: `rel_path` is no path, or leads out of the run.
        """
        del use_store_path
        return _path(self._place, "", rel_path, ensure_path=ensure_path, is_dir=is_dir)

    def get_outputs_path(
        self,
        rel_path: str | None = None,
        *,
        ensure_path: bool = True,
        is_dir: bool = False,
        use_store_path: bool = False,
    ) -> str:
        """A path inside the run's outputs, as text (see `get_artifacts_path`); what lies there is shipped.

        Raises:
            InputError: `rel_path` is no path, or leads out of the outputs.
        """
        del use_store_path
        return _path(self._place, "outputs", rel_path, ensure_path=ensure_path, is_dir=is_dir)

    def mirror_outputs(self, rel_path: str | None = None) -> None:
        """Let what is deleted of an output, or of a folder of them, go from the store too; by default of all.

        Without it a file that is deleted here stays in the store.

        Raises:
            InputError: `rel_path` is no path, or leads out of the outputs.
        """
        relative = path_given("" if rel_path is None else rel_path, "rel_path")
        root = os.path.join(self._place.folder.path, "outputs")
        path = os.path.relpath(inside(root, relative) if relative else root, self._place.folder.path)
        self._place.fact("mirrored", path=path)

    def get_tensorboard_path(self, rel_path: str = "tensorboard", *, use_store_path: bool = False) -> str:
        """A folder inside the run's outputs for TensorBoard's event files, noted in the run's lineage.

        Raises:
            InputError: `rel_path` is no path, or leads out of the outputs.
        """
        from polyaxon_sdk.tracking.artifacts import log_lineage  # what copies comes with it

        del use_store_path
        path = self.get_outputs_path(rel_path, is_dir=True)
        log_lineage(self._place, "tensorboard", "tensorboard", f"outputs/{rel_path}", {})
        self._place.fact("meta", values={"has_tensorboard": True}, reset=False)
        return path


def _path(place: Place, folder: str, rel_path: str | None, *, ensure_path: bool, is_dir: bool) -> str:
    relative = path_given("" if rel_path is None else rel_path, "rel_path")
    ensure_path, is_dir = flag_given(ensure_path, "ensure_path"), flag_given(is_dir, "is_dir")
    root = os.path.join(place.folder.path, folder) if folder else str(place.folder.path)
    path = inside(root, relative) if relative else root
    if ensure_path:
        needed = path if is_dir or not relative else os.path.dirname(path)
        make = partial(os.makedirs, needed, exist_ok=True)
        if place.writes:
            place.keep(f"folder {needed!r}", make)
        else:
            make()
    return path
