"""The work of a sidecar in a thread of the training, where no process can be started."""

from __future__ import annotations

import os
from threading import Thread
from typing import TYPE_CHECKING

from polyaxon_sdk.runs.folder import RunFolder

if TYPE_CHECKING:
    from polyaxon_sdk.runs.lease import Lease

__all__ = ["SUBSTITUTES", "Substitutes"]


class Substitutes:
    """The threads of this process that work beside its runs, one for each; none in a forked child.

    A thread holds the run's lease like any sidecar, so that there is never another one beside the run. Unlike a
    process it dies with the training: what a killed one left is finished by `polyaxon sync`.
    """

    def __init__(self) -> None:
        self._threads: dict[str, Thread] = {}
        self._leases: list[Lease] = []
        self._watches_forks = False

    def begin(self, folder: RunFolder) -> None:
        """Begin to work beside the run.

        Raises:
            RuntimeError: no thread can be started either.
        """
        if not self._watches_forks:
            self._watches_forks = True
            os.register_at_fork(after_in_child=self._forget)
        thread = Thread(target=self._work, args=(folder,), name="polyaxon-sidecar", daemon=True)
        self._threads[folder.uuid] = thread
        try:
            thread.start()
        except RuntimeError:
            del self._threads[folder.uuid]
            raise

    def finish(self, folder: RunFolder, within: float) -> bool:
        """Wait up to `within` seconds until the run, which has ended, is finished; whether it is.

        Also where no thread works beside it: then somebody else does.

        Raises:
            OSError: the run can't be read.
        """
        thread = self._threads.pop(folder.uuid, None)
        if thread is None:
            return True
        from polyaxon_sdk.runs.drained import read_drained  # seldom, as all of this

        thread.join(within)
        return read_drained(folder).is_finished

    def _work(self, folder: RunFolder) -> None:
        from polyaxon_sdk.sidecar.rounds import work_beside  # all that a sidecar loads: here seldom

        held: list[Lease] = []

        def take(lease: Lease) -> None:
            held.append(lease)
            self._leases.append(lease)

        try:
            work_beside(folder, on_lease=take)
        finally:
            for lease in held:  # where it broke, the next one may try
                lease.forget()
                self._leases.remove(lease)

    def _forget(self) -> None:
        """In a forked child: the lease is the parent's alone."""
        for lease in self._leases:
            lease.forget()
        self._threads, self._leases = {}, []


SUBSTITUTES = Substitutes()
"""Those of this process."""
