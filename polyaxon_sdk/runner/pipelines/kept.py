"""What a search found, as a file of its run."""

from __future__ import annotations

import json

from polyaxon_sdk.runner.pipelines.findings import Findings
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.types import JsonObject

__all__ = ["keep_findings"]

_FILE = "trials.json"


def keep_findings(folder: RunFolder, findings: Findings) -> JsonObject:
    """Write the runs of a search to `outputs/trials.json` of its run; the artifact that its record names.

    Raises:
        OSError: it can't be written.
    """
    folder.outputs.mkdir(parents=True, exist_ok=True)
    target = folder.outputs / _FILE
    draft = target.with_suffix(".draft")
    draft.write_text(
        json.dumps(findings.document, ensure_ascii=False, indent=1, default=str), encoding="utf-8"
    )
    draft.replace(target)
    path = target.relative_to(folder.path).as_posix()
    return {"name": "trials", "kind": "file", "path": path, "is_input": False}
