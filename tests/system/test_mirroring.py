"""Outputs that a script deletes, and what becomes of them in the store."""

from pathlib import Path

import pytest

from tests.scripts import Scripts

DELETE = """
import os, time
from pathlib import Path
from polyaxon_sdk import tracking

run = tracking.init(track_code=False, track_env=False, OPTION)
old = Path(tracking.get_outputs_path("checkpoints/old.bin"))
old.write_bytes(b"weights")
stored = Path(os.environ["POLYAXON_ARTIFACTS_STORE"], run.uuid, "outputs/checkpoints/old.bin")
deadline = time.monotonic() + 60
while not stored.exists() and time.monotonic() < deadline:
    time.sleep(0.05)
VERB
old.unlink()
"""


@pytest.mark.parametrize(
    ("option", "verb", "left"),
    [
        ("", "", ["old.bin"]),
        ("ship_mirror=True", "", []),
        ("", "tracking.mirror_outputs('checkpoints')", []),
        ("", "tracking.mirror_outputs('others')", ["old.bin"]),
    ],
)
def test_what_a_script_deletes_goes_from_the_store_where_the_run_says_mirror(
    scripts: Scripts, tmp_path: Path, option: str, verb: str, left: list[str]
) -> None:
    text = DELETE.replace("OPTION", option).replace("VERB", verb)
    ships = {"POLYAXON_ARTIFACTS_STORE": str(tmp_path / "team"), "POLYAXON_SHIP_INTERVAL": "0.2"}
    ended = scripts.run(text, **ships)
    assert ended.code == 0, ended.err
    scripts.finished()
    place = tmp_path / "team" / scripts.the_run().uuid / "outputs/checkpoints"
    assert [path.name for path in place.glob("*.bin")] == left
