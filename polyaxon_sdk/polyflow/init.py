"""V1Init and the things that an init step fetches or writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

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


@frozen(kw_only=True)
class V1GitType:
    """A git repository.

    Args:
        url: where it is cloned from; may come from a git connection instead.
        revision: a branch, tag or commit; default: the repository's own.
        flags: options of `git clone`, such as `["--recurse-submodules"]`.
    """

    url: str | None = None
    revision: str | None = None
    flags: list[str] | Template | None = None


@frozen(kw_only=True)
class V1ArtifactsType:
    """Files and folders of an artifacts store.

    Args:
        files, dirs: each a path, or a pair of the path there and the path here.
        workers: how many transfers at once.
    """

    files: list[str | list[str]] | Template | None = None
    dirs: list[str | list[str]] | Template | None = None
    workers: int | Template | None = None


@frozen(kw_only=True)
class V1DockerfileType:
    """What a Dockerfile is written from.

    Args:
        image: the image to start from.
        env: variables, a mapping or pairs.
        path: files to copy before `run`; `copy` likewise; `post_run_copy` after it.
        run: shell lines, in order.
        lang_env: the value of LC_ALL, LANG and LANGUAGE.
        uid, gid, username: the user that the image runs as.
        filename: default `Dockerfile`.
        workdir: default `/code`.
        workdir_path: what is copied into the workdir.
        shell: default `/bin/bash`.
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


@frozen(kw_only=True)
class V1FileType:
    """A file with its content.

    Args:
        content: the text.
        filename: default: the run's artifacts path and a name of its own.
        kind: the kind of artifact, such as `file`.
        chmod: the mode, such as `"+x"`.
    """

    content: str
    filename: str | None = None
    kind: str | None = None
    chmod: str | None = None


@frozen(kw_only=True)
class V1TensorboardType:
    """The runs that a TensorBoard shows.

    Args:
        port: where it listens.
        uuids: the runs.
        use_names: show names, not uuids.
        path_prefix: the path of the proxied service.
        plugins: packages to install beside it.
    """

    port: int | Template | None = None
    uuids: list[str] | Template | None = None
    use_names: bool | Template | None = None
    path_prefix: str | None = None
    plugins: list[str] | Template | None = None


@frozen(kw_only=True)
class V1EventType:
    """An event by name and kind."""

    name: str
    kind: str


@frozen(kw_only=True)
class V1Init:
    """One step before the main container starts: exactly one source, or a connection (semantics 1.8).

    Args:
        artifacts, paths, git, dockerfile, file, tensorboard: the source.
        lineage_ref, model_ref, artifact_ref: a source by reference, such as `RUN:LINEAGE`.
        connection: the connection that the source is read through.
        path: where it goes; default: under `globals.artifacts_path`.
        container: the container that does it, over the default one.

    >>> V1Init(git=V1GitType(url="https://example.com/org/repo")).source
    'git'
    """

    artifacts: V1ArtifactsType | Template | None = None
    paths: list[str | list[str]] | Template | None = None
    git: V1GitType | Template | None = None
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
        given = [name for name in _SOURCES if getattr(self, name) is not None]
        if len(given) > 1:
            raise fault(f"an init step has one source, this has {' and '.join(given)}")
        if isinstance(self.git, V1GitType) and self.git.url is None and self.connection is None:
            raise fault("no url", path=("git",), expected="git.url or a connection")

    @property
    def source(self) -> str | None:
        """The name of the source's field; none where the step is a connection or a container alone."""
        return next((name for name in _SOURCES if getattr(self, name) is not None), None)
