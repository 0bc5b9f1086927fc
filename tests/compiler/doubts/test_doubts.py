"""What a file may say though nothing can come of it: a warning each."""

from __future__ import annotations

from typing import Any

import pytest

from polyaxon_sdk.compiler import Globals, check, compile_operation
from polyaxon_sdk.polyflow import read_operation

JOB: dict[str, Any] = {"kind": "job", "container": {"image": "a"}}
LR = [{"name": "lr", "type": "float", "value": 0.1}]
CRON = "expected minute, hour, day, month and weekday such as '0 9 * * MON', or @daily"


def operation(**fields: Any) -> Any:
    return read_operation({"component": {"inputs": LR, "run": JOB}, **fields})


def running(**fields: Any) -> Any:
    return read_operation({"run": {**JOB, **fields}})


def container(**fields: Any) -> Any:
    return running(container={"image": "a", **fields})


def search(kind: str, **fields: Any) -> Any:
    return operation(matrix={"kind": kind, **fields})


def space(value: object) -> Any:
    return search("grid", params={"lr": {"kind": "linspace", "value": value}})


def drawn(kind: str, value: object) -> Any:
    return search("random", numRuns=2, params={"lr": {"kind": kind, "value": value}})


def join(query: str, **fields: Any) -> Any:
    return operation(joins=[{"query": query, "params": {"u": {"value": "globals.uuid"}}, **fields}])


STOP = {"kind": "failure_early_stopping", "percent": 150}
POLICY = {"kind": "truncation", "percent": -1}
METRIC = {"kind": "metric_early_stopping", "metric": "a", "value": 1, "optimization": "maximize"}
HYPERBAND = {
    "maxIterations": 9,
    "resource": {"name": "lr"},
    "metric": {"name": "loss"},
    "params": {"lr": {"kind": "uniform", "value": "0:1"}},
}
UNKNOWN = "params.u: no input has this name, so only templates see it"


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        (
            operation(termination={"maxRetries": -1}),
            "termination.maxRetries: -1 is not allowed, expected 0 or more",
        ),
        (operation(termination={"ttl": -5}), "termination.ttl: -5 is not allowed, expected 0 or more"),
        (operation(termination={"timeout": 0}), "termination.timeout: 0 is not allowed, expected 1 or more"),
        (
            operation(termination={"culling": {"timeout": -1}}),
            "termination.culling.timeout: -1 is not allowed, expected 1 or more",
        ),
        (
            operation(schedule={"kind": "cron", "cron": "every monday"}),
            f"schedule.cron: 'every monday' is no cron line, {CRON}",
        ),
        (
            operation(schedule={"kind": "cron", "cron": "99 * * * *"}),
            f"schedule.cron: '99 * * * *' is no cron line, {CRON}",
        ),
        (
            operation(schedule={"kind": "cron", "cron": "0 0 31 2 *"}),
            f"schedule.cron: '0 0 31 2 *' is no cron line, {CRON}",
        ),
        (
            operation(schedule={"kind": "cron", "cron": "@dayly"}),
            f"schedule.cron: '@dayly' is no cron line, {CRON}",
        ),
        (
            operation(
                schedule={"kind": "interval", "frequency": 1, "startAt": "2030-01-02", "endAt": "2030-01-01"}
            ),
            "schedule.endAt: '2030-01-01' is not after startAt, expected a later moment",
        ),
        (
            join("statuss:succeeded"),
            "joins[0].query: character 1: no run has a field 'statuss', did you mean 'status'?",
        ),
        (
            join("status:succeeded", sort="-metric.loss"),
            "joins[0].sort: no run has a field 'metric.loss', did you mean 'metrics'?",
        ),
        (search("mapping", values=[]), "matrix.values: no run at all, expected at least one mapping"),
        (search("grid", params={}), "matrix.params: nothing to search, expected inputs and their values"),
        (join("kind:job", limit=0), "joins[0].limit: 0 is not allowed, expected 1 or more"),
        (join("kind:job", offset=-1), "joins[0].offset: -1 is not allowed, expected 0 or more"),
        (join("kind:job", params={}), "joins[0].params: nothing is collected, expected names and paths"),
        (
            join("kind:job", params={"u": {"value": {}}}),
            "joins[0].params.u: neither files nor dirs, expected one of them",
        ),
        (
            join("kind:job", params={"u": {"value": {"file": ["a"]}}}),
            "joins[0].params.u.value.file: unknown field, expected files or dirs, did you mean 'files'?",
        ),
        (
            join("kind:job", params={"u": {"value": -3}}),
            "joins[0].params.u: -3 is no path of a run's value, expected such as outputs.loss",
        ),
        (
            search("hyperband", **{**HYPERBAND, "metric": None}),
            "matrix.metric: missing, expected the output that ranks runs",
        ),
        (
            search("hyperband", **{**HYPERBAND, "maxIterations": None}),
            "matrix.maxIterations: no run at all, expected 1 or more",
        ),
        (
            search("hyperband", **{**HYPERBAND, "params": None}),
            "matrix.params: nothing to search, expected inputs and their values",
        ),
        (drawn("choice", None), "matrix.params.lr.value: no values, expected at least one"),
        (drawn("uniform", None), "matrix.params.lr.value: no values, expected at least one"),
        (drawn("normal", "0:-1"), "matrix.params.lr.value.scale: -1 gives no values, expected 0 or more"),
        (drawn("range", "0:1:-1"), "matrix.params.lr.value.step: -1 gives no values, expected more than 0"),
        (
            drawn("loguniform", "0:1000"),
            "matrix.params.lr.value: e to the 1000 is no number, expected natural logarithms, such as -9.2 for 0.0001",
        ),
        (space("0:1:-2"), "matrix.params.lr.value.num: -2 gives no values, expected 1 or more"),
        (
            search("grid", params={"lrr": {"kind": "choice", "value": [1]}}),
            "matrix.params.lrr: no input has this name, so only templates see it, did you mean 'lr'?",
        ),
        (
            search("mapping", values=[{"lr": 1}, {"lrr": 1}]),
            "matrix.values[1].lrr: no input has this name, so only templates see it, did you mean 'lr'?",
        ),
        (
            search("mapping", values=[{"lr": 1}], earlyStopping=[STOP]),
            "matrix.earlyStopping[0].percent: 150 is not allowed, expected 0 to 100",
        ),
        (
            search("mapping", values=[{"lr": 1}], earlyStopping=[{**METRIC, "policy": POLICY}]),
            "matrix.earlyStopping[0].policy.percent: -1 is not allowed, expected 0 to 100",
        ),
        (
            search(
                "mapping",
                values=[{"lr": 1}],
                earlyStopping=[{**METRIC, "policy": {"kind": "median", "evaluationInterval": 0}}],
            ),
            "matrix.earlyStopping[0].policy.evaluationInterval: 0 is not allowed, expected 1 or more",
        ),
        (
            search("hyperband", **HYPERBAND, eta=1.0001),
            "matrix.eta: 1.0001 gives more than 100 brackets, expected a larger one, such as 3",
        ),
        (container(image="a:b:c"), "run.container.image: 'a:b:c' is no image, expected such as name:tag"),
        (
            container(image="two words"),
            "run.container.image: 'two words' is no image, expected such as name:tag",
        ),
        (container(command=5), "run.container.command: 5 is not allowed, expected a list or text"),
        (
            container(resources={"limit": {"cpu": 1}}),
            "run.container.resources.limit: unknown field, expected limits or requests, did you mean 'limits'?",
        ),
        (
            container(resources={"limits": {"cpu": "lots"}}),
            "run.container.resources.limits.cpu: 'lots' is no amount, expected such as 500m or 2Gi",
        ),
        (
            container(resources={"limits": {"nvidia.com/gpu": 0.5}}),
            "run.container.resources.limits.nvidia.com/gpu: 0.5 is no amount, expected a whole number",
        ),
        (
            container(resources={"requests": {"cpu": 4}, "limits": {"cpu": 1}}),
            "run.container.resources.requests.cpu: 4 is more than the limit 1, expected at most the limit",
        ),
        (
            container(resources={"requests": {"memory": "2Gi"}, "limits": {"memory": "1024Mi"}}),
            "run.container.resources.requests.memory: 2Gi is more than the limit 1024Mi, expected at most the limit",
        ),
        (running(init=[{}]), "run.init[0]: does nothing, expected a source such as git or artifacts"),
        (
            read_operation({"run": {"kind": "service", "ports": [80, 70000], "container": {"image": "a"}}}),
            "run.ports[1]: 70000 is no port, expected 1 to 65535",
        ),
        (
            read_operation(
                {"run": {"kind": "mpijob", "worker": {"replicas": -2, "container": {"image": "a"}}}}
            ),
            "run.worker.replicas: -2 is not allowed, expected 0 or more",
        ),
    ],
)
def test_what_nothing_can_come_of_is_a_warning(asked: Any, line: str) -> None:
    assert [each for each in check(asked) if each != UNKNOWN] == [line]


@pytest.mark.parametrize(
    "asked",
    [
        operation(termination={"maxRetries": 0, "ttl": 0, "timeout": 1, "culling": {"timeout": 60}}),
        operation(termination={"maxRetries": "{{ lr }}"}),
        operation(schedule={"kind": "cron", "cron": "0 0 * * MON"}),
        operation(schedule={"kind": "cron", "cron": "*/15 9-17 * * mon-fri"}),
        operation(schedule={"kind": "cron", "cron": "@quarterly"}),
        operation(schedule={"kind": "cron", "cron": "@hourly"}),
        operation(schedule={"kind": "cron", "cron": "{{ lr }} * * * *"}),
        operation(
            schedule={
                "kind": "interval",
                "frequency": 1,
                "startAt": "2030-01-01",
                "endAt": "2030-01-01T01:00:00Z",
            }
        ),
        join("metrics.loss:< 0.01, project.name:vision, kind: job", sort="-metrics.accuracy,created_at"),
        join("metrics.{{ lr }}:{{ lr }}", sort="{{ lr }}"),
        search("grid", params={"lr": {"kind": "choice", "value": [1]}}),
        search("grid", params={"other": {"kind": "choice", "value": [1]}}),
        search("grid", params="{{ lr }}"),
        search("hyperband", **HYPERBAND),
        search("hyperband", **HYPERBAND, eta=1.5),
        container(image="host:5000/a/b:1.0@sha256:" + "0" * 64),
        container(image="{{ lr }}"),
        container(command="{{ lr }}", ports="{{ lr }}"),
        container(
            resources={"requests": {"cpu": "250m", "memory": 512}, "limits": {"cpu": 1, "memory": "1e9"}}
        ),
        container(resources={"limits": {"nvidia.com/gpu": 1, "cpu": "{{ lr }}"}}),
        container(resources="{{ lr }}"),
        running(init=[{"connection": "data"}, {"container": {"image": "a"}}, {"paths": ["a"]}]),
    ],
)
def test_what_may_be_right_is_no_warning(asked: Any) -> None:
    assert [each for each in check(asked) if each != UNKNOWN] == []


def test_a_warning_of_a_dags_operation_has_its_place() -> None:
    node = {"name": "a", "termination": {"maxRetries": -1}, "component": {"run": JOB}}
    inner = {"name": "b", "component": {"run": {"kind": "dag", "operations": [node]}}}
    dag = read_operation({"run": {"kind": "dag", "operations": [node, inner]}})
    line = "termination.maxRetries: -1 is not allowed, expected 0 or more"
    assert check(dag) == [f"run.operations[0].{line}", f"run.operations[1].run.operations[0].{line}"]


def test_what_templates_give_is_doubted_when_they_are_resolved() -> None:
    asked = operation(
        schedule={"kind": "cron", "cron": "{{ hour }} * * * *"},
        termination={"maxRetries": "{{ retries }}", "ttl": -1},
        params={"hour": {"value": 99, "contextOnly": True}, "retries": {"value": -2, "contextOnly": True}},
    )
    assert check(asked) == ["termination.ttl: -1 is not allowed, expected 0 or more"]
    assert compile_operation(asked, run=Globals()).warnings == (
        "termination.ttl: -1 is not allowed, expected 0 or more",
        "termination.maxRetries: -2 is not allowed, expected 0 or more",
        f"schedule.cron: '99 * * * *' is no cron line, {CRON}",
    )
