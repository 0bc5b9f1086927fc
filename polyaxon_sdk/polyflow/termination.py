"""V1Termination: how often and how long a run may try."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from attrs import field, frozen

from polyaxon_sdk.polyflow.bounds import given
from polyaxon_sdk.polyflow.documentation import documented

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.kubernetes import PodFailurePolicy
    from polyaxon_sdk.polyflow.lenient import Whole
    from polyaxon_sdk.polyflow.templates import Template

__all__ = [
    "V1ActivityProbe",
    "V1ActivityProbeExec",
    "V1ActivityProbeHttp",
    "V1Culling",
    "V1Termination",
]


@documented
@frozen(kw_only=True)
class V1Culling:
    """When an idle service ends (semantics 1.12).

    Args:
        timeout: seconds without activity; default: it never ends for that.

    >>> V1Culling(timeout=3600).timeout
    3600
    """

    timeout: Whole | None = None


@documented
@frozen(kw_only=True)
class V1ActivityProbeExec:
    """A command that finds out whether a service is in use (semantics 1.12).

    Only the names of its fields are checked when a file is read, as those of a container.

    Args:
        command: its words; default none.

    >>> V1ActivityProbeExec(command=["in-use"]).command
    ['in-use']
    """

    loose: ClassVar[bool] = True

    command: list[str] | str | None = None


@documented
@frozen(kw_only=True)
class V1ActivityProbeHttp:
    """A request that finds out whether a service is in use (semantics 1.12).

    Only the names of its fields are checked when a file is read, as those of a container.

    Args:
        port: the port that is asked, by its number or its name.
        path: the path that is asked for; default `/`.
        host: the host that is asked; default: the pod.
        scheme: `HTTP` or `HTTPS`; default `HTTP`.
        http_headers: `{name, value}` each; default none.

    >>> V1ActivityProbeHttp(path="/api/status", port=8888).port
    8888
    """

    loose: ClassVar[bool] = True

    port: int | str = field(validator=given)
    path: str | None = None
    host: str | None = None
    scheme: str | None = None
    http_headers: list[dict[str, str]] | None = None


@documented
@frozen(kw_only=True)
class V1ActivityProbe:
    """How it is found out whether a service is in use: one of the two (semantics 1.12).

    Args:
        exec: a command; default none.
        http: a request; default none.

    >>> from polyaxon_sdk.polyflow import V1ActivityProbeHttp
    >>> V1ActivityProbe(http=V1ActivityProbeHttp(port=8888)).http.port
    8888
    """

    exec: V1ActivityProbeExec | None = None
    http: V1ActivityProbeHttp | None = None


@documented
@frozen(kw_only=True)
class V1Termination:
    """Retries and time limits (semantics 1.12).

    Args:
        max_retries: how often a failed run is tried again; default 0.
        ttl: seconds that its objects in the cluster are kept after its end; default: the agent's own.
        timeout: seconds that it may take; default: no limit.
        culling: when an idle service ends; default: never.
        probe: how idleness is found out; default none.
        pod_failure_policy: rules for failures of the pod, as Kubernetes spells them; default none.

    >>> V1Termination(max_retries=3, timeout=600).timeout
    600
    """

    max_retries: int | Template | None = None
    ttl: int | Template | None = None
    timeout: int | Template | None = None
    culling: V1Culling | None = None
    probe: V1ActivityProbe | None = None
    pod_failure_policy: PodFailurePolicy | None = None
