"""From the init steps of a compiled operation to what this machine does, worked out before anything is created."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from attrs import evolve, field, frozen

from polyaxon_sdk.exceptions import InputError, StoreError, did_you_mean
from polyaxon_sdk.polyflow import (
    V1ArtifactsType,
    V1Connection,
    V1Container,
    V1DockerfileType,
    V1FileType,
    V1GitConnection,
    V1GitType,
    V1Init,
    V1TensorboardType,
)
from polyaxon_sdk.runner.inits.boards import board_step
from polyaxon_sdk.runner.inits.earlier import EarlierRuns
from polyaxon_sdk.runner.inits.fetched import FetchStep, Wanted, run_of
from polyaxon_sdk.runner.inits.git import GitStep
from polyaxon_sdk.runner.inits.place import Place
from polyaxon_sdk.runner.inits.process import ProcessStep
from polyaxon_sdk.runner.inits.referred import Referred, Versions, of_lineage, of_version
from polyaxon_sdk.runner.inits.repository import access_of, repository_name
from polyaxon_sdk.runner.inits.step import Step
from polyaxon_sdk.runner.inits.written import dockerfile_step, file_step
from polyaxon_sdk.runs.names import is_uuid
from polyaxon_sdk.storage.store import Store

__all__ = ["Around", "steps_of"]


@frozen(kw_only=True)
class Around:
    """What init steps find on this machine.

    Args:
        place: the folders that they fill.
        runs: those of the home, and of the store where there is one.
        versions: finds the version that a reference names.
        process: how a container's command is carried out; refuses what can't be.
        store: the artifacts store; None where there is none.
        connections: those that are configured, by name.
        open_connection: opens the store behind one of them.
        mirrors: where repositories lie whose URLs begin so.
    """

    place: Place
    runs: EarlierRuns
    versions: Versions
    process: Callable[[V1Container], ProcessStep]
    store: Callable[[], Store] | None = None
    connections: Mapping[str, V1Connection] = field(factory=dict)
    open_connection: Callable[[V1Connection], Store]
    mirrors: Mapping[str, str] = field(factory=dict)


_SHOWN = 3
"""How many of the keys of a step its title has."""


def steps_of(inits: Sequence[V1Init], around: Around, *, names: Sequence[str] = ()) -> tuple[Step, ...]:
    """The steps in their order.

    Args:
        inits: as they are specified.
        around: what they need.
        names: the inputs that the first of them are of.

    Raises:
        InputError: one of them can't be carried out here; its field is named.
    """
    steps = [_Planned(init, around, f"run.init[{at}]").step() for at, init in enumerate(inits)]
    for at, name in enumerate(names[: len(steps)]):
        if isinstance(step := steps[at], FetchStep):
            steps[at] = evolve(step, title=f"{name}: {step.title}")
    count = Counter(repository_name(step.url) for step in steps if isinstance(step, GitStep))
    return tuple(_told_apart(step, count) for step in steps)


def _told_apart(step: Step, count: Counter[str]) -> Step:
    """A clone is called with its revision where the run has several of its repository."""
    if not isinstance(step, GitStep) or step.revision is None or count[repository_name(step.url)] == 1:
        return step
    return evolve(step, name=f"{repository_name(step.url)}@{step.revision}")


class _Planned:
    """One step of the specification."""

    def __init__(self, init: V1Init, around: Around, path: str) -> None:
        self._init = init
        self._around = around
        self._path = path

    def step(self) -> Step:
        init = self._init
        if init.container is not None and (init.container.command or init.container.args):
            return self._process(init.container)
        if isinstance(init.git, V1GitType) or (init.source is None and self._is_git):
            return self._git(init.git or V1GitType())
        if isinstance(init.file, V1FileType):
            name = init.file.filename or "file"
            return file_step(init.file, self._inside(name, of="file.filename"), path=f"{self._path}.file")
        if isinstance(init.dockerfile, V1DockerfileType):
            name = init.dockerfile.filename or "Dockerfile"
            return dockerfile_step(init.dockerfile, self._inside(name, of="dockerfile.filename"))
        if isinstance(init.artifacts, V1ArtifactsType):
            return self._artifacts(init.artifacts)
        if isinstance(init.tensorboard, V1TensorboardType):
            folder = self._inside(of="path")
            return board_step(init.tensorboard, folder, self._around.runs, path=f"{self._path}.tensorboard")
        if (referred := self._referred()) is not None:
            return self._brought(referred)
        if init.connection is not None and init.source in {None, "paths"}:
            return self._connection_paths(init.connection)
        raise InputError(
            f"{init.source or 'a step without a source'} isn't carried out for a local process",
            path=f"{self._path}.{init.source}" if init.source else self._path,
            expected="a source, a connection, or a container with a command",
        )

    def _process(self, container: V1Container) -> ProcessStep:
        try:
            return self._around.process(container)
        except InputError as error:
            inner = (error.path or "").removeprefix("run.container").lstrip(".")
            error.path = f"{self._path}.container" + (f".{inner}" if inner else "")
            raise

    @property
    def _connection(self) -> V1Connection | None:
        name, known = self._init.connection, self._around.connections
        if name is None:
            return None
        if name not in known:
            expected = f"one of {', '.join(sorted(known))}" if known else "one that is configured"
            raise InputError(
                f"unknown connection {name!r}",
                path=f"{self._path}.connection",
                expected=expected,
                hint=did_you_mean(name, known),
            )
        return known[name]

    @property
    def _is_git(self) -> bool:
        connection = self._connection
        return connection is not None and connection.kind == "git"

    def _inside(self, *parts: str, of: str) -> Path:
        """A destination below the step's own path, or below `globals.artifacts_path`."""
        base = (self._init.path,) if self._init.path else ()
        return self._around.place.inside(*base, *parts, path=f"{self._path}.{of}")

    def _git(self, git: V1GitType) -> GitStep:
        connection = self._connection
        schema = connection.schema if connection else None
        known = schema if isinstance(schema, V1GitConnection) else V1GitConnection()
        url = git.url or known.url or ""
        try:
            name = repository_name(url)
            access = access_of(connection, self._around.mirrors)
        except InputError as error:
            raise InputError(error.what, path=f"{self._path}.git.url", expected=error.expected) from error
        except StoreError as error:
            raise InputError(str(error), path=f"{self._path}.connection") from error
        flags = git.flags if isinstance(git.flags, list) else known.flags
        return GitStep(
            url=url,
            target=self._inside(name, of="path"),
            revision=git.revision or (known.revision if not git.url else None),
            flags=tuple(map(str, flags or ())),
            access=access,
        )

    def _artifacts(self, artifacts: V1ArtifactsType) -> FetchStep:
        given = [("files", each) for each in _listed(artifacts.files)]
        given += [("dirs", each) for each in _listed(artifacts.dirs)]
        wanted = [self._artifact(kind, each, at) for at, (kind, each) in enumerate(given)]
        if not wanted:
            raise InputError("nothing to fetch", path=f"{self._path}.artifacts", expected="files or dirs")
        workers = artifacts.workers if isinstance(artifacts.workers, int) else None
        title = f"artifacts {_keys(wanted)}"
        return FetchStep(title=title, wanted=wanted, workers=workers, upstream=run_of)

    def _artifact(self, kind: str, each: object, at: int) -> Wanted:
        source, target = _pair(each, f"{self._path}.artifacts.{kind}[{at}]")
        store = self._store_of(source, f"{self._path}.artifacts.{kind}")
        return Wanted(
            store, source, self._inside(target, of=f"artifacts.{kind}"), "file" if kind == "files" else "dir"
        )

    def _store_of(self, key: str, path: str) -> Store:
        """Where the files of runs are: in this home where it has the run, else in the store."""
        connection = self._connection
        if connection is not None:
            return self._around.open_connection(connection)
        run = key.partition("/")[0]
        store = (
            self._around.runs.store_of(run) if is_uuid(run) else self._around.store and self._around.store()
        )
        if store is not None:
            return store
        if is_uuid(run):
            raise InputError(f"no run {run!r} in this home, and no artifacts store", path=path)
        raise InputError(
            f"no artifacts store has {key!r}",
            path=path,
            expected="the path of a run, UUID/..., a connection, or the setting artifacts_store",
        )

    def _connection_paths(self, name: str) -> FetchStep:
        connection = self._connection
        if connection is None:
            raise InputError("no connection", path=f"{self._path}.connection")
        store = self._around.open_connection(connection)
        paths = self._init.paths
        listed = [paths] if isinstance(paths, str) else list(paths or [""])
        wanted = []
        for at, each in enumerate(listed):
            source, target = _pair(each, f"{self._path}.paths[{at}]") if each else ("", "")
            base = () if self._init.path else (name,)
            wanted.append(Wanted(store, source, self._inside(*base, target, of="paths")))
        return FetchStep(title=f"{name} {_keys(wanted)}", wanted=wanted)

    def _referred(self) -> Referred | None:
        """What the step's reference leads to; None where it has none."""
        init, around = self._init, self._around
        if init.lineage_ref is not None:
            return of_lineage(around.runs, init.lineage_ref, path=f"{self._path}.lineageRef")
        if init.model_ref is not None:
            path = f"{self._path}.modelRef"
            return of_version(around.runs, around.versions, "model", init.model_ref, path=path)
        if init.artifact_ref is not None:
            path = f"{self._path}.artifactRef"
            return of_version(around.runs, around.versions, "artifact", init.artifact_ref, path=path)
        return None

    def _brought(self, referred: Referred) -> FetchStep:
        init = self._init
        inner = _Planned(
            evolve(init, connection=init.connection or referred.connection), self._around, self._path
        )
        of = init.source or ""
        wanted = [
            Wanted(inner._store_of(key, f"{self._path}.{of}"), key, self._inside(key, of=of))
            for key in referred.keys
        ]
        title = f"artifacts {_keys(wanted)}"
        return FetchStep(title=title, wanted=wanted, upstream=run_of)


def _keys(wanted: Sequence[Wanted]) -> str:
    """What is fetched, for a person; of many the first."""
    keys = [each.key or "/" for each in wanted]
    more = [f"and {len(keys) - _SHOWN} more"] if len(keys) > _SHOWN else []
    return ", ".join([*keys[:_SHOWN], *more])


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _pair(each: object, path: str) -> tuple[str, str]:
    """The path there, and the path here, which is the same unless a pair says otherwise."""
    pair = [each, each] if isinstance(each, str) else each
    if not isinstance(pair, list) or len(pair) != 2 or not all(isinstance(part, str) for part in pair):
        raise InputError(f"{each!r} is no path", path=path, expected="a path, or [path there, path here]")
    source = os.path.normpath(pair[0]).strip("/")
    if source.startswith("..") or source == ".":
        raise InputError(f"{pair[0]!r} leads out of the store", path=path, expected="a path inside of it")
    target = source if isinstance(each, str) else pair[1]
    return source, target
