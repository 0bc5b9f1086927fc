"""V1Connection: a store, repository or service that runs may use (semantics 1.18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from polyaxon_sdk.polyflow.documentation import documented
from polyaxon_sdk.polyflow.names import check_name
from polyaxon_sdk.polyflow.problems import at, fault

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.connection_kind import ConnectionKind, V1ConnectionKind

__all__ = [
    "V1BucketConnection",
    "V1ClaimConnection",
    "V1Connection",
    "V1ConnectionResource",
    "V1GitConnection",
    "V1HostConnection",
    "V1HostPathConnection",
]


@documented
@frozen(kw_only=True)
class V1BucketConnection:
    """A bucket of S3, GCS or Azure (semantics 1.18).

    Args:
        bucket: with its scheme, such as `s3://models`.

    >>> V1BucketConnection(bucket="s3://models").bucket
    's3://models'
    """

    bucket: str


@documented
@frozen(kw_only=True)
class V1ClaimConnection:
    """A volume claim of the cluster (semantics 1.18).

    Args:
        volume_claim: its name.
        mount_path: where it is mounted.
        read_only: nothing can be written to it; default false.

    >>> V1ClaimConnection(volume_claim="data", mount_path="/data").mount_path
    '/data'
    """

    volume_claim: str
    mount_path: str
    read_only: bool | None = None


@documented
@frozen(kw_only=True)
class V1HostPathConnection:
    """A path of the machine (semantics 1.18).

    Args:
        host_path: the path there.
        mount_path: where it is mounted.
        read_only: nothing can be written to it; default false.

    >>> V1HostPathConnection(host_path="/nfs", mount_path="/nfs").host_path
    '/nfs'
    """

    host_path: str
    mount_path: str
    read_only: bool | None = None


@documented
@frozen(kw_only=True)
class V1GitConnection:
    """A git repository, or a server of several (semantics 1.18).

    Args:
        url: where init steps clone from that name no url of their own; default none.
        revision: a branch, tag or commit; default: the repository's own branch.
        flags: options of `git clone`; default none.

    >>> V1GitConnection(url="https://example.com/org/repo", revision="main").revision
    'main'
    """

    url: str | None = None
    revision: str | None = None
    flags: list[str] | None = None


@documented
@frozen(kw_only=True)
class V1HostConnection:
    """A service behind a URL: a registry, a database (semantics 1.18).

    Args:
        url: of the service.
        insecure: don't check its certificate; default false.

    >>> V1HostConnection(url="registry:5000").url
    'registry:5000'
    """

    url: str
    insecure: bool | None = None


@documented
@frozen(kw_only=True)
class V1ConnectionResource:
    """A secret or config map that comes with a connection (semantics 1.18).

    Args:
        name: of the secret or config map.
        mount_path: where it is mounted; default: it gives environment variables.
        items: the keys that are taken; default: all.
        default_mode: the mode of the mounted files; default: the cluster's.

    >>> V1ConnectionResource(name="keys").name
    'keys'
    """

    name: str
    mount_path: str | None = None
    items: list[str] | None = None
    default_mode: int | None = None


_SCHEMAS = {
    "host_path": "V1HostPathConnection",
    "volume_claim": "V1ClaimConnection",
    "gcs": "V1BucketConnection",
    "s3": "V1BucketConnection",
    "wasb": "V1BucketConnection",
    "git": "V1GitConnection",
    "registry": "V1HostConnection",
}


@documented
@frozen(kw_only=True)
class V1Connection:
    """A store, repository or service by name (semantics 1.18).

    Args:
        name: how specifications call it.
        kind: what it is.
        schema: where it is: a class for stores, git and registries, else a mapping such as `{url}`; default none.
        secret: the secret that comes with it; default none.
        config_map: the config map that comes with it; default none.
        env: environment variables that come with it; default none.
        annotations: notes for the cluster's own tools; default none.
        tags: words by which it is found; default none.
        description: for people; default none.
        is_alias: it is another name of a connection; default false.

    >>> from polyaxon_sdk.polyflow import V1BucketConnection
    >>> V1Connection(name="models", kind="s3", schema=V1BucketConnection(bucket="s3://models")).kind
    's3'
    """

    name: str
    kind: V1ConnectionKind | ConnectionKind
    schema: (
        dict[str, object]
        | V1BucketConnection
        | V1ClaimConnection
        | V1HostPathConnection
        | V1HostConnection
        | V1GitConnection
        | None
    ) = None
    secret: V1ConnectionResource | None = None
    config_map: V1ConnectionResource | None = None
    env: list[object] | None = None
    annotations: dict[str, object] | None = None
    tags: list[str] | None = None
    description: str | None = None
    is_alias: bool | None = None

    @staticmethod
    def prepare(data: object) -> object:
        """Take the schema as the class that the kind asks for."""
        if not isinstance(data, dict) or not isinstance(data.get("schema"), dict):
            return data
        wanted = _SCHEMAS.get(str(data.get("kind")))
        if wanted is None:
            return data
        from polyaxon_sdk import polyflow  # on the first connection: the converter costs 20 ms

        with at("schema"):
            return {**data, "schema": polyflow.read(getattr(polyflow, wanted), data["schema"])}

    def __attrs_post_init__(self) -> None:
        check_name(self.name)
        wanted = _SCHEMAS.get(self.kind, "dict")
        given = type(self.schema).__name__
        absent = self.schema is None and (self.is_alias or self.kind not in _SCHEMAS)
        if given != wanted and not absent:
            raise fault(f"{given} doesn't fit {self.kind}", path=("schema",), expected=wanted)
