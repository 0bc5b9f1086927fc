"""Looking on while others ship runs: each line of a store once, until all of them are there."""

from pathlib import Path

import pytest

from tests.cli.conftest import Polyaxon
from tests.cli.test_watching import Begin, begin
from tests.client.test_following_stores import Shipping, shipping
from tests.index.test_mirror import team
from tests.polling import eventually

__all__ = ["begin", "shipping", "team"]


def test_logs_of_a_store_are_followed_to_their_end(begin: Begin, shipping: Shipping, team: Path) -> None:
    said = begin("ops", "logs", "-uid", shipping.folder.uuid, "--store", str(team))
    eventually(lambda: said.read_text() == "one\n")
    shipping.ship("two")
    eventually(lambda: said.read_text() == "one\ntwo\n")
    shipping.ship("three", status="succeeded", is_over=True)
    assert said.ended() == (0, "one\ntwo\nthree\n")


def test_statuses_of_a_store_are_watched(begin: Begin, shipping: Shipping, team: Path) -> None:
    said = begin("ops", "statuses", "-w", "-uid", shipping.folder.uuid, "--store", str(team))
    eventually(lambda: "running" in said.read_text())
    shipping.ship(status="succeeded", is_over=True)
    code, told = said.ended()
    assert (code, [status in told for status in ("running", "succeeded")]) == (0, [True, True])


@pytest.mark.parametrize("follows", [[], ["-nf"]])
def test_logs_of_a_store_and_of_what_comes_from_its_run_end(
    follows: list[str], polyaxon: Polyaxon, shipping: Shipping, team: Path
) -> None:
    child = Shipping(shipping.folder.home, team)
    child.say("edge", upstream=shipping.folder.uuid, kind="pipeline")
    child.ship("within", status="succeeded", is_over=True)
    shipping.ship("two", status="succeeded", is_over=True)
    told = polyaxon("ops", "logs", "-c", *follows, "-uid", shipping.folder.uuid, "--store", str(team))
    lines = [line.partition(" | ")[2] for line in told.out.splitlines()]
    assert (told.code, sorted(lines)) == (0, ["one", "two", "within"])
