"""MLflow's runs, read by MLflow's own client: from a folder of files, a database or a server."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from polyaxon_sdk.client.extras import load_extra
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.importing.item import Dataset, Item, Point
from polyaxon_sdk.importing.left_out import LeftOut
from polyaxon_sdk.importing.mlflow_files import MlflowFiles
from polyaxon_sdk.importing.numbers import number_or_text
from polyaxon_sdk.importing.source_run import About, SourceRun
from polyaxon_sdk.runs.names import is_uuid
from polyaxon_sdk.tracking.parts import uuid_shared

__all__ = ["MlflowStore"]

_INSTALL = "polyaxon-sdk[mlflow]"
_STATUSES = {"FINISHED": "succeeded", "FAILED": "failed", "KILLED": "stopped"}
_SETTINGS = {
    "MLFLOW_ALLOW_FILE_STORE": True,
    "MLFLOW_DISABLE_TELEMETRY": True,
    "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR": False,
}
"""MLflow reads folders of files only where that is asked for, tells its makers of it, and shows progress bars."""

_PAGE = 1000
_LONGEST_TAG = 80


class MlflowStore:
    """A tracking URI of MLflow's, a folder such as `mlruns`, or a database file such as `mlflow.db`.

    Attributes:
        client: MLflow's.
        models: those that each run logged, by its id, once `runs` began.
    """

    def __init__(self, place: str) -> None:
        self._mlflow = load_extra("mlflow", _INSTALL)
        self._place = place
        uri = _uri_of(place)
        names = load_extra("mlflow.environment_variables", _INSTALL)
        for name, value in _SETTINGS.items():
            if (setting := getattr(names, name, None)) is not None:  # a version without it needs none
                setting.set(value)
        if (reset := getattr(self._mlflow, "set_telemetry_client", None)) is not None:
            reset()
        self.models: dict[str, list[Any]] = {}
        self.client = self.asked(lambda: self._mlflow.MlflowClient(tracking_uri=uri))

    @contextmanager
    def runs(self, left_out: LeftOut) -> Iterator[Iterator[SourceRun]]:
        """All runs of all experiments that are not deleted, the oldest first."""
        found = self.asked(self._found)
        deleted = self.asked(lambda: sum(1 for _ in self._pages("DELETED_ONLY")))
        if deleted:
            left_out.add("deleted run", "it is in MLflow's bin: restore it there", deleted)
        self._count_others(left_out)
        if not found:
            raise InputError("no run of MLflow lies there", where=self._place)
        folder = Path(tempfile.mkdtemp(prefix="polyaxon-"))
        try:
            files = MlflowFiles(self._mlflow, self.client, folder)
            yield (MlflowRun(self, run, experiment, files) for run, experiment in found)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _found(self) -> list[tuple[Any, str]]:
        found = list(self._pages("ACTIVE_ONLY"))
        return sorted(found, key=lambda each: each[0].info.start_time or 0)

    def _pages(self, view: str) -> Iterator[tuple[Any, str]]:
        types = load_extra("mlflow.entities", _INSTALL).ViewType
        for experiment in self._experiments(types.ALL):
            token = None
            while True:
                page = self.client.search_runs(
                    [experiment.experiment_id], "", getattr(types, view), _PAGE, page_token=token
                )
                yield from ((run, experiment.name) for run in page)
                if not (token := page.token):
                    break

    def _experiments(self, view: Any) -> Iterator[Any]:
        token = None
        while True:
            page = self.client.search_experiments(view_type=view, max_results=_PAGE, page_token=token)
            yield from page
            if not (token := page.token):
                return

    def _count_others(self, left_out: LeftOut) -> None:
        """What belongs to no run, as far as this kind of store knows it."""
        error = self._mlflow.exceptions.MlflowException
        types = load_extra("mlflow.entities", _INSTALL).ViewType
        with suppress(error):
            models = self.client.search_registered_models(max_results=_PAGE)
            if models:
                left_out.add("registered model", "promote a run's model instead", len(models))
        ids = [each.experiment_id for each in self._experiments(types.ALL)]
        with suppress(error, AttributeError, TypeError):  # of a version or a store without them
            if found := self.client.search_traces(experiment_ids=ids):
                left_out.add("trace", "MLflow keeps it beside its runs", len(found))
        with suppress(error, AttributeError, TypeError):  # see above
            for model in self._logged_models(ids):
                self.models.setdefault(model.source_run_id or "", []).append(model)
        if alone := self.models.get(""):
            left_out.add("logged model", "no run logged it", len(alone))

    def _logged_models(self, ids: list[str]) -> Iterator[Any]:
        token = None
        while True:
            page = self.client.search_logged_models(experiment_ids=ids, page_token=token)
            yield from page
            if not (token := page.token):
                return

    def asked(self, ask: Callable[[], Any]) -> Any:  # whatever MLflow has no types for
        """What MLflow answers.

        Raises:
            InputError: it can't read what is there.
        """
        try:
            return ask()
        except (self._mlflow.exceptions.MlflowException, SQLAlchemyError) as error:
            first = str(error).partition("\n")[0]
            raise InputError(f"MLflow can't read it: {first}", where=self._place) from error


class MlflowRun:
    """One run of MLflow's."""

    folder = None

    def __init__(self, store: MlflowStore, run: Any, experiment: str, files: MlflowFiles) -> None:
        self._asked = store.asked
        self._client = store.client
        self._models = store.models.get(run.info.run_id, [])
        self._run = run
        self._experiment = experiment
        self._files = files
        self.label = run.info.run_name or run.info.run_id
        self.uuid = _uuid_of(run.info.run_id)

    def items(self, left_out: LeftOut) -> Iterator[Item]:
        """The whole history of each metric, artifacts, models and data sets."""
        run_id = self._run.info.run_id
        for name in sorted(self._run.data.metrics):
            history = self._asked(partial(self._client.get_metric_history, run_id, name))
            for point in history:
                yield Point(name, point.step, point.timestamp / 1000, float(point.value))
        yield from self._files.artifacts(run_id, left_out)
        yield from self._files.models(self._models, left_out)
        for each in getattr(self._run.inputs, "dataset_inputs", None) or []:
            known = {"source": each.dataset.source, "source_type": each.dataset.source_type}
            yield Dataset(each.dataset.name, each.dataset.digest, {**known, "schema": each.dataset.schema})

    def about(self) -> About:
        """Params, tags, status and times."""
        info, tags = self._run.info, dict(self._run.data.tags)
        parent = tags.get("mlflow.parentRunId")
        status = _STATUSES.get(info.status)
        began = info.start_time or 0
        return About(
            name=info.run_name,
            project=self._experiment,
            description=tags.get("mlflow.note.content"),
            user=tags.get("mlflow.user"),
            tags=_tags_of(tags),
            status=status or "stopped",
            message="" if status else f"MLflow says that it is {info.status.lower()}",
            created_at=began / 1000,
            started_at=began / 1000,
            finished_at=(info.end_time or began) / 1000,
            upstream=None if parent is None else _uuid_of(parent),
            inputs={name: number_or_text(value) for name, value in self._run.data.params.items()},
            meta={"mlflow_tags": tags},
        )


def _tags_of(tags: Mapping[str, str]) -> list[str]:
    """A person's own tags; all of them are kept as they are in the run's meta."""
    own = (f"{name}={value}" for name, value in tags.items() if not name.startswith("mlflow."))
    return [tag for tag in own if len(tag) <= _LONGEST_TAG and "," not in tag]


def _uuid_of(run_id: str) -> str:
    return run_id if is_uuid(run_id) else uuid_shared("mlflow", run_id)


def _uri_of(place: str) -> str:
    """The tracking URI of what a person names.

    Raises:
        InputError: no such folder or file.
    """
    if "://" in place and not place.startswith(("file://", "sqlite:///")):
        return place
    path = Path(place.removeprefix("file://").removeprefix("sqlite:///"))
    if not path.exists():
        raise InputError(
            "there is no such folder or file", where=place, expected="a folder, a database or a URI"
        )
    if not (any(path.glob("*/meta.yaml")) if path.is_dir() else _has_tables(path)):
        # MLflow would make a store of it.
        raise InputError("no run of MLflow lies there", where=place, expected="mlruns or mlflow.db")
    return path.resolve().as_uri() if path.is_dir() else f"sqlite:///{path.resolve()}"


def _has_tables(path: Path) -> bool:
    """Whether a file is a database of MLflow's."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            found = database.execute("SELECT 1 FROM sqlite_master WHERE name = 'experiments'").fetchone()
    except sqlite3.Error:
        return False
    return found is not None
