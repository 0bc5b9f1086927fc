import pytest

from polyaxon_sdk.runs.identity import state_of

DIGITS = {"name": "digits", "kind": "data", "path": "outputs/digits.csv", "summary": {"rows": 2}}
HASHED = {**DIGITS, "summary": {"rows": 2, "hash": "0f"}}
REMOTE = {**DIGITS, "path": "s3://bucket/digits.csv"}


@pytest.mark.parametrize("artifact", [DIGITS, HASHED, REMOTE], ids=["described", "hashed", "remote"])
def test_the_same_artifact_has_the_same_state(artifact: dict[str, object]) -> None:
    assert state_of(dict(artifact)) == state_of(artifact)


def test_artifacts_that_are_told_apart_have_states_of_their_own() -> None:
    assert len({state_of(each) for each in (DIGITS, HASHED, REMOTE)}) == 3


@pytest.mark.parametrize(
    "change", [{"name": "numbers"}, {"kind": "file"}, {"path": "x.csv"}, {"summary": {"hash": "0f"}}]
)
def test_contents_go_by_their_hash_wherever_they_lie(change: dict[str, object]) -> None:
    assert state_of({**HASHED, **change}) == state_of(HASHED)


def test_what_lies_at_one_url_is_one_thing() -> None:
    assert state_of({**REMOTE, "name": "numbers", "summary": {}}) == state_of(REMOTE)


@pytest.mark.parametrize("change", [{"name": "numbers"}, {"kind": "file"}, {"path": "x"}, {"summary": {}}])
def test_what_is_only_described_goes_by_its_description(change: dict[str, object]) -> None:
    assert state_of({**DIGITS, **change}) != state_of(DIGITS)


def test_a_state_that_is_given_stays() -> None:
    assert state_of({**HASHED, "state": "5f0c"}) == "5f0c"


def test_there_is_no_state_while_the_hash_is_to_come() -> None:
    assert state_of({**DIGITS, "pending": "hash"}) is None
