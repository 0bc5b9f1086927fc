"""Both sides of a shipment, by the checksums of their files."""

from hashlib import sha256

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.sidecar.launch import launch
from polyaxon_sdk.storage.store import Store
from polyaxon_sdk.storage.transfer import wait
from tests.polling import eventually
from tests.processes import sidecars_of

__all__ = ["finish", "here", "there"]


def finish(folder: RunFolder, timeout: float = 120.0) -> None:
    """Let sidecars finish a run, as a sync does; one that was started needlessly tells of itself, and ships that."""
    eventually(lambda: launch(folder).wait(60), timeout)
    eventually(lambda: not sidecars_of(str(folder.path)), timeout)


def here(folder: RunFolder) -> dict[str, str]:
    """The checksum of each file of the run."""
    paths = [path for path in folder.path.rglob("*") if path.is_file() and folder.journal not in path.parents]
    return {
        path.relative_to(folder.path).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in paths
        if not path.relative_to(folder.path).as_posix().startswith(".")
    }


def there(store: Store, folder: RunFolder) -> dict[str, str]:
    """The checksum of each file of the run in the store."""
    found = wait(store.list(folder.uuid), within=None)
    return {
        each.key.partition("/")[2]: sha256(wait(store.get_bytes(each.key), within=None)).hexdigest()
        for each in found
    }
