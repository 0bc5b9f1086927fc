import pytest

from polyaxon_sdk.cli.show import print_table


def test_the_first_columns_are_whole_where_not_all_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    print_table(["NAME", "KIND", "INPUTS"], [["train_a_large_model", "job", "x" * 90]])
    head, _, row = capsys.readouterr().out.splitlines()
    assert head.split() == ["NAME", "KIND", "INPUTS"]
    assert row.split()[:2] == ["train_a_large_model", "job"]
    assert len(row.rstrip()) <= 60


def test_all_of_a_narrow_table_is_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    print_table(["NAME", "KIND"], [["train", "job"], ["walk", "dag"]])
    assert [line.split() for line in capsys.readouterr().out.splitlines()[2:]] == [
        ["train", "job"],
        ["walk", "dag"],
    ]
