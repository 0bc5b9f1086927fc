"""Objects of Kubernetes inside a specification."""

from __future__ import annotations

import re

import pytest

from polyaxon_sdk.polyflow import SpecError, V1Environment, V1Job, V1Termination, read, write

AFFINITY: dict[str, object] = {"pod_affinity": {"preferred": []}}


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ({"affinity": {"podAfinity": {}}}, "affinity.podAfinity: unknown field, did you mean 'podAffinity'?"),
        ({"tolerations": [{"foo": 1}]}, "tolerations[0].foo: unknown field"),
        ({"hostAliases": [{"hostnames": ["a"]}]}, "hostAliases[0].ip: missing"),
        ({"securityContext": {"foo": 1}}, "securityContext.foo: unknown field"),
        ({"dnsConfig": {"foo": 1}}, "dnsConfig.foo: unknown field"),
        ({"labels": {"a": None}}, "labels.a: no value, expected text"),
        ({"labels": "{{ x }}"}, "labels: '{{ x }}' is not allowed, expected a mapping"),
    ],
)
def test_what_no_pod_has_is_refused(data: object, line: str) -> None:
    with pytest.raises(SpecError, match="^" + re.escape(line)):
        read(V1Environment, data)


@pytest.mark.parametrize(
    ("volume", "line"),
    [
        ({"name": "a", "foo": 1}, "volumes[0].foo: unknown field"),
        ({"emptyDir": {}}, "volumes[0].name: missing"),
        ("{{ x }}", "volumes[0]: '{{ x }}' is not allowed, expected a mapping"),
    ],
)
def test_what_is_no_volume_is_refused(volume: object, line: str) -> None:
    with pytest.raises(SpecError, match="^" + re.escape(line)):
        read(V1Job, {"volumes": [volume]})


def test_a_policy_for_failures_needs_rules() -> None:
    with pytest.raises(
        SpecError, match=r"^podFailurePolicy.foo: unknown field\npodFailurePolicy.rules: missing$"
    ):
        read(V1Termination, {"podFailurePolicy": {"foo": 1}})


def test_keys_are_written_as_kubernetes_spells_them() -> None:
    written = write(read(V1Environment, {"affinity": AFFINITY, "securityContext": {"fsGroup": 1}}))
    assert written == {"affinity": {"podAffinity": {"preferred": []}}, "securityContext": {"fsGroup": 1}}
