"""What a first look at the runs of a team takes, and a later one: requests and seconds, on one S3 server.

Once as runs are shipped now, and once as if no mark held a head, which is how older stores are read.
"""

import os
import resource
import shutil
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from polyaxon_sdk.index.mirror import Mirror
from polyaxon_sdk.index.page import list_page
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.settings import load
from polyaxon_sdk.sidecar.ship import Shipper
from polyaxon_sdk.storage.keys import Stored
from polyaxon_sdk.storage.layered_store import LayeredStore
from polyaxon_sdk.storage.store import Store, open_store
from polyaxon_sdk.storage.transfer import Put, put_many
from tests.clouds.kinds import running

RUNS = int(os.environ.get("POLYAXON_BENCHMARK_RUNS", "2000"))
CAME = 10
_PAGE = 1000
"""Objects that one request lists."""


class Counted(LayeredStore):
    """Counts what readers ask of a store; without heads, marks are shown to hold nothing."""

    def __init__(self, below: Store, *, has_heads: bool) -> None:
        super().__init__(below)
        self.asked = Counter[str]()
        self._has_heads = has_heads

    async def list(self, prefix: str = "", *, after: str = "") -> tuple[Stored, ...]:
        """The objects below a folder."""
        found = await super().list(prefix, after=after)
        self.asked["list"] += 1 + len(found) // _PAGE
        is_bare = prefix == "changes" and not self._has_heads
        return tuple(each._replace(size=0) for each in found) if is_bare else found

    async def folders(self) -> tuple[str, ...]:
        """The folders at its top."""
        found = await super().folders()
        self.asked["list"] += 1 + len(found) // _PAGE
        return found

    async def stat(self, key: str) -> Stored | None:
        """An object."""
        self.asked["head"] += 1
        return await super().stat(key)

    async def get_bytes(self, key: str, *, start: int = 0, end: int | None = None) -> bytes:
        """The bytes of an object."""
        self.asked["get"] += 1
        return await super().get_bytes(key, start=start, end=end)


def ship(folder: RunFolder, number: int, url: str) -> None:
    """Let a small run end, of which three processes wrote, and ship it."""
    runner, trainer, sidecar = (RecordWriter(folder) for _ in range(3))
    runner.append("created", name=f"train-{number}", project="team", user="someone", runtime="job")
    runner.append("inputs", values={"lr": 0.1 / (1 + number), "epochs": 10, "optimizer": "adam"})
    trainer.append("status", status="running")
    trainer.append("outputs", values={"accuracy": number / RUNS})
    sidecar.append("series", summaries={"loss": {"last": 0.1, "min": 0.1, "max": 2.3, "count": 100}})
    runner.append("status", status="succeeded")
    for writer in (runner, trainer, sidecar):
        writer.close()
    assert Shipper(folder.path, url).finish({}, time.time(), within=60).is_complete


def upload(team: Path, url: str) -> None:
    """Put what finding runs needs into a store: one client for all of it, which each shipper would have of its own."""
    files = [path for path in team.rglob("*") if path.parent.name in {"record", "changes"}]
    puts = [Put(str(path), path.relative_to(team).as_posix()) for path in files]
    assert {outcome.state for outcome in put_many(open_store(url), puts)} == {"stored"}


def look(title: str, url: str, home: Path, *, has_heads: bool) -> None:
    """Look at the store, and print what that took."""
    store = Counted(open_store(url), has_heads=has_heads)
    began, processor = time.perf_counter(), processor_time()
    Mirror(store, home).refresh()
    brought, used = time.perf_counter() - began, processor_time() - processor
    settings = load({"POLYAXON_HOME": str(home), "POLYAXON_CACHE": str(home / "cache")})
    total = list_page(settings, Question(limit=1)).total
    listed = time.perf_counter() - began
    asked = ", ".join(f"{count} {what}" for what, count in sorted(store.asked.items()))
    print(
        f"{title}: {store.asked.total()} requests ({asked}); {brought:.1f} s, {used:.1f} s of the processor;"
        f" {total} runs listed after {listed:.1f} s, load {os.getloadavg()[0]:.1f}"
    )


def processor_time() -> float:
    """Seconds of this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure."""
    place = Path(tempfile.mkdtemp(prefix="team-"))
    every = [RunFolder(place / "home" / "runs" / new_uuid()).create() for _ in range(RUNS + CAME)]
    folders, later = every[:RUNS], every[RUNS:]
    try:
        with running("seaweedfs", place / "server") as cloud:
            os.environ.update(cloud.environ)
            url = cloud.place()
            with ThreadPoolExecutor(4) as pool:
                list(pool.map(ship, folders, range(RUNS), [str(place / "team")] * RUNS))
            upload(place / "team", url)
            for title, has_heads in (("without heads", False), ("with heads", True)):
                look(f"first look at {RUNS} runs, {title}", url, place / title, has_heads=has_heads)
            look("nothing changed", url, place / "with heads", has_heads=True)
            for number, folder in enumerate(later):
                ship(folder, number, url)
            look(f"{CAME} came since", url, place / "with heads", has_heads=True)
    finally:
        shutil.rmtree(place)


if __name__ == "__main__":
    main()
