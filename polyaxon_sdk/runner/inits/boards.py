"""Init steps that collect what a TensorBoard shows: the event files of runs, each run in a folder of its own."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1TensorboardType
from polyaxon_sdk.runner.inits.earlier import EarlierRuns, uuid_in
from polyaxon_sdk.runner.inits.fetched import FetchStep, Wanted, run_of
from polyaxon_sdk.runs.names import is_uuid

__all__ = ["board_step"]


def board_step(board: V1TensorboardType, folder: Path, runs: EarlierRuns, *, path: str) -> FetchStep:
    """The step that brings the TensorBoard files of runs to `<folder>/<uuid>` or, by name, `<folder>/<name>`.

    Where the TensorBoard listens is said to the main process, not here.

    Raises:
        InputError: a run is nowhere, or a plugin is not installed.
        StoreError: the store can't be read.
    """
    for plugin in board.plugins if isinstance(board.plugins, list) else ():
        _check_installed(str(plugin), f"{path}.plugins")
    uuids = [uuid_in(str(each)) for each in board.uuids if each] if isinstance(board.uuids, list) else []
    if not uuids:
        raise InputError("no runs", path=f"{path}.uuids", expected="a list of uuids")
    wanted, taken = [], set[str]()
    for uuid in dict.fromkeys(uuids):
        store = runs.store_of(uuid) if is_uuid(uuid) else None
        if store is None:
            raise InputError(f"no run {uuid!r} in this home, and no artifacts store", path=f"{path}.uuids")
        name = uuid if board.use_names is not True else _named(runs.name(uuid), uuid, taken)
        taken.add(name)
        wanted.append(Wanted(store, uuid, folder / name, "dir", is_board_file))
    return FetchStep(title=f"tensorboard of {len(wanted)} runs", wanted=wanted, upstream=run_of)


def is_board_file(name: str) -> bool:
    """Whether TensorBoard reads the file at this path of a run: an event file, or one that a plugin left beside.

    >>> is_board_file("outputs/tb/events.out.tfevents.1.host"), is_board_file("outputs/model.keras")
    (True, False)
    """
    return "tfevents" in name.rpartition("/")[2] or "/plugins/" in name


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
