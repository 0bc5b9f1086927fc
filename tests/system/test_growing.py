"""What is sent of files that grow, to a store that takes them whole only, and how soon the last of them is there."""

from collections.abc import Callable, Iterator

import pytest

from tests.clouds.fixtures import cloud_of
from tests.clouds.kinds import Cloud
from tests.polling import eventually
from tests.processes import sidecars_of
from tests.scripts import Scripts
from tests.system.shipping_places import CloudPlace, cloud_place
from tests.system.sides import here, there

__all__ = ["cloud_of"]

MINUTE = 60.0
TRAINING = """
import time
from polyaxon_sdk import tracking

tracking.init(track_code=False, track_env=False, collect_resources=False)
ends = time.monotonic() + 6
step = 0
while time.monotonic() < ends:
    tracking.log_metrics(loss=1 / (1 + step), accuracy=0.5, step=step)
    tracking.log_text("note", f"text {step}", step=step)
    step += 1
    time.sleep(0.002)
tracking.end()
"""


@pytest.fixture
def place(cloud_of: Callable[[str], Cloud], monkeypatch: pytest.MonkeyPatch) -> Iterator[CloudPlace]:
    """A place in S3, where files of less than 5 MiB can't be added to."""
    with cloud_place(cloud_of("seaweedfs"), monkeypatch) as reached:
        yield reached


def test_growing_files_cost_twice_their_size_at_most_and_are_there_a_minute_after_the_end(
    scripts: Scripts, place: CloudPlace
) -> None:
    ended = scripts.run(TRAINING, **place.environ)
    assert ended.code == 0, ended.err
    folder = scripts.the_run()
    eventually(lambda: not sidecars_of(str(folder.path)), MINUTE)
    assert there(place.store, folder) == here(folder)
    sent = {path: size for path, size in place.proxy.written.items() if f"/{folder.uuid}/events/" in path}
    final = sum(path.stat().st_size for path in folder.events.rglob("*.plx"))
    assert len(sent) == len(list(folder.events.rglob("*.plx"))) == 3
    assert final <= sum(sent.values()) <= 2 * final
