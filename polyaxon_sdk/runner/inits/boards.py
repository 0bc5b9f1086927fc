"""Init steps that collect what a TensorBoard shows: each run in a folder of its own."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from attrs import frozen

from polyaxon_sdk.exceptions import InputError, PolyaxonError
from polyaxon_sdk.polyflow import V1TensorboardType
from polyaxon_sdk.runner.inits.earlier import EarlierRuns
from polyaxon_sdk.runner.inits.fetched import FetchStep, Wanted, run_of
from polyaxon_sdk.runner.inits.followed import Followed, is_board_file
from polyaxon_sdk.runner.inits.scalars import ScalarsFile
from polyaxon_sdk.runner.inits.step import Renewable, Work
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import is_uuid

__all__ = ["BoardStep", "board_step"]


class Shown:
    """A run of this home, as a TensorBoard sees it.

    Args:
        run: which one.
        folder: gets its outputs, where they lie, and its metrics, where it has no event files.
    """

    def __init__(self, run: RunFolder, folder: Path) -> None:
        self.run = run
        self._folder = folder
        self._scalars = ScalarsFile(folder / "metrics")

    def put(self) -> None:
        """Put it in place."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):  # of the last attempt
            (self._folder / "outputs").symlink_to(self.run.outputs, target_is_directory=True)
        self.renew()

    def renew(self) -> None:
        """Bring in what it logged meanwhile; its files come by themselves."""
        if not any(self.run.outputs.rglob("*tfevents*")):
            self._scalars.take(self.run)


@frozen(kw_only=True)
class BoardStep:
    """Shows runs of this home where they lie and brings others here; what they still log is seen.

    Args:
        shown: the runs of this home.
        fetched: brings the event files of those of a store.
        followed: bring in what these ship later.
    """

    shown: Sequence[Shown]
    fetched: FetchStep
    followed: Sequence[Followed]

    @property
    def title(self) -> str:
        """What it puts in place."""
        return f"tensorboard of {len(self.shown) + len(self.fetched.wanted)} runs"

    def carry_out(self, work: Work) -> None:
        """Put all of it in place, and say which runs it comes from."""
        for each in self.shown:
            each.put()
            work.note("edge", upstream=each.run.uuid, kind="run", values=["outputs"])
        if self.fetched.wanted:
            self.fetched.carry_out(work)
        for remote in self.followed:
            remote.renew()

    def renew(self) -> None:
        """Bring in what the runs logged meanwhile; one that can't be read now is left for the next time."""
        runs: tuple[Renewable, ...] = (*self.shown, *self.followed)
        for each in runs:
            with suppress(PolyaxonError, OSError):
                each.renew()


def board_step(board: V1TensorboardType, folder: Path, runs: EarlierRuns, *, path: str) -> BoardStep:
    """The step that brings the TensorBoard files of runs to `<folder>/<uuid>` or, by name, `<folder>/<name>`.

    Where the TensorBoard listens is said to the main process, not here.

    Raises:
        InputError: a run is nowhere, or a plugin is not installed.
        StoreError: the store can't be read.
    """
    for plugin in board.plugins if isinstance(board.plugins, list) else ():
        _check_installed(str(plugin), f"{path}.plugins")
    named = [str(each) for each in board.uuids if each] if isinstance(board.uuids, list) else []
    try:
        uuids = [uuid for each in named for uuid in runs.meant(each)]
    except InputError as error:
        error.path = f"{path}.uuids"
        raise
    if not uuids:
        raise InputError("no runs", path=f"{path}.uuids", expected="a list of uuids")
    shown, wanted, followed, taken = list[Shown](), list[Wanted](), list[Followed](), set[str]()
    for uuid in dict.fromkeys(uuids):
        store = runs.store_of(uuid) if is_uuid(uuid) else None
        if store is None:
            raise InputError(f"no run {uuid!r} in this home, and no artifacts store", path=f"{path}.uuids")
        name = uuid if board.use_names is not True else _named(runs.name(uuid), uuid, taken)
        taken.add(name)
        if (here := runs.here(uuid)) is not None:
            shown.append(Shown(here, folder / name))
        else:
            wanted.append(Wanted(store, uuid, folder / name, "dir", is_board_file))
            followed.append(Followed(store, uuid, folder / name))
    fetched = FetchStep(title="", wanted=wanted, upstream=run_of)
    return BoardStep(shown=shown, fetched=fetched, followed=followed)


def _named(name: str | None, uuid: str, taken: set[str]) -> str:
    """The folder of a run by its name; by its uuid too where another one is called so."""
    safe = (name or "").replace("/", "-").replace("\0", "").lstrip(".")
    if not safe:
        return uuid
    return safe if safe not in taken else f"{safe}-{uuid[:12]}"


def _check_installed(plugin: str, path: str) -> None:
    name = plugin.partition("=")[0].strip("<>~! ")
    try:
        distribution(name)
    except (PackageNotFoundError, ValueError):
        raise InputError(
            f"{plugin!r} is not installed here, and a local run installs nothing",
            path=path,
            expected=f"it to be there: pip install {plugin}",
        ) from None
