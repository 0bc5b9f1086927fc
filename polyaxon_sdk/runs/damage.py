"""What of a run can't be read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from polyaxon_sdk.runs.drained import Drained, is_damaged, read_drained
from polyaxon_sdk.runs.events import JSON_LINES, header, parse
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.journals import event_files, scalar_files
from polyaxon_sdk.runs.lines import decode, is_begun, read
from polyaxon_sdk.runs.logs import read_line
from polyaxon_sdk.runs.scalars import HEADER_SIZE, read_header
from polyaxon_sdk.runs.state import RunState, read_run

__all__ = [
    "GARBAGE",
    "Look",
    "damage_in",
    "damage_of_files",
    "read_anyway",
    "tells_no_run",
    "tells_nothing",
]

GARBAGE = (AttributeError, LookupError, TypeError, ValueError)
"""What reading a record of whole lines that no writer of ours wrote may raise."""

_TRIES = 3
_LEASE, _LEASE_WORDS = 64, 3
_UNTOLD = "journal/drained.json: it is damaged, and so nobody knows what else there is"


class Look(NamedTuple):
    """How much of a run is looked at.

    Attributes:
        length: the bytes of a file of events, of output or of what is not drained.
        files: how many such files.
    """

    length: int
    files: int


_LONG = Look(1 << 20, 10_000)
"""For one run: a person waits for it."""

_SHORT = Look(512, 50)
"""For many runs: a fraction of a millisecond each."""


def read_anyway(folder: RunFolder) -> RunState:
    """The run as its facts tell it; nothing is known of one whose record is garbage, or no folder.

    Raises:
        OSError: it can't be read now.
    """
    try:
        return read_run(folder)
    except (NotADirectoryError, IsADirectoryError, *GARBAGE):
        return RunState(folder.uuid)


def damage_in(folder: RunFolder, look: Look = _LONG) -> list[str]:
    """A line for each file of a run that is not what was written, by its path in the run.

    Of large files only the first part is looked at.

    Raises:
        OSError: the disk gives no answer.

    >>> damage_in(folder)  # doctest: +SKIP
    ['journal/drained.json: it is damaged']
    """
    return list(dict.fromkeys([*_of_record(folder), *damage_of_files(folder, look)]))


def damage_of_files(folder: RunFolder, look: Look = _SHORT) -> list[str]:
    """The same of all but its record.

    Raises:
        OSError: the disk gives no answer.
    """
    found: list[str] = []
    for _ in range(_TRIES):
        drained = _drained(folder)
        rest = [_UNTOLD] if drained is None else _of_drained(folder, drained, look)
        found = list(chain(_of_documents(folder), _of_lease(folder), _of_journals(folder, look), rest))
        if not found or _is_same(_drained(folder), drained):
            break  # what is drained meanwhile, or taken out, is no damage
    return found


def tells_no_run(state: RunState) -> bool:
    """Whether nothing could be read of the record that a run was read from."""
    return state.created_at is None and not state.conditions


def tells_nothing(folder: RunFolder) -> bool:
    """Whether nothing tells any more how much of the drained files counts.

    Raises:
        OSError: the disk gives no answer.
    """
    return _drained(folder) is None


def _drained(folder: RunFolder) -> Drained | None:
    """How far it is drained; None where what says so is damaged."""
    try:
        return read_drained(folder)
    except OSError as error:
        if is_damaged(error) or isinstance(error, IsADirectoryError):
            return None
        raise


def _is_same(one: Drained | None, other: Drained | None) -> bool:
    return one is other if one is None or other is None else vars(one) == vars(other)


def _relative(folder: RunFolder, path: object) -> str:
    return str(path).removeprefix(f"{folder.path}/")


def _of_record(folder: RunFolder) -> Iterator[str]:
    try:
        state = read_run(folder)
    except NotADirectoryError:
        yield "record: it is no folder"
    except IsADirectoryError as error:
        yield f"{_relative(folder, error.filename)}: it is no file"
    except GARBAGE:
        yield "record: it holds facts that can't be"
    else:
        yield from state.damage
        if tells_no_run(state):
            yield "record: it holds nothing that can be read"


def _of_documents(folder: RunFolder) -> Iterator[str]:
    for path, is_right in _documents(folder):
        relative = _relative(folder, path)
        try:
            if not is_right(json.loads(path.read_bytes())):
                yield f"{relative}: it holds something else"
        except FileNotFoundError:
            continue
        except (IsADirectoryError, ValueError, RecursionError):
            yield f"{relative}: it is no JSON"


def _of_lease(folder: RunFolder) -> Iterator[str]:
    path = folder.journal / "lease"
    try:
        told = _head(path, _LEASE)
    except FileNotFoundError:
        return
    except IsADirectoryError:
        yield f"{_relative(folder, path)}: it is no file"
        return
    words = told.partition(b"\n")[0].split()
    if told and not (len(words) == _LEASE_WORDS and all(word.isdigit() for word in words)):
        yield f"{_relative(folder, path)}: it tells no holder"


def _is_anything(document: object) -> bool:
    del document  # a script may have a file of its own there
    return True


def _is_object(document: object) -> bool:
    return isinstance(document, dict)


def _is_view(document: object) -> bool:
    return isinstance(document, dict) and isinstance(document.get("uuid"), str)


def _are_objects(document: object) -> bool:
    return isinstance(document, list) and all(map(_is_object, document))


def _holds_objects(document: object) -> bool:
    return isinstance(document, dict) and all(map(_is_object, document.values()))


def _documents(folder: RunFolder) -> Iterator[tuple[Path, Callable[[object], bool]]]:
    yield folder.operation, _is_object
    yield folder.source, _is_object
    yield folder.run_view, _is_view
    yield folder.lineages_view, _are_objects
    yield folder.live, _holds_objects
    yield folder.path / "outputs" / "env.json", _is_anything


def _of_journals(folder: RunFolder, look: Look) -> Iterator[str]:
    """What was logged and is not drained yet."""
    for path in islice(event_files(folder), look.files):
        if count := _unread(_head(path, look.length).rstrip(b"\0")):
            yield f"{_relative(folder, path)}: {count} of its lines can't be read"
    for path in islice(scalar_files(folder), look.files):
        if read_header(path) is None and _head(path, HEADER_SIZE).strip(b"\0"):
            yield f"{_relative(folder, path)}: it holds no points"


def _unread(data: bytes) -> int:
    """How many lines of a journal can't be read; its end may be what is being written, or the rest is not looked at."""
    data = data.rstrip(b"\0")  # in mapped memory nothing was stored there yet
    ending = data[data.rfind(b"\n") + 1 :]
    return sum(line is None for line, _ in decode(data)) - (is_begun(ending) and not read(ending))


def _of_drained(folder: RunFolder, drained: Drained, look: Look) -> Iterator[str]:
    for relative in islice(sorted(drained.files.keys() - drained.cut.keys()), look.files):
        path, length = folder.path / relative, drained.files[relative]
        if not path.is_file():
            yield f"{relative}: it is gone"
        elif path.stat().st_size < length:
            yield f"{relative}: it is shorter than it was"
        elif relative.startswith(f"{folder.logs.name}/"):
            yield from _of_logs(path, relative, min(length, look.length), is_whole=length <= look.length)
        elif path.suffix == ".plx":
            yield from _of_events(path, relative, min(length, look.length), is_whole=length <= look.length)


def _of_logs(path: Path, relative: str, length: int, *, is_whole: bool) -> Iterator[str]:
    *lines, last = _head(path, length).split(b"\n")
    if is_whole or b"\0" in last:  # otherwise the rest of it is not looked at
        lines.append(last)
    if count := sum(read_line(path, line) is None for line in lines if line):
        yield f"{relative}: {count} of its lines can't be read"


def _of_events(path: Path, relative: str, length: int, *, is_whole: bool) -> Iterator[str]:
    kind = Path(relative).parts[-2]
    data = _head(path, length)
    if kind not in JSON_LINES and not data.startswith(header(kind)):
        yield f"{relative}: it holds no events"
        return
    rows = [row for row in data.removeprefix(header(kind)).split(b"\n") if row]
    looked_at = rows if is_whole else rows[:-1]
    text = b"\n".join(looked_at).decode("utf-8", "replace")
    if count := len(looked_at) - len(parse(text, kind)):
        yield f"{relative}: {count} of its rows can't be read"


def _head(path: Path, length: int) -> bytes:
    with path.open("rb") as file:
        return file.read(length)
