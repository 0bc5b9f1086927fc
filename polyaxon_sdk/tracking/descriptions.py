"""What a person says about a run as a whole: its readme, its environment, its status."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from polyaxon_sdk.exceptions import did_you_mean
from polyaxon_sdk.runs.drained import write_whole
from polyaxon_sdk.runs.masking import masker_here
from polyaxon_sdk.runs.status import STATUSES
from polyaxon_sdk.tracking.artifacts import log_lineage
from polyaxon_sdk.tracking.numbers import shown
from polyaxon_sdk.tracking.place import Place
from polyaxon_sdk.tracking.values import plain, plain_values, text_of

__all__ = ["log_environment", "log_status", "log_tags", "rename", "update_run", "write_readme"]

_README = "readme.plx.md"
_ENVIRONMENT = "env.json"


def rename(place: Place, field: str, text: str) -> None:
    """Set the run's `name` or `description`."""
    place.fact("update", **{field: plain(text)})


def update_run(
    place: Place, data: object, *, name: str | None = None, description: str | None = None
) -> None:
    """Say what `data`, a dict or an object with `to_dict`, tells of the run, and above it its name and description.

    Raises:
        TypeError: `data` is neither.
    """
    to_dict = getattr(data, "to_dict", None)
    told = to_dict() if callable(to_dict) else data or {}
    if not isinstance(told, Mapping):
        raise TypeError(f"{type(data).__name__} tells nothing by name")
    given = {**told, "name": name or told.get("name"), "description": description or told.get("description")}
    texts = {field: given[field] for field in ("name", "description") if given[field] is not None}
    if texts:
        place.fact("update", **{field: text_of(text) for field, text in texts.items()})
    if given.get("tags") is not None:
        log_tags(place, given["tags"], reset=False)
    if given.get("readme") is not None:
        write_readme(place, str(given["readme"]))
    for kind, field in (("inputs", "inputs"), ("outputs", "outputs"), ("meta", "meta_info")):
        if isinstance(values := given.get(field), Mapping):
            place.fact(kind, values=plain_values(values), reset=False)


def write_readme(place: Place, readme: str) -> None:
    """Replace the run's readme."""
    data = masker_here().text(readme).encode("utf-8", "surrogatepass")
    place.keep("readme", partial(write_whole, place.folder.path / _README, data), len(data))


def log_environment(place: Place, rel_path: str | None, content: Mapping[str, object] | None) -> None:
    """Keep the environment as JSON in the outputs, with its lineage: as given, or as this interpreter tells it.

    It is kept without secrets: a program may give all its environment variables.

    Raises:
        InputError: `rel_path` leads out of the outputs.
    """
    masker = masker_here()
    if content is None:
        from polyaxon_sdk.sidecar.capture import capture_environment  # subprocess comes with it

        text = masker.text(json.dumps(capture_environment(), indent=1))
    else:
        text = json.dumps(masker.values(plain_values(content)), indent=1)
    relative = f"outputs/{rel_path or _ENVIRONMENT}"
    path, data = place.folder.inside(relative), text.encode("ascii")

    def write() -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
        log_lineage(place, "env", "env", relative, {}, is_input=True)

    place.keep("environment", write, len(data))


def log_tags(place: Place, tags: str | Sequence[str], *, reset: bool) -> None:
    """Add tags, given as a list or as text with commas.

    Raises:
        TypeError: they are neither.
    """
    if not isinstance(tags, Iterable):
        raise TypeError(f"{shown(tags)} is no list of tags and no text")
    each = tags.split(",") if isinstance(tags, str) else tags
    place.fact("tags", values=[str(tag).strip() for tag in each if str(tag).strip()], reset=reset)


def log_status(place: Place, status: str, reason: str, message: str) -> None:
    """Add a status.

    Raises:
        ValueError: there is no such status.
    """
    wanted = str(getattr(status, "value", status))
    if wanted not in STATUSES:
        raise ValueError(f"{wanted!r} is none{did_you_mean(wanted, STATUSES)}")
    place.fact("status", status=wanted, reason=plain(reason), message=plain(message))
