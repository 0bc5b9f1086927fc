"""V1Init and the things that an init step fetches or writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from polyaxon_sdk.polyflow.documentation import documented
from polyaxon_sdk.polyflow.problems import at, fault
from polyaxon_sdk.polyflow.values import parse

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.container import V1Container
    from polyaxon_sdk.polyflow.templates import Template

__all__ = [
    "V1ArtifactsType",
    "V1DockerfileType",
    "V1EventType",
    "V1FileType",
    "V1GitType",
    "V1Init",
    "V1TensorboardType",
]

_SOURCES = (
    "artifacts",
    "paths",
    "git",
    "dockerfile",
    "file",
    "tensorboard",
    "lineage_ref",
    "model_ref",
    "artifact_ref",
)
_NOTHING: tuple[object, ...] = (None, "", [])


@documented
@frozen(kw_only=True)
class V1GitType:
    """A git repository (semantics 1.8).

    Args:
        url: where it is cloned from; default: the url of the step's git connection.
        revision: a branch, tag or commit; default: the repository's own branch.
        flags: options of `git clone`; default none.

    >>> V1GitType(url="https://example.com/org/repo", revision="main", flags=["--depth", "1"]).revision
    'main'
    """

    url: str | None = None
    revision: str | None = None
    flags: list[str] | Template | None = None


@documented
@frozen(kw_only=True)
class V1ArtifactsType:
    """Files and folders of an artifacts store (semantics 1.8).

    Args:
        files: files, each a path, or a pair of the path there and the path here; default none.
        dirs: folders, likewise; default none.
        workers: how many transfers at once; default: as many as the store bears.

    >>> V1ArtifactsType(files=["data/train.csv"], dirs=[["data/images", "images"]]).dirs
    [['data/images', 'images']]
    """

    files: list[str | list[str]] | Template | None = None
    dirs: list[str | list[str]] | Template | None = None
    workers: int | Template | None = None


@documented
@frozen(kw_only=True)
class V1DockerfileType:
    """What a Dockerfile is written from (semantics 1.8).

    Args:
        image: the image to start from.
        env: variables, a mapping or pairs of a name and a value; default none.
        path: files to copy before `run`, each a path, or a pair of paths there and in the image;
            default none.
        copy: further files to copy before `run`, likewise; default none.
        post_run_copy: files to copy after `run`, likewise; default none.
        run: shell lines, in order; default none.
        lang_env: the value of LC_ALL, LANG and LANGUAGE; default: the image's own.
        uid: the number of the user that the image runs as; default: the image's own.
        gid: the number of that user's group; default: the image's own.
        username: the name of that user; default: the image's own.
        filename: the name of the written file; default `Dockerfile`.
        workdir: the folder that the image starts in; default `/code`.
        workdir_path: what is copied into the workdir; default none.
        shell: what the shell lines are run with; default `/bin/bash`.

    >>> V1DockerfileType(image="python:3.11", run=["pip install keras"], env={"TZ": "UTC"}).image
    'python:3.11'
    """

    image: str
    env: dict[str, object] | list[list[str]] | Template | None = None
    path: list[str | list[str]] | Template | None = None
    copy: list[str | list[str]] | Template | None = None
    post_run_copy: list[str | list[str]] | Template | None = None
    run: list[str] | Template | None = None
    lang_env: str | None = None
    uid: int | Template | None = None
    gid: int | Template | None = None
    username: str | None = None
    filename: str | None = None
    workdir: str | None = None
    workdir_path: str | None = None
    shell: str | None = None


@documented
@frozen(kw_only=True)
class V1FileType:
    """A file with its content (semantics 1.8).

    Args:
        content: the text.
        filename: its path from the step's own; default: a name of its own.
        kind: the kind of artifact that it is recorded as; default `file`.
        chmod: its mode, such as `"+x"`; default: the one that new files get.

    >>> V1FileType(filename="train.sh", content="python train.py", chmod="+x").filename
    'train.sh'
    """

    content: str
    filename: str | None = None
    kind: str | None = None
    chmod: str | None = None


@documented
@frozen(kw_only=True)
class V1TensorboardType:
    """The runs that a TensorBoard shows (semantics 1.8).

    Args:
        port: where it listens; default 6006.
        uuids: the runs; default none.
        use_names: show names, not uuids; default false.
        path_prefix: the path of the proxied service; default none.
        plugins: packages to install beside it; default none.

    >>> V1TensorboardType(port=6006, uuids=["1d2c3b4a5968778695a4b3c2d1e0f9a8"], use_names=True).port
    6006
    """

    port: int | Template | None = None
    uuids: list[str] | Template | None = None
    use_names: bool | Template | None = None
    path_prefix: str | None = None
    plugins: list[str] | Template | None = None


@documented
@frozen(kw_only=True)
class V1EventType:
    """An event, as a value of type `event` (semantics 1.5).

    Args:
        name: what it is called; default none.
        kind: what it is of, such as `metric` or `image`; default none.

    >>> V1EventType(name="loss", kind="metric").name
    'loss'
    """

    name: str | None = None
    kind: str | None = None


@documented
@frozen(kw_only=True)
class V1Init:
    """One step before the main container starts: exactly one source, or a connection (semantics 1.8).

    Args:
        artifacts: files and folders of an artifacts store; default none.
        paths: files or folders of the connection, each a path, or a pair of the path there and the path here;
            default none.
        git: a git repository; default none.
        dockerfile: a Dockerfile to write; default none.
        file: a file to write; default none.
        tensorboard: runs whose events a TensorBoard shows; default none.
        lineage_ref: what another run has logged, as `RUN:NAME`; default none.
        model_ref: a registered model, by name and version; default none.
        artifact_ref: a registered artifact, by name and version; default none.
        connection: the name of the connection that the source is read through; default: the artifacts store.
        path: where it goes; default: under `globals.artifacts_path`.
        container: the container that does it, laid over the default one; default none.

    >>> from polyaxon_sdk.polyflow import V1GitType
    >>> V1Init(git=V1GitType(url="https://example.com/org/repo")).source
    'git'
    """

    artifacts: V1ArtifactsType | Template | None = None
    paths: list[str | list[str]] | str | None = None
    git: V1GitType | None = None
    dockerfile: V1DockerfileType | Template | None = None
    file: V1FileType | Template | None = None
    tensorboard: V1TensorboardType | Template | None = None
    lineage_ref: str | None = None
    model_ref: str | None = None
    artifact_ref: str | None = None
    connection: str | None = None
    path: str | None = None
    container: V1Container | None = None

    @staticmethod
    def prepare(data: object) -> object:
        """Take several `{files, dirs}` in a list as one."""
        if not isinstance(data, dict) or not isinstance(data.get("artifacts"), list):
            return data
        with at("artifacts"):
            return {**data, "artifacts": parse("artifacts", data["artifacts"])}

    def __attrs_post_init__(self) -> None:
        given = [name for name in _SOURCES if getattr(self, name) not in _NOTHING]
        if len(given) > 1:
            raise fault(f"an init step has one source, this has {' and '.join(given)}")
        if isinstance(self.git, V1GitType) and self.git.url is None and self.connection is None:
            raise fault("no url", path=("git",), expected="git.url or a connection")

    @property
    def source(self) -> str | None:
        """The name of the source's field; none where the step is a connection or a container alone."""
        return next((name for name in _SOURCES if getattr(self, name) not in _NOTHING), None)
