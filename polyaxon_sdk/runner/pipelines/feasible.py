"""What of a dag or a search this machine can't carry out, told before anything starts."""

from __future__ import annotations

from pathlib import Path

from attrs import evolve

from polyaxon_sdk.compiler import merge, nodes_of
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1CompiledOperation
from polyaxon_sdk.polyflow.recognition import is_dag
from polyaxon_sdk.runner.draft import Draft
from polyaxon_sdk.runner.executors.executor import Task
from polyaxon_sdk.runner.feasible import containers_of
from polyaxon_sdk.runner.pipelines.events import statuses_of
from polyaxon_sdk.runner.pipelines.programs import check_launcher, check_program
from polyaxon_sdk.runner.pipelines.search import without_matrix
from polyaxon_sdk.runner.pipelines.taken import check_taken
from polyaxon_sdk.runner.pipelines.tuning import has_tuner, tuner_of
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runner.room.machine import check_fits
from polyaxon_sdk.runner.room.needs import needs_of_run
from polyaxon_sdk.runs.masking import masker_here
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.tuners.extent import told_of
from polyaxon_sdk.tuners.starting import search_of

__all__ = ["plan_pipeline"]


def plan_pipeline(drafted: Draft) -> Plan:
    """The plan of a dag or a search; what it consists of is planned when it starts.

    Raises:
        InputError: a run of it could not start here; the field that asks for more is named.
    """
    _check_whole(drafted)
    told = told_of(drafted.operation.matrix) if drafted.operation.matrix is not None else ""
    output = drafted.folder.journal / "main.out"
    return Plan(
        folder=drafted.folder,
        owner=drafted.owner,
        project=drafted.project,
        operation=drafted.operation,
        task=Task(words=(), environment={}, folder=Path.cwd(), output=output),
        masker=masker_here(),
        edges=drafted.edges,
        notes=(told,) if told else (),
        source=drafted.source,
        descent=drafted.descent,
        pipeline=drafted,
    )


def _check_whole(drafted: Draft) -> None:
    if drafted.operation.matrix is None:
        _check(evolve(drafted.operation, schedule=None), "", drafted.settings)
    elif drafted.source is not None:
        if has_tuner(drafted.operation.matrix):
            tuner = tuner_of(drafted.operation.matrix, drafted.settings)
            _check(evolve(merge(tuner), schedule=None), "matrix.tuner.", drafted.settings)
        else:
            search_of(drafted.operation.matrix)
        tried = evolve(merge(without_matrix(drafted.source)), schedule=None)
        _check(tried, "", drafted.settings)
        check_program(tried)  # of each run alike
        check_taken(drafted.operation.matrix, tried)


def _check(merged: V1CompiledOperation, path: str, settings: Settings) -> None:
    """Refuse what a run of this operation, or one within it, can't be."""
    if not is_dag(merged.run):
        # What a search, a join or a condition adds is carried out by the pipeline itself.
        single = evolve(merged, conditions=None, matrix=None, joins=None, events=None)
        try:
            containers_of(single, settings.image_commands)
            check_fits(needs_of_run(single.run), settings)
            check_launcher(single)
        except InputError as error:
            error.path = f"{path}{error.path}"
            raise
        return
    for position, node in enumerate(nodes_of(merged.run).values()):
        inner = f"{path}run.operations[{position}]."
        try:
            statuses_of(node)
        except InputError as error:
            error.path = f"{inner}{error.path}"
            raise
        _check(merge(node), inner, settings)
