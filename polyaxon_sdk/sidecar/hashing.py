"""Hashing what a run copied, beside the training that logged it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Event, Thread

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.owed import Owed, hash_owed, owed_in
from polyaxon_sdk.runs.state import RunState
from polyaxon_sdk.runs.sync import sync_tree

__all__ = ["Hashing"]

Append = Callable[..., None]


class Hashing:
    """Hashes the copies of a run as they come, in a thread, so that draining never waits for a large one.

    A hash is a fact of its own that completes the artifact: it counts only as long as the artifact is the one that
    was hashed.
    """

    def __init__(self, folder: RunFolder, append: Append) -> None:
        self._folder = folder
        self._append = append
        self._seen: RunState | None = None
        self._wanted: Sequence[Owed] = ()
        self._done: set[str] = set()
        self._synced: set[str] = set()
        self._news = Event()
        self._is_over = False
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begin."""
        self._thread = Thread(target=self._work, daemon=True)
        self._thread.start()

    def saw(self, state: RunState) -> None:
        """Take note of the run as it is now."""
        if state is not self._seen:
            self._seen, self._wanted = state, owed_in(state)
            self._news.set()

    def stop(self) -> None:
        """Wait until the file under way is done, and begin no other."""
        self._is_over = True
        self._news.set()
        if self._thread is not None:
            self._thread.join()

    def finish(self, state: RunState) -> bool:
        """Hash what is left of a run that is over; what can't be hashed has no hash from then on, and that is told.

        Gives whether there was anything, so that the record has more now.

        Raises:
            OSError: the record can't be written.
        """
        left = [owed for owed in owed_in(state) if owed.mark not in self._done]
        for owed in left:
            try:
                self._sync(owed)
                found, why = hash_owed(self._folder, owed), "it changed after it was logged"
            except (OSError, InputError) as error:
                found, why = None, str(getattr(error, "strerror", None) or error)
            self._tell(owed, found)
            if found is None:
                self._append("problem", what=f"artifact {owed.name!r} has no hash: {why}")
        return bool(left)

    def _work(self) -> None:
        while self._news.wait():
            self._news.clear()
            for work in (self._sync, self._hash):  # on the disk first: that is soon done
                for owed in self._wanted:
                    if self._is_over:
                        return
                    with suppress(OSError, InputError):  # tried again at the end, which tells of it
                        work(owed)
            if self._is_over:
                return

    def _sync(self, owed: Owed) -> None:
        """Bring one to the disk itself; of a folder, all that is in it."""
        if owed.mark not in self._synced:
            sync_tree(self._folder.inside(owed.path))
            self._synced.add(owed.mark)

    def _hash(self, owed: Owed) -> None:
        """Hash one; where others lie in its place, that of a later log may be on its way to the record."""
        if owed.mark not in self._done and (found := hash_owed(self._folder, owed)) is not None:
            self._tell(owed, found)

    def _tell(self, owed: Owed, digest: str | None) -> None:
        self._append("hashed", name=owed.name, kind=owed.kind, mark=owed.mark, hash=digest)
        self._done.add(owed.mark)
