"""What the init steps of a drafted run find on this machine."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from polyaxon_sdk.exceptions import RunNotFoundError
from polyaxon_sdk.index.page import list_page
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.index.selector import resolve
from polyaxon_sdk.polyflow import V1Connection, V1Container
from polyaxon_sdk.projects.shelf import Shelf
from polyaxon_sdk.projects.version import Version, VersionKind
from polyaxon_sdk.runner.draft import Draft, project_of
from polyaxon_sdk.runner.inits.earlier import EarlierRuns
from polyaxon_sdk.runner.inits.place import Place
from polyaxon_sdk.runner.inits.planning import Around
from polyaxon_sdk.runner.inits.process import ProcessStep
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import is_uuid
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.storage.chunked_store import ChunkedStore
from polyaxon_sdk.storage.connections import connections
from polyaxon_sdk.storage.store import Store, open_store

__all__ = ["around_of"]

_PIPELINES = frozenset({"dag", "matrix", "schedule"})


def around_of(drafted: Draft, process: Callable[[V1Container], ProcessStep]) -> Around:
    """The folders, runs, versions, stores, connections and mirrors that the run's init steps may use.

    Raises:
        InputError: a setting can't be read.
    """
    settings = drafted.settings
    url = settings.artifacts_store
    store = None if url is None else lambda: ChunkedStore(open_store(url))
    return Around(
        place=Place(drafted.context / "artifacts", drafted.folder.path),
        runs=EarlierRuns(settings.runs, store, partial(_meant, settings)),
        versions=partial(_version, drafted),
        process=process,
        store=store,
        connections={each.name: each for each in connections(settings)},
        open_connection=_open,
        mirrors=settings.git_mirrors,
    )


def _meant(settings: Settings, text: str) -> list[str]:
    """The runs of the home that are called so, or begin so; of a search or a dag its runs, in those within it too."""
    found = RunFolder(settings.runs / text) if is_uuid(text) else _named(settings, text)
    if found is None or not found.record.is_dir():
        return []
    return _within(settings, found.uuid) if read_run(found).kind in _PIPELINES else [found.uuid]


def _named(settings: Settings, text: str) -> RunFolder | None:
    try:
        return resolve(settings, text)
    except RunNotFoundError:
        return None


def _within(settings: Settings, pipeline: str) -> list[str]:
    rows = list_page(settings, Question(f"pipeline:{pipeline}")).rows
    runs = (_within(settings, row.uuid) if row.kind in _PIPELINES else [row.uuid] for row in rows)
    return [uuid for each in runs for uuid in each]


def _version(drafted: Draft, kind: VersionKind, reference: str) -> Version:
    """The version that `[[OWNER/]PROJECT:]VERSION` names."""
    project, _, name = reference.rpartition(":")
    owner, title = drafted.owner, drafted.project
    if project:
        owner, title = project_of(project) if "/" in project else (owner, project)
    return Shelf(drafted.settings.home / "hub", owner, title).get(kind, name)


def _open(connection: V1Connection) -> Store:
    return ChunkedStore(open_store(connection))
