"""The words that existing scripts take from enumerations, and an artifact as they write it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from attrs import define

__all__ = ["V1ArtifactKind", "V1EventSpanKind", "V1RunArtifact"]


class V1ArtifactKind(StrEnum):
    """What an artifact is (semantics 5.9)."""

    MODEL = "model"
    AUDIO = "audio"
    VIDEO = "video"
    HISTOGRAM = "histogram"
    IMAGE = "image"
    TENSOR = "tensor"
    DATAFRAME = "dataframe"
    CHART = "chart"
    CSV = "csv"
    TSV = "tsv"
    PSV = "psv"
    SSV = "ssv"
    METRIC = "metric"
    ENV = "env"
    HTML = "html"
    TEXT = "text"
    FILE = "file"
    DIR = "dir"
    DOCKERFILE = "dockerfile"
    DOCKER_IMAGE = "docker_image"
    DATA = "data"
    CODEREF = "coderef"
    TABLE = "table"
    TENSORBOARD = "tensorboard"
    CURVE = "curve"
    CONFUSION = "confusion"
    ANALYSIS = "analysis"
    ITERATION = "iteration"
    MARKDOWN = "markdown"
    SYSTEM = "system"
    ARTIFACT = "artifact"
    SPAN = "span"


class V1EventSpanKind(StrEnum):
    """What a span is of (semantics 5.4)."""

    LLM = "llm"
    CHAIN = "chain"
    AGENT = "agent"
    TOOL = "tool"
    EMBEDDING = "embedding"
    RETRIEVER = "retriever"


@define(kw_only=True)
class V1RunArtifact:
    """An artifact as `tracking.log_artifact_lineage` takes it (semantics 5.9).

    >>> V1RunArtifact(name="digits", kind="data", is_input=True).to_dict()
    {'name': 'digits', 'kind': 'data', 'is_input': True}
    """

    name: str
    kind: str
    path: str | None = None
    connection: str | None = None
    state: str | None = None
    summary: Mapping[str, object] | None = None
    meta_info: Mapping[str, object] | None = None
    run: str | None = None
    is_input: bool | None = None

    def to_dict(self) -> dict[str, object]:
        """What is known of it, by name."""
        fields = (
            "name",
            "kind",
            "path",
            "connection",
            "state",
            "summary",
            "meta_info",
            "run",
            "is_input",
        )
        return {name: value for name in fields if (value := getattr(self, name)) is not None}
