"""Mistakes in templates: told by a check, before there is a run, as by compiling, and to programs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from polyaxon_sdk.compiler import Globals, compile_operation
from polyaxon_sdk.compiler.contract import answer_check, answer_compile
from polyaxon_sdk.compiler.naming import check_templates
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile import Polyaxonfile, read_files

HEAD = """\
kind: component
inputs:
- {name: lr, type: float, value: 0.1}
- {name: conv, type: dict, value: {size: 2}}
"""
JOB = HEAD + "run:\n  kind: job\n  container:\n    image: a\n    args:\n    - ok\n    - '%s'\n"
"""A job with a template in its last line."""

MISTAKES = [
    (
        JOB % "{{ lrr }}",
        "main.yml:11:7: run.container.args[1]: template '{{ lrr }}' names 'lrr', which doesn't "
        "exist, did you mean 'lr'?",
    ),
    (
        JOB % "{{ globals.uid }}",
        "main.yml:11:7: run.container.args[1]: template '{{ globals.uid }}' names 'uid', which "
        "doesn't exist, did you mean 'uuid'?",
    ),
    (
        JOB % "{{ params.lrr.value }}",
        "main.yml:11:7: run.container.args[1]: template '{{ params.lrr.value }}' names 'lrr', "
        "which doesn't exist, did you mean 'lr'?",
    ),
    (
        JOB % "{{ params.lr.vale }}",
        "main.yml:11:7: run.container.args[1]: template '{{ params.lr.vale }}' names 'vale', "
        "which doesn't exist, did you mean 'value'?",
    ),
    (
        JOB % "{{ conv.sise }}",
        "main.yml:11:7: run.container.args[1]: template '{{ conv.sise }}' names 'sise', which "
        "doesn't exist, did you mean 'size'?",
    ),
    (
        JOB % "{{ zzz }}",
        "main.yml:11:7: run.container.args[1]: template '{{ zzz }}' names 'zzz', which doesn't "
        "exist, expected one of init, lr, conv, params, globals, connections",
    ),
    (
        JOB % "--lr={{ lr * factor }}",
        "main.yml:11:7: run.container.args[1]: template '--lr={{ lr * factor }}' names 'factor', "
        "which doesn't exist, expected one of init, lr, conv, params, globals, connections",
    ),
    (
        JOB % "{{ lr }",
        "main.yml:11:7: run.container.args[1]: template '{{ lr }': unexpected '}'",
    ),
    (
        JOB % "{% for x in conv %}",
        "main.yml:11:7: run.container.args[1]: template '{% for x in conv %}': Unexpected end of "
        "template. Jinja was looking for the following tags: 'endfor' or 'else'. The innermost "
        "block that needs to be closed is 'for'.",
    ),
    (
        JOB % "{{ lr | rond }}",
        "main.yml:11:7: run.container.args[1]: template '{{ lr | rond }}': no filter 'rond', did "
        "you mean 'round'?",
    ),
    (
        JOB % "{{ lr is odddd }}",
        "main.yml:11:7: run.container.args[1]: template '{{ lr is odddd }}': no test 'odddd', "
        "did you mean 'odd'?",
    ),
    (
        JOB % "{% fro x in conv %}{% endfor %}",
        "main.yml:11:7: run.container.args[1]: template '{% fro x in conv %}{% endfor %}': "
        "Encountered unknown tag 'fro'.",
    ),
    (
        JOB % "{{ lrr if lrr else 1 }}",
        "main.yml:11:7: run.container.args[1]: template '{{ lrr if lrr else 1 }}' names 'lrr', "
        "which doesn't exist, did you mean 'lr'?",
    ),
    (
        HEAD + 'name: "{{ lrr }}-a"\nrun: {kind: job, container: {image: a}}\n',
        "main.yml:5:1: name: template '{{ lrr }}-a' names 'lrr', which doesn't exist, did you mean 'lr'?",
    ),
    (
        HEAD + 'run: {kind: job, container: {image: "{{ imge }}"}}\n',
        "main.yml:5:30: run.container.image: template '{{ imge }}' names 'imge', which doesn't "
        "exist, expected one of init, lr, conv, params, globals, connections",
    ),
    (
        HEAD + 'termination: {timeout: "{{ tim }}"}\nrun: {kind: job}\n',
        "main.yml:5:15: termination.timeout: template '{{ tim }}' names 'tim', which doesn't "
        "exist, expected one of init, lr, conv, params, globals, connections",
    ),
    (
        HEAD + 'container: {image: a}\ncmd: "train {{ lrr }}"\n',
        "main.yml:6:1: run.container.args[0]: template 'set -e\\ntrain {{ lrr }}' names 'lrr', "
        "which doesn't exist, did you mean 'lr'?",
    ),
    (
        HEAD + 'container: {image: "{{ lrr }}"}\n',
        "main.yml:5:13: run.container.image: template '{{ lrr }}' names 'lrr', which doesn't "
        "exist, did you mean 'lr'?",
    ),
    (
        HEAD + 'run: {kind: job, container: {image: a}}\nrunPatch: {container: {args: ["{{ lrr }}"]}}\n',
        "main.yml:6:31: run.container.args[0]: template '{{ lrr }}' names 'lrr', which doesn't "
        "exist, did you mean 'lr'?",
    ),
    (
        HEAD + '- {name: n, value: 1, argFormat: "-n={{ m }}"}\nrun: {kind: job, container: {image: a}}\n',
        "main.yml:5:23: params.n.argFormat: template '-n={{ m }}' names 'm', which doesn't "
        "exist, expected one of lr, conv, n",
    ),
    (
        HEAD + '- {name: n, type: str, value: "{{ lrr }}"}\nrun: {kind: job, container: {image: a}}\n',
        "main.yml:5:24: params.n: template '{{ lrr }}' names 'lrr', which doesn't exist, did you mean 'lr'?",
    ),
    (
        'kind: operation\nparams: {n: {value: "{{ globals.uid }}"}}\ncomponent: {inputs: [{name: '
        "n}], run: {kind: job}}\n",
        "main.yml:2:10: params.n: template '{{ globals.uid }}' names 'uid', which doesn't exist, "
        "did you mean 'uuid'?",
    ),
    (
        'kind: operation\nparams:\n  n: {value: "{{ m }}", contextOnly: true}\ncomponent: {run: '
        "{kind: job}}\n",
        "main.yml:3:3: params.n: template '{{ m }}' names 'm', which doesn't exist, expected one "
        "of globals, connections",
    ),
    (
        "kind: operation\ncomponent:\n  inputs: [{name: lr, value: 1}]\n  run: {kind: job, "
        'container: {args: ["{{ rl }}"]}}\n',
        "main.yml:4:39: run.container.args[0]: template '{{ rl }}' names 'rl', which doesn't "
        "exist, did you mean 'lr'?",
    ),
]


@pytest.fixture
def main(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that the mistakes are in."""
    monkeypatch.chdir(tmp_path)
    return Path("main.yml")


def read(main: Path, text: str) -> Polyaxonfile:
    """What is read of a file with this text."""
    main.write_text(text)
    return read_files([main])


@pytest.mark.parametrize(("text", "line"), MISTAKES)
def test_a_check_tells_it(text: str, line: str, main: Path) -> None:
    found = read(main, text)
    with pytest.raises(InputError, match=f"^{re.escape(line)}$"), found.locating():
        check_templates(found.operation)


@pytest.mark.parametrize(("text", "line"), MISTAKES)
def test_compiling_tells_the_same(text: str, line: str, main: Path) -> None:
    found = read(main, text)
    with pytest.raises(InputError, match=f"^{re.escape(line)}$"), found.locating():
        compile_operation(found.operation, run=Globals(uuid="ab"))


@pytest.mark.parametrize(("text", "line"), MISTAKES[:3])
def test_a_program_that_compiles_is_told_the_same(text: str, line: str, main: Path) -> None:
    main.write_text(text)
    assert answer_compile({"files": ["main.yml"]})["error"] == line


@pytest.mark.parametrize(("text", "line"), MISTAKES[:3])
def test_to_a_program_that_checks_it_is_a_warning(text: str, line: str, main: Path) -> None:
    main.write_text(text)
    assert answer_check({"files": ["main.yml"]})["warnings"] == [line]
