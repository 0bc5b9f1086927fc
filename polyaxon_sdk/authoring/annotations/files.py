"""Annotations of files and folders: File, Dir, Dataset, Model, Artifacts."""

from __future__ import annotations

import os
from pathlib import PosixPath

from polyaxon_sdk.authoring.annotations.meaning import Meaning, Read, refusing
from polyaxon_sdk.authoring.vocabulary.artifacts import ARTIFACTS, local_path
from polyaxon_sdk.polyflow.values import parse

__all__ = ["read_file"]


def read_file(annotation: object, _: Read) -> Meaning | None:
    """An artifact: a path in JSON, in the function a local one; what is returned is logged under its kind."""
    if not isinstance(annotation, type) or annotation not in ARTIFACTS:
        return None
    kind: type[PosixPath] = annotation
    expected = f"the path of a {kind.__name__.lower()}"

    def build(value: object) -> object:
        return kind(local_path(str(parse("path", value))))

    def spell(value: object) -> object:
        if not isinstance(value, str | os.PathLike):
            raise TypeError
        return os.fspath(value)

    return Meaning("path", refusing(build, expected), refusing(spell, expected), artifact=ARTIFACTS[kind])
