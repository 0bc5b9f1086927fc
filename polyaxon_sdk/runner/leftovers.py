"""Runs that a crash cut off before everything of them was drained and shipped."""

from __future__ import annotations

import os
from collections.abc import Iterator
from time import monotonic, sleep

from polyaxon_sdk.exceptions import InputError, StoreError
from polyaxon_sdk.runner.finishing import Finishing, is_spooled
from polyaxon_sdk.runs.drained import is_finished, read_drained
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.lease import take_lease
from polyaxon_sdk.runs.names import is_uuid
from polyaxon_sdk.runs.record import read_facts
from polyaxon_sdk.runs.state import fold
from polyaxon_sdk.settings import Settings, load
from polyaxon_sdk.sidecar.unshipped import unshipped
from polyaxon_sdk.sidecar.watch import crew
from polyaxon_sdk.storage.chunked_store import ChunkedStore
from polyaxon_sdk.storage.known_store import KnownStore
from polyaxon_sdk.storage.lacking import lacking
from polyaxon_sdk.storage.manifest import Manifest
from polyaxon_sdk.storage.pulse import PULSE
from polyaxon_sdk.storage.retry import PassingStoreError, SilentStoreError
from polyaxon_sdk.storage.store import Store, open_store
from polyaxon_sdk.storage.transfer import wait

__all__ = ["finish", "leftovers", "reopen", "ship_again", "unknown_to_store", "unreachable"]

_ANSWERS_WITHIN = 15.0
"""Seconds for one question."""
_SILENT_FOR = 8.0
"""Seconds without a byte after which a store that was asked is taken to be silent, and not asked again."""
_TRIES = 3
"""Questions after which it is given up: on a busy machine, loading a cloud's library takes longer than one."""
_POLL = 0.1


def leftovers(settings: Settings) -> Iterator[RunFolder]:
    """The runs that ended, or whose processes are gone, and of which something is still to do."""
    yield from (folder for folder in _folders(settings) if _has_ended(folder))


def unknown_to_store(settings: Settings) -> Iterator[RunFolder]:
    """The runs that were finished, of which the store lacks something: it is younger, or has lost it.

    Raises:
        InputError: no store is configured.
        StoreError: the store fails.
    """
    if settings.artifacts_store is None:
        raise InputError("no store is configured", path="--all", expected="the setting artifacts_store")
    store = ChunkedStore(open_store(settings.artifacts_store))
    for folder in _folders(settings):
        if store.local(folder.uuid) == folder.path or not is_finished(folder):
            continue
        known = _manifest(folder, store).files
        if not known or unshipped(folder).names or lacking(store, folder.uuid, known):
            yield folder


def _folders(settings: Settings) -> Iterator[RunFolder]:
    try:
        names = sorted(name for name in os.listdir(settings.runs) if is_uuid(name))
    except FileNotFoundError:
        return
    yield from (RunFolder(settings.runs / name) for name in names)


def unreachable(settings: Settings) -> str:
    """Why the store gives no answer, asked for one short thing; empty where it answers, or there is none."""
    if settings.artifacts_store is None:
        return ""
    store, trouble = open_store(settings.artifacts_store), ""
    for _ in range(_TRIES):
        began = monotonic()
        try:
            wait(store.list("checks"), within=_ANSWERS_WITHIN)
        except SilentStoreError as error:
            trouble = _untouched(store, error)
            if began < PULSE.moved_at < monotonic() - _SILENT_FOR:
                break  # else its library is still being loaded, or it has just been asked
        except PassingStoreError as error:
            return _untouched(store, error)
        except StoreError:  # it answers; shipping tells what it refuses
            return ""
        else:
            return _vanished(settings, store)
    return trouble


def _untouched(store: Store, error: StoreError) -> str:
    """What a person is told of a store that can't be reached; the error names it too."""
    return f"store {store.url} can't be reached: {str(error).removeprefix(f'store {store.url}: ')}"


def _vanished(settings: Settings, store: Store) -> str:
    """Why a store that answers is not the one that runs were shipped to; empty where it is."""
    try:
        KnownStore(settings.home, store).expect()
    except StoreError as error:
        return str(error)
    return ""


def finish(folder: RunFolder) -> bool:
    """Let a sidecar do what is left of a run; whether all of it is done.

    Raises:
        OSError: no process can be started.
    """
    return _finished(Finishing(folder))


def _finished(finishing: Finishing) -> bool:
    while (done := finishing.look()) is None:
        sleep(_POLL)
    return done


def ship_again(folder: RunFolder, *, reads: bool = False) -> bool:
    """Let a sidecar look at a run that was finished before, for what its store lacks by now; whether all of it is done.

    Args:
        folder: the run.
        reads: whether a store that is a folder is read, for what is damaged there.

    Raises:
        OSError: no process can be started, or the run can't be written.
        StoreError: the store fails.
    """
    return _finished(Finishing(folder, is_free=reopen(folder, reads=reads)))


def reopen(folder: RunFolder, *, reads: bool = False) -> bool:
    """Make a run one that is not finished, with what its store lacks by now; not where somebody is at work on it.

    Args:
        folder: the run.
        reads: as for `ship_again`.

    Raises:
        OSError: the run can't be written.
        StoreError: the store fails.
    """
    url = load().artifacts_store
    store = None if url is None else ChunkedStore(open_store(url))
    lost = [] if store is None else lacking(store, folder.uuid, _manifest(folder, store).files, reads=reads)
    folder.journal.mkdir(exist_ok=True)
    lease = take_lease(folder)
    if lease is None:
        return False
    if store is not None:
        _manifest(folder, store).forget_all(lost)
    drained = read_drained(folder)
    drained.is_finished = False
    drained.write(folder)
    lease.release()
    return True


def _manifest(folder: RunFolder, store: Store) -> Manifest:
    return Manifest(folder.journal / "shipped.json", store.url)


def _has_ended(folder: RunFolder) -> bool:
    try:
        if is_finished(folder):
            return is_spooled(folder)
        facts = read_facts(folder)
        return bool(facts) and (fold(folder.uuid, facts).is_done or crew(folder, facts).is_abandoned)
    except OSError:
        return False
