"""The verb for traces."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from polyaxon_sdk.tracking.numbers import Moment
from polyaxon_sdk.tracking.verbs.placed import Placed

if TYPE_CHECKING:
    from polyaxon_sdk.tracking.spans import Span

__all__ = ["TraceVerbs"]


class TraceVerbs(Placed):
    """What a chain of calls took in and gave back (semantics 5.2: traces)."""

    def log_trace(
        self, span: Span | Mapping[str, object], step: int | None = None, timestamp: Moment | None = None
    ) -> None:
        """Log a span and the spans inside it to the series of its name; its inputs and outputs are the run's too.

        Args:
            span: a `polyaxon_sdk.tracking.spans.Span`, or its fields as a dict.
            step: where in the series it belongs.
            timestamp: by default now.

        >>> run.log_trace(Span(name="answer", kind="llm", outputs={"text": "because"}))  # doctest: +SKIP
        """
        from polyaxon_sdk.tracking.spans import log_span  # paid by who logs one

        self._log("trace", log_span, span, step, timestamp)
