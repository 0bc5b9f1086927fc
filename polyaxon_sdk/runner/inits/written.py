"""Init steps that write a file: its content is given, or it is a Dockerfile."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

from attrs import frozen

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1DockerfileType, V1FileType
from polyaxon_sdk.runner.inits.dockerfile import dockerfile_text
from polyaxon_sdk.runner.inits.step import Work
from polyaxon_sdk.storage.draft import write_whole

__all__ = ["WriteStep", "dockerfile_step", "file_step"]

_OCTAL = re.compile(r"0?[0-7]{3,4}")
_ADDED = re.compile(r"([ugoa]*)\+([rwx]+)")
_BITS = {"r": 0o4, "w": 0o2, "x": 0o1}
_SHIFTS = {"u": 6, "g": 3, "o": 0}


@frozen(kw_only=True)
class WriteStep:
    """Writes one text file.

    Args:
        target: its path.
        text: its content.
        mode: the bits that it gets: `(those kept, those added)`; None for those that new files get.
        kind: the kind of artifact that it is recorded as.
    """

    target: Path
    text: str
    mode: tuple[int, int] | None = None
    kind: str = "file"

    @property
    def title(self) -> str:
        """What it puts in place."""
        return f"{self.kind} {self.target.name}"

    def carry_out(self, work: Work) -> None:
        """Write the file, in the place of one that is there."""
        self.target.parent.mkdir(parents=True, exist_ok=True)
        data = self.text.encode("utf-8", "surrogatepass")
        write_whole(str(self.target), [data], given_up=work.given_up)
        if self.mode is not None:
            kept, added = self.mode
            self.target.chmod(self.target.stat().st_mode & kept | added)
        summary = {"path": self.target.name, "hash": sha256(data).hexdigest()}
        artifact = {"name": self.target.name, "kind": self.kind, "summary": summary, "is_input": True}
        work.note("lineage", artifact=artifact)


def file_step(file: V1FileType, target: Path, *, path: str) -> WriteStep:
    """The step that writes `file` to `target`.

    Raises:
        InputError: its mode is none.
    """
    mode = None if file.chmod is None else _mode(str(file.chmod), f"{path}.chmod")
    return WriteStep(target=target, text=file.content, mode=mode, kind=file.kind or "file")


def dockerfile_step(dockerfile: V1DockerfileType, target: Path) -> WriteStep:
    """The step that writes a Dockerfile to `target`."""
    return WriteStep(target=target, text=dockerfile_text(dockerfile), kind="dockerfile")


def _mode(text: str, path: str) -> tuple[int, int]:
    """The bits that a mode keeps of those that are there, and those that it adds.

    >>> [oct(bits) for bits in _mode("u+x", "chmod")], [oct(bits) for bits in _mode("750", "chmod")]
    (['0o7777', '0o100'], ['0o0', '0o750'])
    """
    if _OCTAL.fullmatch(text):
        return 0, int(text, 8)
    added = 0
    for part in text.split(","):
        if (found := _ADDED.fullmatch(part)) is None:
            raise InputError(f"invalid mode {text!r}", path=path, expected="such as +x, u+rwx or 755")
        bits = sum(_BITS[letter] for letter in set(found[2]))
        who = "ugo" if not found[1] or "a" in found[1] else found[1]
        for each in set(who):
            added |= bits << _SHIFTS[each]
    return 0o7777, added
