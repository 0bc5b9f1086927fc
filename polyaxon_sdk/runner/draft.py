"""An operation compiled for a run of this machine."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from polyaxon_sdk.compiler import Compilation, Globals, Merges, compile_operation, inheritance_of
from polyaxon_sdk.compiler.checking import with_params
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1CompiledOperation, V1Operation, write
from polyaxon_sdk.polyflow.recognition import is_dag, is_service
from polyaxon_sdk.runner.connected import connections_of
from polyaxon_sdk.runner.descent import Descent
from polyaxon_sdk.runner.feasible import is_pipeline
from polyaxon_sdk.runner.upstream import Edge, with_upstream
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.secrets.masker import is_masked
from polyaxon_sdk.settings import Settings

if TYPE_CHECKING:
    from polyaxon_sdk.runner.services.ports import Ports

__all__ = ["Draft", "Labels", "check_store", "check_whole", "draft", "labelled", "ports_of", "project_of"]


@frozen(kw_only=True)
class Labels:
    """What a person calls a run; what is None or empty stays as the operation has it.

    Args:
        project: `name` or `owner/name`; by default the configured one.
        tags: added to the operation's own.
    """

    project: str | None = None
    name: str | None = None
    description: str | None = None
    tags: Sequence[str] = ()


@frozen(kw_only=True)
class Draft:
    """An operation compiled for a run of this machine, whether or not it can be carried out here.

    Args:
        folder: where the run will lie.
        context: the folder behind `globals.artifacts_path`.
        settings: of the home that it will lie in.
        edges: the runs that it took values from.
        warnings: a line each.
        source: what it was compiled from, with its params; None where that is not known.
        descent: which run it comes from; None where it is a run of its own.
        ports: those that a service is given; None where it is none.
    """

    folder: RunFolder
    context: Path
    settings: Settings
    owner: str
    project: str
    operation: V1CompiledOperation
    edges: tuple[Edge, ...] = ()
    warnings: tuple[str, ...] = ()
    source: V1Operation | None = None
    descent: Descent | None = None
    ports: Ports | None = None


def draft(
    operation: V1Operation,
    *,
    settings: Settings,
    params: Mapping[str, object],
    labels: Labels,
    folder: RunFolder | None = None,
    inherited: V1CompiledOperation | None = None,
    schedule_at: str | None = None,
    ports_before: Sequence[int] = (),
    merges: Merges | None = None,
) -> Draft:
    """Compile an operation for a run on this machine; nothing is created.

    Args:
        operation: as `polyaxonfile` reads it.
        params: values above the operation's own; texts are read by the input's type.
        folder: where the run lies; by default it is a new one.
        inherited: the dag or the search that the run is of; None where it is a run of its own.
        schedule_at: the ISO moment that its schedule names; None where it has none.
        ports_before: those of a service that has ended, which it is given again where they are free.
        merges: of whoever drafts an operation again and again with other params.

    Raises:
        InputError: the operation, a param or a label is wrong.
    """
    owner, project = project_of(labels.project or settings.project)
    check_store(settings)
    folder = folder or RunFolder(settings.runs / new_uuid())
    context = settings.home / "contexts" / folder.uuid
    named = labelled(operation, labels)
    known = _globals(named, folder=folder, context=context, owner=owner, project=project, at=schedule_at)
    filled = with_upstream(named, run=known, settings=settings, params=params)
    handed = inheritance_of(inherited) if inherited is not None and is_dag(inherited.run) else None
    compiled = partial(
        compile_operation,
        filled.operation,
        run=known,
        params=params,
        connections=connections_of(settings),
        inherited=handed,
        merges=merges,
    )
    compilation, ports = _with_ports(compiled, ports_before)
    check_whole(compilation.operation)
    source = with_params(named, params)
    doubted = _named(source) if inherited is None and is_pipeline(compilation.operation) else []
    return Draft(
        folder=folder,
        context=context,
        settings=settings,
        owner=owner,
        project=project,
        operation=compilation.operation,
        edges=filled.edges,
        warnings=tuple(dict.fromkeys([*compilation.warnings, *doubted])),
        source=source,
        ports=ports,
    )


def _with_ports(
    compiled: Callable[..., Compilation], kept: Sequence[int]
) -> tuple[Compilation, Ports | None]:
    """Compile, and once more with the ports that are asked for; with the warnings of both."""
    first = compiled()
    ports = ports_of(first.operation, kept=kept)
    if ports is None:
        return first, None
    second = compiled(ports=ports.numbers)
    return evolve(second, warnings=(*first.warnings, *second.warnings)), ports


def _named(source: V1Operation) -> list[str]:
    """Refuse what names, in the runs that a pipeline consists of, what there won't be; they are compiled hours later.

    Returns:
        Warnings, a line each.
    """
    from polyaxon_sdk.compiler.naming import check_templates  # a look through all of it, for pipelines

    return check_templates(source)


def ports_of(operation: V1CompiledOperation, *, kept: Sequence[int] = ()) -> Ports | None:
    """Free ports for a service, those that it asks for where they are; None for what listens nowhere, or not yet."""
    run = operation.run
    if not is_service(run) or not isinstance(run.ports, list) or is_pipeline(operation) or operation.joins:
        return None
    from polyaxon_sdk.runner.services.ports import Ports  # sockets cost 5 ms

    return Ports.reserve(run.ports, kept=kept)


def check_whole(operation: V1CompiledOperation) -> None:
    """Refuse what was read back from where it had been masked.

    Raises:
        InputError: it was.
    """
    names = [name for name, value in operation.values().items() if is_masked(value)]
    if names:
        raise InputError(
            f"masked when it was written down: {', '.join(names)}",
            path="inputs",
            expected=f"the real value: {' '.join(f'-P {name}=…' for name in names)}",
        )
    if is_masked(write({"run": operation.run})):
        raise InputError(
            "holds what was masked when it was written down", path="run", expected="the real values"
        )


def check_store(settings: Settings) -> None:
    """Refuse an artifacts store that can't be one.

    Raises:
        InputError: its URL is wrong.
    """
    if settings.artifacts_store is not None:
        # asyncio costs 27 ms, which those whose runs stay in the home needn't pay.
        from polyaxon_sdk.storage.store import open_store

        try:
            open_store(settings.artifacts_store)
        except InputError as error:
            error.where = settings.sources["artifacts_store"]
            raise


def project_of(text: str) -> tuple[str, str]:
    """The owner and the name in `name` or `owner/name`.

    Raises:
        InputError: they can't be those of a project.

    >>> project_of("digits"), project_of("acme/digits")
    (('default', 'digits'), ('acme', 'digits'))
    """
    owner, slash, name = text.rpartition("/")
    for part in (owner, name) if slash else (name,):
        if not re.fullmatch(r"[-\w]+(\.[-\w]+)*", part):
            raise InputError(
                f"invalid project {text!r}", expected="name or owner/name: letters, digits, - and _"
            )
    return owner or "default", name


def labelled(operation: V1Operation, labels: Labels) -> V1Operation:
    """The operation called as a person calls its run.

    >>> labelled(V1Operation(name="fit", tags=["a"]), Labels(name="again", tags=["b"])).name
    'again'
    """
    under = operation.component
    name = labels.name or operation.name or (under.name if under else None)
    description = labels.description or operation.description
    tags = list(dict.fromkeys([*(operation.tags or []), *labels.tags])) or None
    if (name, description, tags) == (operation.name, operation.description, operation.tags):
        return operation
    return evolve(operation, name=name, description=description, tags=tags)


def _globals(
    named: V1Operation, *, folder: RunFolder, context: Path, owner: str, project: str, at: str | None
) -> Globals:
    now = datetime.now(UTC).isoformat()
    return Globals(
        owner_name=owner,
        project_name=project,
        name=named.name or "",
        uuid=folder.uuid,
        context_path=str(context),
        artifacts_path=str(context / "artifacts"),
        run_artifacts_path=str(folder.path),
        created_at=now,
        compiled_at=now,
        schedule_at=at,
    )
