"""The fields that queries and sorts may name, of runs and of what else can be searched (semantics 4.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.query.operands import quoted
from polyaxon_sdk.query.operations import Family

__all__ = ["ARTIFACTS", "COLLECTIONS", "PROJECTS", "RUNS", "VERSIONS", "Collection", "Field", "Found"]


class Field(NamedTuple):
    """A field of a record.

    Attributes:
        name: what a record calls it.
        family: what its values are.
        keyed: it holds values by name, so that a query says which: `metrics.loss`.
        parts: what a query may name of the record that it stands for; the first is meant where none is named.
    """

    name: str
    family: Family
    keyed: bool = False
    parts: tuple[str, ...] = ()


class Found(NamedTuple):
    """A field as a query names it: `key` is the name of a value, or a part of what the field stands for."""

    field: Field
    key: str | None

    @property
    def family(self) -> Family:
        """What the values are that are meant: the field's family, but of uuids `uuid`."""
        is_uuid = not self.field.keyed and "uuid" in (self.field.name, self.key)
        return "uuid" if is_uuid else self.field.family


class Collection(NamedTuple):
    """What is searched.

    Attributes:
        noun: one of it, for messages.
        fields: by the name in queries; several may mean the same.
        sortable: the names that sorts may use.
    """

    noun: str
    fields: Mapping[str, Field]
    sortable: frozenset[str]

    def find(self, written: str) -> Found:
        """The field that a query names.

        Raises:
            InputError: there is none.

        >>> RUNS.find("metrics.loss").key
        'loss'
        >>> RUNS.find("project")
        Found(field=Field(name='project', family='word', keyed=False, parts=('name', 'uuid')), key='name')
        """
        name, _, key = written.partition(".")
        field = self.fields.get(name)
        if field is None:
            raise self._unknown(written, self.fields)
        if field.keyed and not key:
            raise InputError(f"{name!r} holds many values", expected=f"the name of one, as in {name}.NAME")
        if field.keyed:
            return Found(field, _unquoted(key))
        if key and key not in field.parts:
            expected = " or ".join([name, *(f"{name}.{part}" for part in field.parts)])
            raise InputError(
                f"{name!r} has no {quoted(key)}", expected=expected, hint=did_you_mean(key, field.parts)
            )
        return Found(field, key or next(iter(field.parts), None))

    def find_sortable(self, written: str) -> Found:
        """The field that a sort names.

        Raises:
            InputError: there is none, or no order is known for it.

        >>> RUNS.find_sortable("metrics.loss").field.name
        'outputs'
        """
        name = written.partition(".")[0]
        if name not in self.fields:
            raise self._unknown(written, self.sortable)
        if name not in self.sortable:
            raise InputError(f"nothing is ordered by {name!r}", expected="a field such as created_at or name")
        return self.find(written)

    def _unknown(self, written: str, names: Iterable[str]) -> InputError:
        hint = did_you_mean(written.partition(".")[0], sorted(names))
        return InputError(f"no {self.noun} has a field {quoted(written)}", hint=hint)


def _unquoted(key: str) -> str:
    return re.sub(r"\\(.)", r"\1", key[1:-1]) if key.startswith('"') else key


def _plain(family: Family, *names: str) -> dict[str, Field]:
    return {name: Field(name, family) for name in names}


def _standing_for(names: Iterable[str], *parts: str) -> dict[str, Field]:
    return {name: Field(name, "word", parts=parts) for name in names}


def _keyed(name: str, family: Family, *written: str) -> dict[str, Field]:
    return dict.fromkeys(written, Field(name, family, keyed=True))


_IDENTITY = dict.fromkeys(("uuid", "uid", "id"), Field("uuid", "search"))
_TEXTS = {**_IDENTITY, **_plain("search", "name", "description")}
_TIMES = ("created_at", "updated_at", "started_at", "finished_at", "schedule_at")
_STATES = ("status", "state", "live_state", "component_state", "pending", "is_managed", "managed_by", "mine")
_KINDS = ("kind", "runtime", "cloning_kind", "in_artifact_kind", "out_artifact_kind", "backend", "framework")
_NUMBERS = ("duration", "wait_time", "cost", "gpu", "custom")
_KEYED = {
    **_keyed("inputs", "value", "inputs", "params", "in"),
    **_keyed("outputs", "value", "outputs", "out"),
    **_keyed("outputs", "scalar", "metrics"),
    **_keyed("meta_info", "value", "meta_info"),
    **_keyed("meta_info", "scalar", "meta_values"),
    **_keyed("meta_info", "bool", "meta_flags"),
}

RUNS = Collection(
    "run",
    {
        **_TEXTS,
        **_plain("word", "owner", *_STATES, *_KINDS, "tags", "namespace", "commit", "connections"),
        **_standing_for(("pipeline", "controller", "original", "upstream", "downstream"), "uuid", "name"),
        **_standing_for(("project", "agent", "queue", "artifacts_store", "teams"), "name", "uuid"),
        **_standing_for(("user", "contributors"), "username"),
        **_standing_for(("artifacts",), "state", "name", "kind", "path"),
        **_KEYED,
        **_plain("scalar", *_NUMBERS),
        **_plain("cpu", "cpu"),
        **_plain("memory", "memory"),
        **_plain("datetime", *_TIMES),
    },
    frozenset(
        {*_TIMES, *_NUMBERS, *_KEYED, "cpu", "memory", "uuid", "name", "kind", "runtime", "namespace", "user"}
        | {"status", "state", "component_state"}
    ),
)
"""Runs. `mine` is for the one who asks to fill in; metrics are the outputs that are numbers."""

PROJECTS = Collection(
    "project",
    {
        **_TEXTS,
        **_plain("word", "owner", "tags", "live_state"),
        **_standing_for(("teams",), "name", "uuid"),
        **_standing_for(("user", "contributors"), "username"),
        **_plain("datetime", "created_at", "updated_at"),
    },
    frozenset({"created_at", "updated_at", "name", "uuid"}),
)

VERSIONS = Collection(
    "version",
    {
        **_TEXTS,
        **_plain("word", "kind", "stage", "tags", "state", "live_state"),
        **_standing_for(("project",), "name", "uuid"),
        **_standing_for(("run",), "uuid", "name"),
        **_standing_for(("user", "contributors"), "username"),
        **_plain("datetime", "created_at", "updated_at"),
    },
    frozenset({"created_at", "updated_at", "name", "uuid", "kind", "stage", "state"}),
)
"""Versions of components, models and artifacts."""

ARTIFACTS = Collection(
    "artifact",
    {
        **_plain("search", "name", "path"),
        **_plain("word", "kind", "state", "is_input"),
        **_standing_for(("run",), "uuid", "name"),
    },
    frozenset({"name", "kind", "path", "state"}),
)
"""The artifacts in runs' lineage."""

COLLECTIONS: Mapping[str, Collection] = {
    "runs": RUNS,
    "projects": PROJECTS,
    "versions": VERSIONS,
    "artifacts": ARTIFACTS,
}
