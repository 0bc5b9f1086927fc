"""YAML text to plain data: safely, within limits, with a place in the file for every value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml
from attrs import define, field

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile.places import Places
from polyaxon_sdk.polyaxonfile.scalars import TAGS, scalar, spelled
from polyaxon_sdk.polyflow.problems import Path

__all__ = ["MAX_DEPTH", "MAX_NODES", "load"]

MAX_DEPTH = 64
"""How deep mappings and lists may nest."""

MAX_NODES = 500_000
"""How many values a document may hold once its aliases are put in."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEMPLATE = re.compile(r"\{\{.*?\}\}")


def load(text: str, name: str, places: Places | None = None) -> object:
    """The one document in `text`; timestamps stay text, keys are text.

    Args:
        name: what errors call the file.
        places: filled with the place of every value.

    Raises:
        InputError: with `name:line:column`.

    >>> load("a: [1, 1e-3, '2']", "a.yml")
    {'a': [1, 0.001, '2']}
    """
    builder = _Builder(text=text, name=name, places=places)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        raise _syntax(error, text, name) from error
    except yaml.YAMLError as error:
        raise _unprintable(text, name) from error
    return builder.document


@define
class _Frame:
    """A mapping or list that is being filled."""

    items: dict[str, object] | list[object]
    path: Path
    anchor: str | None
    start: int
    key: str | None = None
    merging: Any = None


@define
class _Builder:
    """Builds the document from parser events, with a stack of its own instead of recursion."""

    text: str
    name: str
    places: Places | None
    document: object = None
    stack: list[_Frame] = field(factory=list)
    anchors: dict[str, tuple[object, int]] = field(factory=dict)
    nodes: int = 0
    documents: int = 0

    def take(self, event: Any) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise self.error(event, "a second document", "one document a file")
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self.open(event)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self.close()
        elif isinstance(event, yaml.AliasEvent):
            self.alias(event)
        elif isinstance(event, yaml.ScalarEvent):
            self.scalar(event)

    def open(self, event: Any) -> None:
        self.check_key(event)
        self.check_tag(event)
        if len(self.stack) >= MAX_DEPTH:
            raise self.error(event, f"nested deeper than {MAX_DEPTH} levels")
        items: dict[str, object] | list[object] = {} if isinstance(event, yaml.MappingStartEvent) else []
        path = self.here(event)
        self.add(event, items)
        self.stack.append(_Frame(items, path, event.anchor, self.nodes))

    def close(self) -> None:
        frame = self.stack.pop()
        if isinstance(frame.items, dict) and "<<" in frame.items and not _merge(frame.items):
            raise self.error(frame.merging, "'<<' brings no mapping", "an alias of a mapping before here")
        if frame.anchor:
            self.anchors[frame.anchor] = (frame.items, self.nodes - frame.start + 1)

    def alias(self, event: Any) -> None:
        self.check_key(event)
        if event.anchor not in self.anchors:
            raise self.error(event, f"alias *{event.anchor} of nothing", f"&{event.anchor} before it")
        value, size = self.anchors[event.anchor]
        self.nodes += size
        self.here(event)
        self.add(event, value)

    def scalar(self, event: Any) -> None:
        frame = self.stack[-1] if self.stack else None
        if frame and isinstance(frame.items, dict) and frame.key is None:
            if event.value in frame.items:
                raise self.error(event, f"a second {event.value!r}", "each key once")
            frame.key = event.value
            frame.merging = event if event.value == "<<" else frame.merging
            self.here(event)
            return
        self.check_tag(event)
        try:
            value = scalar(event)
        except ValueError as error:
            raise self.error(event, str(error)) from error
        if event.anchor:
            self.anchors[event.anchor] = (value, 1)
        self.here(event)
        self.add(event, value)

    def add(self, event: Any, value: object) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise self.error(event, f"more than {MAX_NODES} values, aliases put in")
        if not self.stack:
            self.document = value
            return
        frame = self.stack[-1]
        if isinstance(frame.items, list):
            frame.items.append(value)
        elif frame.key is not None:
            frame.items[frame.key] = value
            frame.key = None

    def here(self, event: Any) -> Path:
        """The path of what the event starts; its place is kept where places are asked for."""
        if not self.stack:
            path: Path = ()
        else:
            frame = self.stack[-1]
            step = len(frame.items) if isinstance(frame.items, list) else frame.key or ""
            path = (*frame.path, step)
        if self.places is not None:
            self.places.setdefault(path, (event.start_mark.line + 1, event.start_mark.column + 1))
        return path

    def check_tag(self, event: Any) -> None:
        if event.tag not in TAGS:
            raise self.error(event, f"the tag {spelled(event.tag)}", "a value without it")

    def check_key(self, event: Any) -> None:
        frame = self.stack[-1] if self.stack else None
        if frame is None or not isinstance(frame.items, dict) or frame.key is not None:
            return
        line = self.text.splitlines()[event.start_mark.line]
        found = _TEMPLATE.search(line, max(0, event.start_mark.column - 1))
        if found:
            raise _unquoted(found, event.start_mark.line, self.name)
        raise self.error(event, "a key that is no text", "a word before the colon")

    def error(self, event: Any, what: str, expected: str | None = None) -> InputError:
        mark = event.start_mark
        return InputError(what, where=f"{self.name}:{mark.line + 1}:{mark.column + 1}", expected=expected)


def _merge(items: dict[str, object]) -> bool:
    """Put in what `<<` brings, the mapping's own keys go first; whether it brings mappings only."""
    brought = items.pop("<<")
    mappings = brought if isinstance(brought, list) else [brought]
    for mapping in mappings:
        for key, value in mapping.items() if isinstance(mapping, dict) else ():
            items.setdefault(key, value)
    return all(isinstance(mapping, dict) for mapping in mappings)


def _syntax(error: yaml.MarkedYAMLError, text: str, name: str) -> InputError:
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return InputError(str(error.problem), where=name)
    lines = text.splitlines() or [""]
    for number in _suspects(error, len(lines)):
        found = next((one for one in _TEMPLATE.finditer(lines[number]) if _bare(lines[number], one)), None)
        if found:
            return _unquoted(found, number, name)
    where = f"{name}:{mark.line + 1}:{mark.column + 1}"
    if lines[min(mark.line, len(lines) - 1)][mark.column :].startswith("\t"):
        return InputError("a tab indents this line", where=where, expected="spaces")
    told = " ".join(part for part in (error.problem, error.context) if part)
    return InputError(f"no valid YAML: {told}", where=where)


def _unprintable(text: str, name: str) -> InputError:
    """The error of a character that no YAML has."""
    found = _UNPRINTABLE.search(text)
    if found is None:
        return InputError("no valid YAML", where=name)
    line = text.count("\n", 0, found.start()) + 1
    column = found.start() - text.rfind("\n", 0, found.start())
    return InputError(f"the character {found.group()!r}", where=f"{name}:{line}:{column}", expected="text")


def _suspects(error: yaml.MarkedYAMLError, lines: int) -> Iterator[int]:
    for mark in (error.problem_mark, error.context_mark):
        if mark is not None:
            yield from (number for number in (mark.line, mark.line - 1) if 0 <= number < lines)


def _bare(line: str, found: re.Match[str]) -> bool:
    before = line[: found.start()]
    return before.count('"') % 2 == 0 and before.count("'") % 2 == 0


def _unquoted(found: re.Match[str], line: int, name: str) -> InputError:
    where = f"{name}:{line + 1}:{found.start() + 1}"
    return InputError("an unquoted template", where=where, expected=f'quotes around it: "{found.group()}"')
