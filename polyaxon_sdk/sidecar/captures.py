"""What was captured of code and environment, kept for the next runs of the same process."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TypeVar

from polyaxon_sdk.runs.drained import write_whole
from polyaxon_sdk.runs.masking import masker_in
from polyaxon_sdk.runs.sync import sync
from polyaxon_sdk.secrets.masker import Masker
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.sidecar.capture import CodeRef, capture_code, capture_environment
from polyaxon_sdk.types import Json

__all__ = ["Captures"]

K = TypeVar("K")
T = TypeVar("T")


class Captures:
    """Captures the same thing once, and keeps the same text once on the disk; safe from several threads.

    >>> captures = Captures()
    >>> captures.environment() is captures.environment()
    True
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._codes: dict[tuple[str, str], CodeRef | None] = {}
        self._environments: dict[str, dict[str, Json]] = {}
        self._texts: dict[Masker, bytes] = {}
        self._files: dict[str, Path] = {}
        self._masker: tuple[Settings, Masker] | None = None

    def masker(self, settings: Settings) -> Masker:
        """What takes secrets out of what this process writes down: made anew where the settings are others."""
        known = self._masker
        if known is None or known[0] != settings:
            known = self._masker = settings, masker_in(settings)
        return known[1]

    def code(self, cwd: str, script: str) -> CodeRef | None:
        """As `capture_code`."""
        return self._once(self._codes, (cwd, script), lambda: capture_code(cwd, script=script))

    def environment(self) -> dict[str, Json]:
        """As `capture_environment`."""
        return self._once(self._environments, "", capture_environment)

    def environment_as(self, masker: Masker) -> bytes:
        """The same as a file holds it, without secrets: written out and searched once, as it names every package."""
        found = self.environment()
        return self._once(
            self._texts,
            masker,
            lambda: masker.text(json.dumps(found, indent=1)).encode("utf-8", "surrogateescape"),
        )

    def write(self, path: Path, text: str) -> None:
        """Write a text whole, as another name of the file that has it already, where there is one.

        Raises:
            OSError: the disk is full or broken.
        """
        if self._link(self._files.get(text), path):
            sync(path.parent)
            return
        write_whole(path, text.encode("utf-8", "surrogateescape"))
        self._files[text] = path

    def _link(self, known: Path | None, path: Path) -> bool:
        if known is None:
            return False
        try:
            os.link(known, path)
        except OSError:  # that run is gone, this one has the file, or the disk has no such names
            return False
        return True

    def _once(self, known: dict[K, T], key: K, capture: Callable[[], T]) -> T:
        with self._lock:
            if key not in known:
                known[key] = capture()
            return known[key]
