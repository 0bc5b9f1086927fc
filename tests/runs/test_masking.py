import json

import pytest

from polyaxon_sdk.runs.masking import make_masker, secrets_among

SECRET = "hT7kq2Wz0xYb4Nn8"
CATALOG = json.dumps(
    [{"name": "a", "kind": "s3", "env": [{"name": "AWS_SECRET_ACCESS_KEY", "value": SECRET}]}]
)


@pytest.mark.parametrize("text", [CATALOG, f'{{"connections": {CATALOG}}}'])
def test_what_connections_bring_is_masked(text: str) -> None:
    masker = make_masker((), (), {"POLYAXON_CONNECTIONS_CATALOG": text})
    assert masker.text(f"connected with {SECRET} at last") == "connected with [masked] at last"


@pytest.mark.parametrize(
    "text", ["{", "3", '[{"env": 3}]', '{"connections": null}', '[{"env": [{"value": "x"}]}]']
)
def test_a_damaged_list_of_connections_masks_nothing(text: str) -> None:
    assert make_masker((), (), {"POLYAXON_CONNECTIONS_CATALOG": text}).text(SECRET) == SECRET


def test_who_masks_is_told_what_connections_bring() -> None:
    variables = {"POLYAXON_CONNECTIONS_CATALOG": CATALOG, "HOME": "/root"}
    assert list(secrets_among(variables, make_masker((), (), {}))) == ["POLYAXON_CONNECTIONS_CATALOG"]
