"""A pipeline on a terminal while it goes on: a tree of what runs, renewed in place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from time import monotonic, time

from rich.console import Console
from rich.live import Live
from rich.text import Text
from rich.tree import Tree

from polyaxon_sdk.cli.show import brief, lasting, status_text
from polyaxon_sdk.client.branches import Branch
from polyaxon_sdk.exceptions import printable
from polyaxon_sdk.runs.folder import RunFolder

__all__ = ["GrowingTree", "tree_of"]

_LOOK = 0.5
"""Seconds between two looks at the runs, at least."""

_SHARE = 10
"""A look takes at most one part in so many of the time."""

_LEAST = 3
"""Runs of a pipeline that are shown, however low the terminal is."""

_METRICS = 3


class GrowingTree:
    """Shows a pipeline at the end of what is printed; lines that are told go above it. As it ended it stays.

    Args:
        console: a terminal.
        folder: the pipeline.
    """

    def __init__(self, console: Console, folder: RunFolder) -> None:
        self._console = console
        self._root = Branch(folder)
        self._next_look = 0.0
        self._live = Live(get_renderable=self._shown, console=console, refresh_per_second=4)

    def start(self) -> None:
        """Begin to show it."""
        self._live.start()

    def write(self, line: str) -> None:
        """Print a line above it."""
        self._console.print(Text(printable(line)), soft_wrap=True)

    def stop(self) -> None:
        """Leave it as it ended."""
        self._next_look = 0.0
        self._live.stop()

    def _shown(self) -> Tree:
        if (started := monotonic()) >= self._next_look:
            self._root.look()
            now = monotonic()
            self._next_look = now + max(_LOOK, _SHARE * (now - started))
        return tree_of(self._root, rows=max(_LEAST, self._console.height - 8), now=time())


def tree_of(root: Branch, *, rows: int, now: float) -> Tree:
    """A pipeline and its runs, each in a line: those that go on first, then what failed, then what ended last.

    Args:
        root: the pipeline, as it was looked at.
        rows: how many lines there may be.
        now: seconds since the epoch.
    """
    tree = Tree(_line(root, now))
    _grow(tree, root, rows - 1, now)
    return tree


def _grow(tree: Tree, branch: Branch, rows: int, now: float) -> int:
    """Hang the runs of a pipeline under it; how many lines are left."""
    found = list(branch.branches.values())
    shown = _chosen(found, max(_LEAST, rows - 1 if len(found) > rows else rows))
    for each in (each for each in found if each in shown):
        below = tree.add(_line(each, now))
        rows -= 1
        if each.branches and (not each.is_done or each.status == "failed"):
            rows = _grow(below, each, rows, now)
    if hidden := Counter(each.status for each in found if each not in shown):
        told = ", ".join(f"{count} {status.replace('_', ' ')}" for status, count in hidden.items())
        tree.add(Text(f"and {hidden.total()} more: {told}", style="dim"))
        rows -= 1
    return rows


def _chosen(found: Sequence[Branch], most: int) -> set[Branch]:
    going = [each for each in found if not each.is_done]
    failed = [each for each in found if each.status in ("failed", "upstream_failed")]
    ended = [each for each in reversed(found) if each.is_done]
    return set(list(dict.fromkeys([*going, *failed, *ended]))[:most])


def _line(branch: Branch, now: float) -> Text:
    status = "reused" if branch.is_reused else branch.status.replace("_", " ")
    text = Text.assemble(
        (branch.folder.uuid[:12], "dim"), printable(f"  {branch.name or '-'}  "), status_text(branch.status)
    )
    if branch.is_reused:
        text.append(f" ({status})", style="dim")
    lasted = branch.duration
    if lasted is None and branch.started_at is not None and not branch.is_done:
        lasted = max(0.0, now - branch.started_at)
    if lasted is not None:
        text.append(f"  {lasting(lasted)}")
    if branch.branches:
        over = sum(each.is_done for each in branch.branches.values())
        total = "" if branch.expected is None else f" of {max(branch.expected, len(branch.branches))}"
        text.append(f"  {over}{total} over")
    elif not branch.is_done:
        text.append(printable(_far(branch)), style="dim")
    return text


def _far(branch: Branch) -> str:
    """How far a run is that goes on, or where it answers."""
    parts = [f"at {url}" for url in branch.urls[:1]]
    parts += [] if branch.done is None else [f"{100 * branch.done:.0f} %"]
    parts += [f"{name} {brief(value)}" for name, value in list(branch.metrics.items())[:_METRICS]]
    return "".join(f"  {part}" for part in parts)
