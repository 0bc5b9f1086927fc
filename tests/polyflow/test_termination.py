"""When a run ends."""

from __future__ import annotations

import re

import pytest

from polyaxon_sdk.polyflow import SpecError, V1Termination, read, write

HEADERS = [{"name": "a", "value": "b"}]


@pytest.mark.parametrize(
    "probe",
    [
        {"http": {"port": "http", "path": "/api"}},
        {"http": {"port": "8888", "path": 12}},
        {"http": {"port": 80, "host": "a", "scheme": "HTTP", "httpHeaders": HEADERS}},
        {"exec": {"command": "in-use"}},
        {"exec": {}},
    ],
)
def test_a_probe_is_as_kubernetes_spells_it(probe: object) -> None:
    assert write(read(V1Termination, {"probe": probe})) == {"probe": probe}


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ({"probe": {"http": {}}}, "probe.http.port: missing"),
        ({"probe": {"http": {"port": None}}}, "probe.http.port: no value"),
        (
            {"probe": {"http": {"port": 80, "prot": 80}}},
            "probe.http.prot: unknown field, did you mean 'port'?",
        ),
        ({"probe": {"exec": {"args": []}}}, "probe.exec.args: unknown field"),
        ({"probe": "{{ x }}"}, "probe: '{{ x }}' is not allowed, expected a mapping"),
        ({"culling": "{{ x }}"}, "culling: '{{ x }}' is not allowed, expected a mapping"),
        (
            {"culling": {"timeout": "{{ x }}"}},
            "culling.timeout: '{{ x }}' is not allowed, expected a whole number",
        ),
    ],
)
def test_what_is_no_probe_is_refused(data: object, line: str) -> None:
    with pytest.raises(SpecError, match="^" + re.escape(line)):
        read(V1Termination, data)


@pytest.mark.parametrize("seconds", [3600, "3600", 3600.0])
def test_the_time_before_culling_is_a_whole_number(seconds: object) -> None:
    assert write(read(V1Termination, {"culling": {"timeout": seconds}})) == {"culling": {"timeout": 3600}}
