"""`python -m tests.disks.serving POINT`: serves a disk in memory at POINT, and does what its stdin says."""

import json
import sys
from pathlib import Path
from threading import Thread

import mfusepy

from tests.disks.memory import Fault, MemoryDisk

__all__ = ["main"]


def obey(disk: MemoryDisk) -> None:
    """Do what each line of stdin says; the answers are lines of stdout."""
    for line in sys.stdin:
        verb, *words = json.loads(line)
        if verb == "fail":
            disk.met, disk.fault = 0, Fault(*words)
        elif verb == "heal":
            disk.fault = None
        elif verb == "lose power":
            disk.lost_power(Path(words[0]), words[1])
        sys.stdout.write(f"{json.dumps(disk.met)}\n")
        sys.stdout.flush()


def main() -> None:
    """Serve until the disk is unmounted."""
    disk = MemoryDisk()
    Thread(target=obey, args=(disk,), daemon=True).start()
    mfusepy.FUSE(
        disk,
        sys.argv[1],
        foreground=True,
        attr_timeout=0,
        entry_timeout=3600,  # one operation a system call, not one for each folder above
        negative_timeout=0,
        hard_remove=True,
        big_writes=True,
    )


if __name__ == "__main__":
    main()
