"""Verbs for lineage: what a run read and made, where it lies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from polyaxon_sdk.tracking.given import called, name_or
from polyaxon_sdk.tracking.verbs.placed import Placed

if TYPE_CHECKING:
    from polyaxon_sdk.tracking.artifacts import StrPath
    from polyaxon_sdk.tracking.references import Reference

__all__ = ["ReferenceVerbs"]

Summary = Mapping[str, object]


class ReferenceVerbs(Placed):
    """What is noted without a copy (semantics 5.2: references); unique in a run by name and kind.

    Where no hash is given it is computed from what lies there, which takes the time to read it.
    """

    def log_artifact_ref(
        self,
        path: StrPath | None,
        kind: str,
        name: str | None = None,
        hash: str | None = None,  # noqa: A002  # the name that existing scripts give
        content: object = None,
        *,
        summary: Summary | None = None,
        is_input: bool = False,
        rel_path: str | None = None,
        skip_hash_calculation: bool = False,
    ) -> None:
        """Note a file, a folder or a URL in the run's lineage.

        Args:
            path: where it lies.
            kind: what it is, such as `file`, `dir`, `model` or `data` (semantics 5.9).
            name: what it is called in the run; by default the file's name without its ending.
            hash: a hash that is known.
            content: the thing itself, to compute the hash from.
            summary: whatever else is known of it.
            is_input: whether the run read it, or made it.
            rel_path: its path inside the run, where that is known.
            skip_hash_calculation: note it without a hash.

        >>> run.log_artifact_ref("data/digits.csv", "data", is_input=True)  # doctest: +SKIP
        """
        from polyaxon_sdk.tracking.references import Reference  # paid by who logs one

        self._refer(
            Reference(
                path,
                kind,
                name,
                hash,
                content,
                summary,
                is_input,
                rel_path,
                skip_hash_calculation,
            )
        )

    def log_model_ref(
        self,
        path: StrPath,
        name: str | None = None,
        framework: str | None = None,
        *,
        summary: Summary | None = None,
        is_input: bool = False,
        rel_path: str | None = None,
        skip_hash_calculation: bool = False,
    ) -> None:
        """Note a model, and what made it (see `log_artifact_ref`).

        >>> run.log_model_ref(run.get_outputs_path("model.keras"), framework="keras")  # doctest: +SKIP
        """
        from polyaxon_sdk.tracking.references import Reference, note  # paid by who logs one

        where = Reference(path, "model", name, summary=summary, is_input=is_input)
        where = where._replace(rel_path=rel_path, skip_hash=skip_hash_calculation, framework=framework)
        self._refer(where)
        self._log("meta", note, has_model=True)

    def log_file_ref(
        self,
        path: StrPath,
        name: str | None = None,
        hash: str | None = None,  # noqa: A002  # the name that existing scripts give
        content: object = None,
        *,
        summary: Summary | None = None,
        is_input: bool = False,
        rel_path: str | None = None,
        skip_hash_calculation: bool = False,
    ) -> None:
        """Note a file (see `log_artifact_ref`).

        >>> run.log_file_ref("vocabulary.txt", is_input=True)  # doctest: +SKIP
        """
        from polyaxon_sdk.tracking.references import Reference  # paid by who logs one

        where = Reference(path, "file", name, hash, content, summary, is_input)
        self._refer(where._replace(rel_path=rel_path, skip_hash=skip_hash_calculation))

    def log_dir_ref(
        self,
        path: StrPath,
        name: str | None = None,
        hash: str | None = None,  # noqa: A002  # the name that existing scripts give
        *,
        summary: Summary | None = None,
        is_input: bool = False,
        rel_path: str | None = None,
        skip_hash_calculation: bool = False,
    ) -> None:
        """Note a folder; its hash is that of all files in it (see `log_artifact_ref`).

        >>> run.log_dir_ref("/data/digits", is_input=True, skip_hash_calculation=True)  # doctest: +SKIP
        """
        from polyaxon_sdk.tracking.references import Reference  # paid by who logs one

        where = Reference(path, "dir", name, hash, None, summary, is_input)
        self._refer(where._replace(rel_path=rel_path, skip_hash=skip_hash_calculation))

    def log_data_ref(
        self,
        name: str,
        hash: str | None = None,  # noqa: A002  # the name that existing scripts give
        path: StrPath | None = None,
        content: object = None,
        summary: Summary | None = None,
        *,
        is_input: bool = True,
        skip_hash_calculation: bool = False,
    ) -> None:
        """Note data by name: by its path, or by what it holds, such as an array or a table.

        >>> run.log_data_ref("digits", content=x_train)  # doctest: +SKIP
        """
        from polyaxon_sdk.tracking.references import Reference  # paid by who logs one

        where = Reference(path, "data", name, hash, content, summary, is_input)
        self._refer(where._replace(skip_hash=skip_hash_calculation))

    def log_tensorboard_ref(
        self,
        path: StrPath,
        name: str = "tensorboard",
        *,
        is_input: bool = False,
        rel_path: str | None = None,
    ) -> None:
        """Note a folder of TensorBoard's event files.

        >>> run.log_tensorboard_ref("logs/fit")  # doctest: +SKIP
        """
        from polyaxon_sdk.tracking.references import Reference, note  # paid by who logs one

        where = Reference(path, "tensorboard", name, is_input=is_input, skip_hash=True)
        self._refer(where._replace(rel_path=rel_path))
        self._log("meta", note, has_tensorboard=True)

    def log_code_ref(self, code_ref: Summary | None = None, *, is_input: bool = True) -> None:
        """Note the state of the code: as given, or as git tells of the working folder.

        The sidecar of a run does it by itself unless `track_code` is off.

        >>> run.log_code_ref({"url": "https://host/me/digits", "commit": "0f5a8b1"})  # doctest: +SKIP
        """
        from polyaxon_sdk.tracking.references import log_code  # paid by who logs one

        self._log("code reference", log_code, code_ref, is_input=is_input)

    def log_artifact_lineage(self, body: object, *, async_req: bool = True) -> None:
        """Note artifacts given in Polyaxon's own form: a dict, or an object with `to_dict`, or a list of these.

        `async_req` is accepted for existing scripts: no call here waits for a server.

        >>> run.log_artifact_lineage({"name": "digits", "kind": "data", "is_input": True})  # doctest: +SKIP
        """
        from polyaxon_sdk.tracking.references import log_body  # paid by who logs one

        del async_req
        self._log("lineage", log_body, body)

    def _refer(self, reference: Reference) -> None:
        from polyaxon_sdk.tracking.references import log_reference  # paid by who logs one

        name = name_or(reference.name, cast(str, reference.path))
        self._log(f"reference to {called(name)}", log_reference, reference)
