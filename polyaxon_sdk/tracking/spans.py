"""Spans: what one step of an agent, a chain or a call of a model took in, gave back, and how long it took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import Literal

from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.tracking.interface import Place
from polyaxon_sdk.tracking.numbers import Moment
from polyaxon_sdk.tracking.series import Series
from polyaxon_sdk.tracking.values import plain, plain_values
from polyaxon_sdk.types import Json

__all__ = ["Span", "SpanKind", "log_span"]

SpanKind = Literal["llm", "chain", "agent", "tool", "embedding", "retriever"]

_FIELDS = (
    "uuid",
    "name",
    "tags",
    "started_at",
    "finished_at",
    "status",
    "status_conditions",
    "metadata",
    "inputs",
    "outputs",
    "children",
    "kind",
)


class Span:
    """One step of a trace, with the steps inside it (semantics 5.4); its fields may be set at any time.

    As a `with` block it notes when it began and ended, and whether it failed.

    Args:
        name: the series that it is logged to.
        kind: what it is of.
        started_at, finished_at: a datetime, or text in ISO 8601.
        status: a run's status, such as `succeeded`.
        children: the steps inside it.

    >>> with Span(name="answer", kind="chain", inputs={"question": "why?"}) as span:
    ...     with span.child("call", kind="llm") as call:
    ...         call.outputs = {"text": "because"}
    >>> span.status, span.children[0].outputs
    ('succeeded', {'text': 'because'})
    """

    def __init__(
        self,
        *,
        name: str,
        kind: SpanKind | str | None = None,
        uuid: str | None = None,
        tags: Sequence[str] | None = None,
        started_at: datetime | str | None = None,
        finished_at: datetime | str | None = None,
        status: str | None = None,
        status_conditions: Sequence[Mapping[str, object]] | None = None,
        metadata: Mapping[str, object] | None = None,
        inputs: Mapping[str, object] | None = None,
        outputs: Mapping[str, object] | None = None,
        children: Sequence[Span] | None = None,
    ) -> None:
        self.name, self.kind, self.uuid, self.tags = name, kind, uuid or new_uuid(), tags
        self.started_at, self.finished_at = started_at, finished_at
        self.status, self.status_conditions = status, status_conditions
        self.metadata, self.inputs, self.outputs = metadata, inputs, outputs
        self.children: list[Span] = list(children or ())

    def __repr__(self) -> str:
        return f"Span(name={self.name!r}, kind={self.kind!r})"

    def __enter__(self) -> Span:
        self.started_at = datetime.now(UTC)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.finished_at = datetime.now(UTC)
        self.status = "succeeded" if error is None else "failed"

    def child(
        self, name: str, kind: SpanKind | str | None = None, *, inputs: Mapping[str, object] | None = None
    ) -> Span:
        """A step inside this one."""
        span = Span(name=name, kind=kind, inputs=inputs)
        self.children.append(span)
        return span

    def to_dict(self) -> dict[str, object]:
        """What is known of it, in Polyaxon's own form."""
        found = {name: getattr(self, name) for name in _FIELDS}
        return {name: value for name, value in found.items() if value is not None and value != []}


def log_span(place: Place, span: object, step: int | None, timestamp: Moment | None) -> None:
    """Keep a span as an event of the series of its name; its inputs and outputs become the run's too.

    Raises:
        TypeError: it is no span, no dict and nothing with `to_dict`.
        ValueError: it has no name.
    """
    fields = _fields_of(span)
    if not fields.get("name"):
        raise ValueError("it has no name")
    Series("span", str(fields["name"]), step, timestamp).log(place, fields)
    for kind in ("inputs", "outputs"):
        values = fields.get(kind)
        if isinstance(values, Mapping) and values:
            place.fact(kind, values=plain_values(values), reset=False)
    place.fact("meta", values={"has_traces": True}, reset=False)


def _fields_of(span: object) -> dict[str, Json]:
    """The fields of a span of ours, of a dict, or of whatever tells them."""
    to_dict = getattr(span, "to_dict", None)
    told = to_dict() if callable(to_dict) else span
    if not isinstance(told, Mapping):
        raise TypeError(f"{type(span).__name__} is no span")
    return {str(name): _field(name, value) for name, value in told.items() if value is not None}


def _field(name: object, value: object) -> Json:
    if name == "children" and isinstance(value, list | tuple):
        return [_fields_of(child) for child in value]
    return value.isoformat() if isinstance(value, datetime) else plain(value)
