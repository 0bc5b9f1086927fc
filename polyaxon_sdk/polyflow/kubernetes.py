"""Objects of Kubernetes inside a specification: their keys are checked, what these hold is the cluster's to say."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from polyaxon_sdk.polyflow.hints import nearest
from polyaxon_sdk.polyflow.problems import Problem, SpecError, fault
from polyaxon_sdk.polyflow.shapes import camel

__all__ = [
    "Affinity",
    "AutoscalerOptions",
    "DnsConfig",
    "HostAlias",
    "Keys",
    "PodFailurePolicy",
    "SecurityContext",
    "Toleration",
    "Volume",
]


class Keys:
    """The keys of a mapping.

    Args:
        names: those that it may have, separated by blanks.
        needs: those that it has to have, separated by blanks.

    >>> Keys("ip hostnames", needs="ip").read({"ip": "10.0.0.1", "hostnames": ["a"]})
    {'ip': '10.0.0.1', 'hostnames': ['a']}
    """

    def __init__(self, names: str, *, needs: str = "") -> None:
        self.names = tuple(names.split())
        self.needs = tuple(needs.split())

    def read(self, data: object) -> dict[str, object]:
        """The mapping with its keys in camelCase.

        Raises:
            SpecError: it is none, has other keys, or lacks one that it needs.
        """
        if not isinstance(data, dict):
            raise fault("no value" if data is None else f"{data!r} is not allowed", expected="a mapping")
        found = {camel(str(key)) if str(key) not in self.names else str(key): key for key in data}
        unknown = [key for name, key in found.items() if name not in self.names]
        problems = [
            Problem(what="unknown field", path=(str(key),), hint=nearest(str(key), self.names))
            for key in unknown
        ]
        problems += [
            Problem(what="missing", path=(name,), missing=True)
            for name in self.needs
            if name not in found or data[found[name]] is None
        ]
        if problems:
            raise SpecError(problems)
        return {name: data[key] for name, key in found.items()}

    def __hash__(self) -> int:
        return hash((self.names, self.needs))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Keys) and (other.names, other.needs) == (self.names, self.needs)


Affinity: TypeAlias = Annotated[dict[str, object], Keys("nodeAffinity podAffinity podAntiAffinity")]
AutoscalerOptions: TypeAlias = Annotated[dict[str, object], Keys("upscalingMode imagePullPolicy resources")]
DnsConfig: TypeAlias = Annotated[dict[str, object], Keys("nameservers options searches")]
HostAlias: TypeAlias = Annotated[dict[str, object], Keys("ip hostnames", needs="ip")]
PodFailurePolicy: TypeAlias = Annotated[dict[str, object], Keys("rules", needs="rules")]
Toleration: TypeAlias = Annotated[dict[str, object], Keys("key operator value effect tolerationSeconds")]
SecurityContext: TypeAlias = Annotated[
    dict[str, object],
    Keys(
        "runAsUser runAsGroup runAsNonRoot fsGroup fsGroupChangePolicy supplementalGroups supplementalGroupsPolicy "
        "seLinuxOptions seLinuxChangePolicy seccompProfile appArmorProfile sysctls windowsOptions privileged "
        "allowPrivilegeEscalation capabilities procMount readOnlyRootFilesystem"
    ),
]
"""Of a pod; the keys of a container's are taken too."""

Volume: TypeAlias = Annotated[
    dict[str, object],
    Keys(
        "name emptyDir hostPath persistentVolumeClaim configMap secret projected downwardAPI nfs csi ephemeral image "
        "awsElasticBlockStore azureDisk azureFile cephfs cinder fc flexVolume flocker gcePersistentDisk gitRepo "
        "glusterfs iscsi photonPersistentDisk portworxVolume quobyte rbd scaleIO storageos vsphereVolume",
        needs="name",
    ),
]
