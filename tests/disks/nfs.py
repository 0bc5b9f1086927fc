"""An NFS server of this machine, and mounts of what it exports."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from fcntl import LOCK_EX, flock
from pathlib import Path
from socket import create_connection
from tempfile import gettempdir

from tests.disks.prerequisites import needs
from tests.polling import eventually

__all__ = ["NfsServer", "nfs_mount", "nfs_server"]

ROOT = Path(__file__).parents[2]
PORT = 2049
CONFIGURATION = """
NFS_CORE_PARAM {{ NFS_Protocols = 3, 4; NFS_Port = {port}; MNT_Port = 12050; Enable_NLM = false;
  Enable_RQUOTA = false; Bind_addr = 127.0.0.1; }}
NFSv4 {{ Graceless = true; Lease_Lifetime = 60; }}
EXPORT {{ Export_Id = 1; Path = {path}; Pseudo = {path}; Access_Type = RW; Squash = No_root_squash; SecType = sys;
  FSAL {{ Name = VFS; }} }}
"""


class NfsServer:
    """A server and the folder that it exports."""

    def __init__(self, path: Path, command: Sequence[str]) -> None:
        self.path = path
        self._command = command
        self._process = self._start()

    def _start(self) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        eventually(lambda: _answers() or process.poll() is not None)
        assert process.poll() is None, "the server did not start"
        return process

    def end(self) -> None:
        """Kill it, also where it hangs."""
        self._process.kill()
        self._process.wait()

    def restart(self) -> None:
        """Kill it, and start it again."""
        self.end()
        self._process = self._start()

    def hang(self) -> None:
        """Answer nobody."""
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Answer again, what was asked meanwhile too."""
        self._process.send_signal(signal.SIGCONT)


def _answers() -> bool:
    with suppress(OSError), create_connection(("127.0.0.1", PORT), 1):
        return True
    return False


@contextmanager
def nfs_server(place: Path) -> Iterator[NfsServer]:
    """A server that exports the folder `exported` in `place`, which is made where there is none."""
    programs = ["ganesha.nfsd", "rpcbind", "fusermount"]
    needs(module="mfusepy", programs=programs, device="/dev/fuse", library="libnfs.so.13")
    path = place / "exported"
    path.mkdir(exist_ok=True)
    for folder in ("/var/run/ganesha", "/var/lib/nfs/ganesha"):
        os.makedirs(folder, exist_ok=True)
    subprocess.run(["rpcbind", "-w"], check=False, capture_output=True)  # it may run already
    (place / "ganesha.conf").write_text(CONFIGURATION.format(port=PORT, path=path))
    command = ["ganesha.nfsd", "-F", "-f", str(place / "ganesha.conf")]
    command += ["-L", str(place / "log"), "-p", str(place / "pid")]
    with _turn():
        server = NfsServer(path, command)
        try:
            yield server
        finally:
            server.end()


@contextmanager
def _turn() -> Iterator[None]:
    """The one port of servers, which the tests of all processes take in turn."""
    with Path(gettempdir(), "polyaxon-tests-nfs").open("wb") as file:
        flock(file, LOCK_EX)
        yield


@contextmanager
def nfs_mount(server: NfsServer, point: Path) -> Iterator[Path]:
    """A mount of what the server exports, as one host has it."""
    point.mkdir()
    command = [sys.executable, "-m", "tests.disks.nfs_client", "127.0.0.1", str(server.path), str(point)]
    client = subprocess.Popen(command, cwd=ROOT)
    try:
        eventually(lambda: os.path.ismount(point) or client.poll() is not None)
        assert client.poll() is None, "the export can't be mounted"
        yield point
    finally:
        subprocess.run(["umount", "--lazy", str(point)], check=False, capture_output=True)
        client.kill()
        client.wait()
