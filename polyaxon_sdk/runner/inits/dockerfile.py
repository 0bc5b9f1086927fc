"""The text of a Dockerfile, from what an init step says of it (semantics 1.8)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from polyaxon_sdk.polyflow import V1DockerfileType

__all__ = ["dockerfile_text"]

_WORKDIR = "/code"
_SHELL = "/bin/bash"


def dockerfile_text(given: V1DockerfileType) -> str:
    """The lines of a Dockerfile, in the order in which an image is built.

    >>> print(dockerfile_text(V1DockerfileType(image="python:3.11", run=["pip install keras"])), end="")
    FROM python:3.11
    SHELL ["/bin/bash", "-c"]
    WORKDIR /code
    RUN pip install keras
    """
    return "".join(f"{line}\n" for line in _lines(given))


def _lines(given: V1DockerfileType) -> Iterator[str]:
    workdir = given.workdir or _WORKDIR
    yield f"FROM {given.image}"
    yield f"SHELL {json.dumps([given.shell or _SHELL, '-c'])}"
    for name in ("LC_ALL", "LANG", "LANGUAGE") if given.lang_env else ():
        yield _env(name, given.lang_env)
    yield from (_env(name, value) for name, value in _pairs(given.env))
    yield f"WORKDIR {workdir}"
    yield from _copies(given.path)
    yield from _copies(given.copy)
    for line in given.run if isinstance(given.run, list) else ():
        yield f"RUN {line}"
    yield from _user(given)
    yield from _copies(given.post_run_copy)
    if given.workdir_path:
        yield f"COPY {json.dumps([given.workdir_path, workdir])}"
    if given.uid is not None:
        yield f"USER {given.uid}" if given.gid is None else f"USER {given.uid}:{given.gid}"


def _env(name: str, value: object) -> str:
    return f"ENV {name}={json.dumps(str(value), ensure_ascii=False)}"


def _pairs(env: object) -> Iterator[tuple[str, object]]:
    if isinstance(env, Mapping):
        yield from env.items()
    for pair in env if isinstance(env, list) else ():
        yield pair[0], pair[1]


def _copies(paths: object) -> Iterator[str]:
    """A line for each path there, or pair of the paths there and in the image."""
    for path in paths if isinstance(paths, list) else ():
        source, target = (path, path) if isinstance(path, str) else (path[0], path[1])
        yield f"COPY {json.dumps([source, target])}"


def _user(given: V1DockerfileType) -> Iterator[str]:
    if given.uid is None or given.username is None:
        return
    group = given.uid if given.gid is None else given.gid
    yield f"RUN groupadd -o -g {group} {given.username} && useradd -o -m -u {given.uid} -g {group} {given.username}"
