"""Evaluating templates in a process of their own, which is ended when one takes too much."""

from __future__ import annotations

import atexit
import json
import os
import resource
import select
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from math import ceil
from pathlib import Path
from threading import Lock
from time import monotonic, process_time
from typing import IO

from polyaxon_sdk.compiler.budget import OverLimitError, seconds_left, spend
from polyaxon_sdk.compiler.sandbox import evaluate
from polyaxon_sdk.compiler.wrong_template import shortened
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow.values import plain

__all__ = ["Evaluator", "serve"]

MAX_MEMORY = 1 << 30
"""Bytes of address space of the process, all it needs itself included."""

MAX_SECONDS = 2
"""Of computing, for one template."""

_PATIENCE = 20.0
"""Seconds of a clock until an answer is there, the start of the process included."""

_ROOT = str(Path(__file__).resolve().parents[2])
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); from polyaxon_sdk.compiler import bounded; bounded.serve()"
)


class Evaluator:
    """The process that evaluates templates; started at the first one, and again after one that ended it.

    It ends when its owner does, also where that is killed: nobody writes to it any more.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()

    def evaluate(self, template: str, context: Mapping[str, object], *, native: bool) -> object:
        """As `sandbox.evaluate`; what it gives is plain data.

        Raises:
            OverLimitError: it takes too much time or memory.
            InputError: the template is wrong.
        """
        seconds = min(MAX_SECONDS, seconds_left())
        request = json.dumps([template, dict(context), native, seconds], default=plain).encode() + b"\n"
        with self._lock:
            answer = self._ask(request)
        if isinstance(answer, str):
            with suppress(OverLimitError):  # this one's own line says more
                spend(seconds)
            raise OverLimitError(f"template {shortened(template)!r} {answer}")
        spend(float(str(answer["seconds"])))
        if "what" in answer:
            raise InputError(
                str(answer["what"]), expected=_word(answer["expected"]), hint=str(answer["hint"])
            )
        return answer["value"]

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _leave(self, owner: int) -> None:
        """Close as a process ends: in a forked child it is the parent's."""
        if os.getpid() == owner:
            self.close()

    def _ask(self, request: bytes) -> dict[str, object] | str:
        """The answer, or what the template did that there is none."""
        process = self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(request)
            process.stdin.flush()
            answer = _line(process.stdout)
        except BrokenPipeError:
            answer = b""
        except TimeoutError:
            self.close()
            return f"takes more than {MAX_SECONDS} s"
        if not answer.endswith(b"\n"):
            code = process.wait()
            self.close()
            slow = code == -signal.SIGXCPU
            return f"takes more than {MAX_SECONDS} s" if slow else "takes too much memory"
        found: dict[str, object] = json.loads(answer)
        return found

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            command = [sys.executable, "-P", "-c", _START, _ROOT]
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            atexit.unregister(self._leave)
            atexit.register(self._leave, os.getpid())
        return self._process


def _line(stream: IO[bytes]) -> bytes:
    """What comes up to the end of a line, or of the stream.

    Raises:
        TimeoutError: it doesn't come in time.
    """
    deadline = monotonic() + _PATIENCE
    parts = [b""]
    while not parts[-1].endswith(b"\n"):
        ready, _, _ = select.select([stream], [], [], max(0.0, deadline - monotonic()))
        if not ready:
            raise TimeoutError
        parts.append(stream.read1(1 << 16))  # type: ignore[attr-defined]  # a pipe is buffered, IO doesn't say
        if not parts[-1]:
            break
    return b"".join(parts)


def serve() -> None:
    """Answer the requests on standard input, a line of JSON each on standard output, until there are no more."""
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    source, target = sys.stdin.buffer, sys.stdout.buffer
    for request in source:
        template, context, native, seconds = json.loads(request)
        start = process_time()
        _allow(seconds)
        answer = _answer(template, context, native=native)
        answer["seconds"] = process_time() - start
        target.write(json.dumps(answer).encode() + b"\n")
        target.flush()


def _allow(seconds: float) -> None:
    """Let this process compute for so long from now on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (ceil(used.ru_utime + used.ru_stime + seconds) + 1, hard))


def _answer(template: str, context: Mapping[str, object], *, native: bool) -> dict[str, object]:
    try:
        found = evaluate(template, context, native=native, bounded=True)
        return {"value": _data(found)}
    except InputError as error:
        return {"what": error.what, "expected": error.expected, "hint": error.hint}
    except (ValueError, TypeError, RecursionError, MemoryError) as error:
        told = f"template {shortened(template)!r} gives no plain value: {error}"
        return {"what": told, "expected": None, "hint": ""}


def _word(value: object) -> str | None:
    return None if value is None else str(value)


def _data(value: object) -> object:
    """The value as JSON holds it; views, ranges and other rows are lists."""
    if isinstance(value, dict):
        return {str(key): _data(item) for key, item in value.items()}
    if isinstance(value, (str, int, float)) or value is None:
        return value
    return [_data(item) for item in value] if hasattr(value, "__iter__") else plain(value)
