"""Many requests to one process: a JSON object a line in, one a line out."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable, Mapping

import click

from polyaxon_sdk.exceptions import InputError, PolyaxonError

__all__ = ["Answer", "Request", "answer_lines", "batch_option", "print_answer", "shown"]

Request = Mapping[str, object]
Answer = Mapping[str, object]

batch_option = click.option(
    "--batch", is_flag=True, help="Answer requests on stdin, a JSON object a line, for programs."
)


def answer_lines(answer: Callable[[Request], Answer]) -> None:
    """Answer each request on stdin at once, with the request's `id`.

    Whatever `answer` raises becomes `{"valid": false, "error": …}`, so that the requests that follow are
    answered too. What the verdicts are makes no difference to the exit code.
    """
    for line in sys.stdin.buffer:
        if line.strip():
            click.echo(shown(_answered(line, answer)))


def print_answer(answer: Answer) -> None:
    """Print one answer; the exit code is 0 where it is valid, else 1.

    Raises:
        SystemExit: 1.
    """
    click.echo(shown(answer))
    if not answer["valid"]:
        sys.exit(1)


def shown(document: object) -> str:
    """A document as one line of JSON; a number that JSON lacks is its name: `nan`, `inf`, `-inf`.

    >>> shown({"value": float("-inf")})
    '{"value": "-inf"}'
    """
    return json.dumps(_named(document), allow_nan=False)


def _answered(line: bytes, answer: Callable[[Request], Answer]) -> Answer:
    asked: object = None
    try:
        request = _request(line)
        asked = request.get("id")
        return {"id": asked, **answer(request)}
    except PolyaxonError as error:
        return {"id": asked, "valid": False, "error": str(error)}
    except Exception as error:  # the edge of a request: the ones that follow must be answered
        return {"id": asked, "valid": False, "error": f"{type(error).__name__}: {error}"}


def _request(line: bytes) -> dict[str, object]:
    try:
        request = json.loads(line)
    except ValueError as error:
        raise InputError(f"this is no JSON: {error}", expected="a JSON object") from error
    if not isinstance(request, dict):
        raise InputError("this is no request", expected="a JSON object")
    return request


def _named(value: object) -> object:
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): _named(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_named(item) for item in value]
    return value
