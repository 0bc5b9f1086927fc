"""A compiled container as an operating system takes it: words and environment variables."""

from __future__ import annotations

from polyaxon_sdk.compiler.contexts import as_text
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1CompiledOperation, V1Container
from polyaxon_sdk.polyflow.problems import at

__all__ = ["command_line", "environment_of"]


def command_line(container: V1Container) -> list[str]:
    """The words of `command` and `args`; an item that came to nothing is left out.

    A `command` or `args` that is one text is one word.

    Raises:
        SpecError: a value of the container isn't of its field's type.

    >>> command_line(V1Container(command=["train"], args=["--n", 3, None]))
    ['train', '--n', '3']
    """
    with at("run", "container"):
        container.check()
    words: list[object] = []
    for part in (container.command, container.args):
        words += part if isinstance(part, list) else [] if part is None else [part]
    return [_word(word) for word in words if word is not None]


def environment_of(operation: V1CompiledOperation, container: V1Container) -> dict[str, str]:
    """The container's `env`, and the inputs that name a variable in `toEnv`.

    Raises:
        InputError: an entry takes its value from the cluster, which isn't here.

    >>> from polyaxon_sdk.polyflow import V1IO
    >>> operation = V1CompiledOperation(inputs=[V1IO(name="lr", value=0.1, to_env="LR")])
    >>> environment_of(operation, V1Container(env=[{"name": "A", "value": "1"}]))
    {'A': '1', 'LR': '0.1'}
    """
    variables = _entries(container.env)
    for io in [*(operation.contexts or []), *(operation.inputs or [])]:
        if io.to_env and io.value is not None:
            variables[io.to_env] = as_text(io)
    return variables


def _entries(env: object) -> dict[str, str]:
    if isinstance(env, dict):
        return {str(name): _word(value) for name, value in env.items() if value is not None}
    variables: dict[str, str] = {}
    for position, entry in enumerate(env if isinstance(env, list) else []):
        path = f"run.container.env[{position}]"
        if not isinstance(entry, dict) or "name" not in entry:
            raise InputError(f"{entry!r} is no variable", path=path, expected="{name: ..., value: ...}")
        if "valueFrom" in entry or "value_from" in entry:
            raise InputError("a value from the cluster isn't here", path=path, expected="value")
        variables[str(entry["name"])] = _word(entry.get("value"))
    return variables


def _word(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
