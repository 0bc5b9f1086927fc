"""Typical mistakes: one line each, with its place, its field, what was expected and the nearest word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from polyaxon_sdk.compiler import check
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile import read_files

JOB = "run: {kind: job, container: {image: a}}"
"""What `JOB` stands for in the files below."""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "kind: component\nspeed: fast\nJOB\n",
            "main.yml:2:1: speed: unknown field",
        ),
        ("kind: component\nnmae: a\nJOB\n", "main.yml:2:1: nmae: unknown field, did you mean 'name'?"),
        ("kind: component\nNAME: a\nJOB\n", "main.yml:2:1: NAME: unknown field, did you mean 'name'?"),
        (
            "kind: component\nrun: {kind: daskjob}\n",
            "main.yml:2:7: run.kind: unknown kind 'daskjob', expected job, service, dag, tfjob, pytorchjob, mpijob, "
            "raycluster, daskcluster, notifier, cleaner, tuner, did you mean 'daskcluster'?",
        ),
        (
            "kind: component\nrun:\n  kind: job\n  containr: {image: a}\n",
            "main.yml:4:3: run.containr: unknown field, did you mean 'container'?",
        ),
        (
            "kind: component\nrun:\n  kind: job\n  container:\n    imgae: a\n",
            "main.yml:5:5: run.container.imgae: unknown field, did you mean 'image'?",
        ),
        (
            "kind: component\ninputs:\n- name: lr\n  typ: float\nJOB\n",
            "main.yml:4:3: inputs[0].typ: unknown field, did you mean 'type'?",
        ),
        (
            "kind: component\ninputs:\n- name: lr\n  type: float\n  validation: {min: 1}\nJOB\n",
            "main.yml:5:16: inputs[0].validation.min: unknown field, did you mean 'ge'?",
        ),
        (
            "kind: component\nplugins: {colectLogs: true}\nJOB\n",
            "main.yml:2:11: plugins.colectLogs: unknown field, did you mean 'collectLogs'?",
        ),
        (
            "kind: component\ntermination: {retries: 3}\nJOB\n",
            "main.yml:2:15: termination.retries: unknown field, did you mean 'maxRetries'?",
        ),
        (
            "kind: component\nrun:\n  kind: job\n  init:\n  - git: {uri: a}\n",
            "main.yml:5:11: run.init[0].git.uri: unknown field, did you mean 'url'?",
        ),
        (
            "kind: component\nrun:\n  kind: job\n  environment: {nodeSelectors: {a: b}}\n",
            "main.yml:4:17: run.environment.nodeSelectors: unknown field, did you mean 'nodeSelector'?",
        ),
        (
            "kind: operation\nparams: {lr: {value: 1, vlaue: 2}}\n",
            "main.yml:2:25: params.lr.vlaue: unknown field, did you mean 'value'?",
        ),
        (
            "kind: operation\nmatrix: {kind: grid, param: {}}\n",
            "main.yml:2:22: matrix.param: unknown field, did you mean 'params'?",
        ),
        (
            "kind: operation\njoins:\n- {query: 'a:1', param: {}}\n",
            "main.yml:3:18: joins[0].param: unknown field, did you mean 'params'?",
        ),
        (
            "kind: operation\nrunPatch: {conteiner: {image: a}}\ncomponent:\n  JOB\n",
            "main.yml:2:12: runPatch.conteiner: unknown field, did you mean 'container'?",
        ),
        (
            "kind: component\ncache: {tll: 3}\nJOB\n",
            "main.yml:2:9: cache.tll: unknown field, did you mean 'ttl'?",
        ),
        (
            "kind: componet\nJOB\n",
            "main.yml:1:1: kind: unknown kind 'componet', expected component or operation, did you "
            "mean 'component'?",
        ),
        (
            "kind: component\ninputs: [{name: ''}]\nJOB\n",
            "main.yml:2:11: inputs[0].name: an empty name, expected letters, digits and _",
        ),
        (
            "kind: component\ncmd: ls\nrun: {kind: dag, operations: [{name: a, component: {run: {kind: job}}}]}\n",
            "main.yml:2:1: cmd: a dag takes no cmd",
        ),
        (
            "kind: component\nports: [80]\nrun: {kind: tfjob, worker: {container: {image: a}}}\n",
            "main.yml:2:1: ports: a tfjob takes no ports",
        ),
        (
            "kind: component\nrun: {kind: job, image: a}\n",
            "main.yml:2:18: run.image: unknown field, did you mean 'container'?",
        ),
        (
            "kind: operation\njoins: [{query: 'a:1', params: {x: {value: outptus.x}}}]\n"
            "component: {inputs: [{name: x, isList: true}], run: {kind: job}}\n",
            "main.yml:2:33: joins[0].params.x: 'outptus.x' is no path of a run's value, expected globals, inputs, "
            "outputs, io, artifacts, did you mean 'outputs'?",
        ),
        (
            "kind: operation\njoins: [{query: 'a:1', params: {x: {value: outputs}}}]\n"
            "component: {inputs: [{name: x, type: float, isList: true}], run: {kind: job}}\n",
            "main.yml:2:33: joins[0].params.x: all outputs of a run is dict, expected float",
        ),
        (
            "kind: operation\nparams: {globals: 3}\ncomponent:\n  JOB\n",
            "main.yml:2:10: params.globals: 'globals' is taken by templates, expected another name",
        ),
        (
            "kind: operation\nmatrix: {kind: hyperopt, algorithm: annel, params: {}}\n",
            "main.yml:2:26: matrix.algorithm: unknown algorithm 'annel', expected tpe, anneal, rand, did you "
            "mean 'anneal'?",
        ),
        (
            "kind: operation\nschedule: {kind: repeatable, limit: 3}\n",
            "main.yml:2:12: schedule.kind: 'repeatable' is no more, expected interval with a frequency, or cron",
        ),
        ("kind: Job\n", "main.yml:1:1: kind: unknown kind 'Job', expected component or operation"),
        (
            "kind: component\nrun: {kind: jobb}\n",
            "main.yml:2:7: run.kind: unknown kind 'jobb', expected job, service, dag, tfjob, "
            "pytorchjob, mpijob, raycluster, daskcluster, notifier, cleaner, tuner, did you mean "
            "'job'?",
        ),
        (
            "kind: component\nrun: {container: {image: a}}\n",
            "main.yml:2:1: run.kind: missing, expected job, service, dag, tfjob, pytorchjob, mpijob, "
            "raycluster, daskcluster, notifier, cleaner, tuner",
        ),
        (
            "kind: operation\nmatrix: {kind: gridsearch, params: {}}\n",
            "main.yml:2:10: matrix.kind: unknown kind 'gridsearch', expected mapping, grid, random, "
            "hyperband, bayes, tpe, iterative, asha, did you mean 'grid'?",
        ),
        (
            "kind: operation\nmatrix: {params: {}}\n",
            "main.yml:2:1: matrix.kind: missing, expected mapping, grid, random, hyperband, bayes, "
            "tpe, iterative, asha",
        ),
        (
            "kind: operation\nschedule: {kind: crn, cron: '* * * * *'}\n",
            "main.yml:2:12: schedule.kind: unknown kind 'crn', expected cron, interval, datetime, "
            "did you mean 'cron'?",
        ),
        (
            "kind: operation\nmatrix: {kind: grid, params: {lr: {kind: choise, value: [1]}}}\n",
            "main.yml:2:36: matrix.params.lr.kind: unknown kind 'choise', expected choice, pchoice, "
            "range, linspace, logspace, geomspace, daterange, datetimerange, uniform, quniform, "
            "loguniform, qloguniform, normal, qnormal, lognormal, qlognormal, did you mean 'choice'?",
        ),
        ("kind: component\nname: 12\nJOB\n", "main.yml:2:1: name: 12 is not allowed, expected text"),
        (
            "kind: component\nname: two words\nJOB\n",
            "main.yml:2:1: name: invalid name 'two words', expected letters, digits, - and _ only",
        ),
        (
            "kind: component\ntags: {a: b}\nJOB\n",
            "main.yml:2:1: tags: {'a': 'b'} is not allowed, expected a list",
        ),
        ("kind: component\ninputs: lr\nJOB\n", "main.yml:2:1: inputs: 'lr' is not allowed, expected a list"),
        (
            "kind: component\ninputs: [lr]\nJOB\n",
            "main.yml:2:10: inputs[0]: 'lr' is not allowed, expected a mapping",
        ),
        (
            "kind: component\ntermination: {timeout: soon}\nJOB\n",
            "main.yml:2:15: termination.timeout: 'soon' is not allowed, expected a whole number or a "
            "template",
        ),
        (
            "kind: component\nplugins: {collectLogs: sometimes}\nJOB\n",
            "main.yml:2:11: plugins.collectLogs: 'sometimes' is not allowed, expected true or false",
        ),
        (
            "kind: component\nrun: {kind: service, ports: [http], container: {image: a}}\n",
            "main.yml:2:30: run.ports[0]: 'http' is not allowed, expected a whole number",
        ),
        (
            "kind: component\nrun: {kind: job, container: image}\n",
            "main.yml:2:18: run.container: 'image' is not allowed, expected a mapping",
        ),
        (
            "kind: component\nrun: job\n",
            "main.yml:2:1: run: 'job' is not allowed, expected a mapping with a kind",
        ),
        (
            "kind: component\nversion: newest\nJOB\n",
            "main.yml:2:1: version: 'newest' is not allowed, expected a number",
        ),
        ("kind: operation\nparams: [1]\n", "main.yml:2:1: params: [1] is not allowed, expected a mapping"),
        (
            "kind: operation\npatchStrategy: merge\n",
            "main.yml:2:1: patchStrategy: 'merge' is not one of them, expected replace, isnull, "
            "post_merge, pre_merge, did you mean 'pre_merge'?",
        ),
        (
            "kind: component\nrun: {kind: dag, operations: [{name: a, trigger: all_succeded, "
            "component: {run: {kind: job}}}]}\n",
            "main.yml:2:41: run.operations[0].trigger: 'all_succeded' is not one of them, expected "
            "all_succeeded, all_failed, all_done, one_succeeded, one_failed, one_done, did you mean "
            "'all_succeeded'?",
        ),
        (
            "kind: operation\nhooks: [{hubRef: slack, trigger: finished}]\n",
            "main.yml:2:25: hooks[0].trigger: 'finished' is not one of them, expected failed, "
            "stopped, succeeded, skipped, upstream_failed, done",
        ),
        (
            "kind: operation\nmatrix: {kind: bayes, numInitialRuns: 1, maxIterations: 1, metric: "
            "{name: a, optimization: min}, params: {}}\n",
            "main.yml:2:78: matrix.metric.optimization: 'min' is not one of them, expected maximize, "
            "minimize, did you mean 'minimize'?",
        ),
        (
            "kind: operation\nevents: [{ref: ops.a, kinds: [run_status_runing]}]\n",
            "main.yml:2:31: events[0].kinds[0]: 'run_status_runing' is not one of them, expected one "
            "of 32 words, did you mean 'run_status_running'?",
        ),
        (
            "kind: component\ninputs:\n- type: int\nJOB\n",
            "main.yml:3:3: inputs[0].name: missing, expected text",
        ),
        (
            "kind: operation\njoins:\n- params: {a: {value: outputs.loss}}\n",
            "main.yml:3:3: joins[0].query: missing, expected text",
        ),
        (
            "kind: operation\nmatrix: {kind: random, params: {}}\n",
            "main.yml:2:1: matrix.numRuns: missing, expected a whole number or a template",
        ),
        (
            "kind: operation\nschedule: {kind: interval}\n",
            "main.yml:2:1: schedule.frequency: missing, expected text or a number",
        ),
        (
            "kind: operation\nhooks: [{trigger: failed}]\n",
            "main.yml:2:9: hooks[0].hubRef: missing, expected text",
        ),
        (
            "kind: component\nname: a\n",
            "main.yml:1:1: run: nothing to run, expected a component with a runtime",
        ),
        (
            "kind: component\ninputs: [{name: epochs, type: int}]\nJOB\n",
            "main.yml:2:10: params.epochs: missing, expected a value of type int",
        ),
        (
            "kind: component\ninputs: [{name: lr, type: flaot}]\nJOB\n",
            "main.yml:2:21: inputs[0].type: unknown type 'flaot', did you mean 'float'?",
        ),
        (
            "kind: component\ninputs: [{name: lr, type: float}, {name: lr}]\nJOB\n",
            "main.yml:2:36: inputs[1].name: a second 'lr', expected unique names",
        ),
        (
            "kind: component\ninputs: [{name: globals}]\nJOB\n",
            "main.yml:2:11: inputs[0].name: 'globals' is taken by templates, expected another name",
        ),
        (
            "kind: component\ninputs: [{name: n, type: int, value: many}]\nJOB\n",
            "main.yml:2:31: inputs[0].value: 'many' is not a value of type int, expected a whole number",
        ),
        (
            "kind: component\ninputs: [{name: n, type: int, isList: true, value: [1, two]}]\nJOB\n",
            "main.yml:2:45: inputs[0].value: [1, 'two'] is not a value of type list[int], expected a "
            "list of int",
        ),
        (
            "kind: component\ninputs: [{name: n, type: int, isFlag: true}]\nJOB\n",
            "main.yml:2:31: inputs[0].isFlag: a flag can't be of type int, expected type bool",
        ),
        (
            "kind: component\ninputs: [{name: n, type: int, value: 1, isOptional: false}]\nJOB\n",
            "main.yml:2:41: inputs[0].isOptional: 'n' has a default, expected true or no default",
        ),
        (
            "kind: component\ninputs: [{name: o, options: [adam, sgd], value: rmsprop}]\nJOB\n",
            "main.yml:2:42: inputs[0].value: 'rmsprop' is not allowed, expected one of 'adam', 'sgd'",
        ),
        (
            "kind: component\ninputs: [{name: n, type: int, default: 3}]\nJOB\n",
            "main.yml:2:31: inputs[0].default: unknown field, did you mean 'value'?",
        ),
        (
            "kind: operation\nparams: {n: a}\n"
            "component: {inputs: [{name: n, type: int}], run: {kind: job}}\n",
            "main.yml:2:10: params.n: 'a' is not a value of type int, expected a whole number",
        ),
        (
            "kind: operation\nstrictParams: true\nparams: {epoch: 1}\n"
            "component: {inputs: [{name: epochs, value: 1}], run: {kind: job}}\n",
            "main.yml:3:10: params.epoch: no such input, did you mean 'epochs'?",
        ),
        (
            "kind: operation\nparams: {n: {ref: op.a, value: outputs.n}}\n"
            "component: {inputs: [{name: n}], run: {kind: job}}\n",
            "main.yml:2:14: params.n.ref: invalid reference 'op.a', expected dag, ops.NAME or runs.UUID, "
            "did you mean 'ops.a'?",
        ),
        (
            "kind: operation\nhubRef: a\npathRef: b.yml\n",
            "main.yml:1:1: hubRef and pathRef: which one?, expected one reference",
        ),
        ("kind: operation\npathRef: nowhere.yml\n", "main.yml:2:1: pathRef: no such file: nowhere.yml"),
        (
            "kind: operation\npathRef: main.yml\n",
            "main.yml:2:1: pathRef: files refer to each other in a circle: main.yml -> main.yml",
        ),
        (
            "kind: component\nrun: {kind: dag, operations: []}\n",
            "main.yml:2:18: run.operations: no operations, expected at least one",
        ),
        (
            "kind: component\nrun:\n  kind: dag\n  operations:\n"
            "  - {name: a, dependencies: [b], component: {run: {kind: job}}}\n"
            "  - {name: b, dependencies: [a], component: {run: {kind: job}}}\n",
            "main.yml:4:3: run.operations: operations wait for each other in a circle: a -> b -> a",
        ),
        (
            "kind: component\nrun:\n  kind: dag\n  operations:\n"
            "  - {name: a, dependencies: [c], component: {run: {kind: job}}}\n",
            "main.yml:5:5: run.operations[0]: 'a' waits for 'c', which is no operation of this dag",
        ),
        (
            "kind: component\nrun:\n  kind: dag\n  operations:\n  - {name: a, dagRef: trian}\n"
            "  components:\n  - {name: train, run: {kind: job}}\n",
            "main.yml:5:15: run.operations[0].dagRef: no component 'trian' in this dag, did you mean "
            "'train'?",
        ),
        (
            "kind: operation\nmatrix: {kind: grid, params: {lr: {kind: uniform, value: [0, 1]}}}\n",
            "main.yml:2:31: matrix.params.lr: a grid can't enumerate uniform, expected choice, "
            "range, linspace, logspace or geomspace",
        ),
        (
            "kind: operation\nmatrix: {kind: grid, params: {lr: {kind: choice, value: 0.1}}}\n",
            "main.yml:2:50: matrix.params.lr.value: 0.1 is not allowed, expected a list or a template",
        ),
        (
            "kind: operation\nmatrix: {kind: grid, params: {lr: {kind: range, value: '1:5'}}}\n",
            "main.yml:2:49: matrix.params.lr.value: 2 parts, expected start:stop:step",
        ),
        (
            "kind: operation\nmatrix: {kind: grid, params: {lr: {kind: linspace, value: '5:1:3'}}}\n",
            "main.yml:2:52: matrix.params.lr.value: start 5 is not below stop 1, expected start < stop",
        ),
        (
            "kind: operation\nmatrix: {kind: random, numRuns: 2, params: {lr: {kind: pchoice, value: "
            "[[1, 0.7], [2, 0.7]]}}}\n",
            "main.yml:2:65: matrix.params.lr.value: the probabilities sum to 1.4, expected at most 1",
        ),
        (
            "kind: operation\nmatrix: {kind: mapping, concurrency: 0, values: [{lr: 1}]}\n",
            "main.yml:2:25: matrix.concurrency: 0 is not allowed, expected more than 0",
        ),
        (
            "kind: operation\nmatrix: {kind: grid, params: {lr: {kind: linspace, value: '0:1:3'}}}\n"
            "component: {inputs: [{name: lr, type: str}], run: {kind: job}}\n",
            "main.yml:2:31: matrix.params.lr: linspace gives no str, expected an input of type float or int",
        ),
        (
            "kind: operation\njoins: [{query: 'a:1', params: {u: {value: globals.uuid}}}]\n"
            "component: {inputs: [{name: u, type: uuid}], run: {kind: job}}\n",
            "main.yml:2:33: joins[0].params.u: a join gives a list, 'u' is one uuid, expected "
            "isList: true for the input",
        ),
        (
            "kind: component\nrun: {kind: job, container: {image: {{ image }}}}\n",
            'main.yml:2:37: an unquoted template, expected quotes around it: "{{ image }}"',
        ),
        (
            "kind: component\nname: {{ name }}\n",
            'main.yml:2:7: an unquoted template, expected quotes around it: "{{ name }}"',
        ),
        ("kind: component\nrun:\n\tkind: job\n", "main.yml:3:1: a tab indents this line, expected spaces"),
        ("kind: component\nkind: operation\n", "main.yml:2:1: a second 'kind', expected each key once"),
        (
            "kind: component\nname: 'a\n",
            "main.yml:3:1: no valid YAML: found unexpected end of stream while scanning a quoted scalar",
        ),
        ("- a\n", "main.yml:1:1: a list or a single value, expected a component or an operation"),
        ("", "main.yml: nothing in it, expected a component or an operation"),
    ],
)
def test_a_mistake_is_told_in_one_line(
    text: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("main.yml").write_text(text.replace("JOB", JOB))
    with pytest.raises(InputError, match=f"^{re.escape(line)}$"):
        _check(Path("main.yml"))


def _check(path: Path) -> None:
    found = read_files([path])
    with found.locating():
        check(found.operation)
