"""What a person says about a run as a whole: its readme, its environment, its status."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from polyaxon_sdk.exceptions import did_you_mean
from polyaxon_sdk.runs.masking import masker_here
from polyaxon_sdk.tracking.given import flag_given, mapping_given, path_given, text_given, texts_given
from polyaxon_sdk.tracking.values import plain, plain_values

if TYPE_CHECKING:
    from polyaxon_sdk.tracking.interface import Place

__all__ = ["log_environment", "log_status", "log_tags", "log_values", "rename", "update_run", "write_readme"]

_README = "readme.plx.md"
_ENVIRONMENT = "env.json"


def rename(place: Place, field: str, text: str) -> None:
    """Set the run's `name` or `description`.

    Raises:
        InputError: it is no text.
    """
    place.fact("update", **{field: text_given(text, field)})


def update_run(
    place: Place, data: object, *, name: str | None = None, description: str | None = None
) -> None:
    """Say what `data`, a dict or an object with `to_dict`, tells of the run, and above it its name and description.

    Raises:
        InputError: `data` is neither, or what it tells is of another type.
    """
    to_dict = getattr(data, "to_dict", None)
    told = mapping_given(to_dict() if callable(to_dict) else data, "data")
    named = {"name": name, "description": description}
    given = {**told, **{field: text for field, text in named.items() if text is not None}}
    texts = {field: text_given(given[field], field) for field in named if given.get(field) is not None}
    if texts:
        place.fact("update", **texts)
    if given.get("tags") is not None:
        log_tags(place, cast("str | Sequence[str]", given["tags"]), reset=False)
    if given.get("readme") is not None:
        write_readme(place, given["readme"])
    for kind, field in (("inputs", "inputs"), ("outputs", "outputs"), ("meta", "meta_info")):
        if isinstance(values := given.get(field), Mapping):
            place.fact(kind, values=plain_values(values), reset=False)


def write_readme(place: Place, readme: object) -> None:
    """Replace the run's readme.

    Raises:
        InputError: it is no text.
    """
    from polyaxon_sdk.runs.drained import write_whole  # few scripts keep one

    data = (
        masker_here()
        .text(text_given(readme, "readme", expected="text in Markdown"))
        .encode("utf-8", "surrogatepass")
    )
    place.keep("readme", partial(write_whole, place.folder.path / _README, data), len(data))


def log_environment(place: Place, rel_path: str | None, content: Mapping[str, object] | None) -> None:
    """Keep the environment as JSON in the outputs, with its lineage: as given, or as this interpreter tells it.

    It is kept without secrets: a program may give all its environment variables.

    Raises:
        InputError: `rel_path` leads out of the outputs, or `content` is no mapping.
    """
    from polyaxon_sdk.runs.drained import write_whole  # few scripts log one
    from polyaxon_sdk.tracking.artifacts import log_lineage  # what copies comes with it

    masker = masker_here()
    if content is None:
        from polyaxon_sdk.sidecar.capture import capture_environment  # subprocess comes with it

        text = masker.text(json.dumps(capture_environment(), indent=1))
    else:
        text = json.dumps(masker.values(plain_values(mapping_given(content, "content"))), indent=1)
    relative = (
        f"outputs/{_ENVIRONMENT if rel_path is None else path_given(rel_path, 'rel_path') or _ENVIRONMENT}"
    )
    path, data = place.folder.inside(relative), text.encode("ascii")

    def write() -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
        log_lineage(place, "env", "env", relative, {}, is_input=True)

    place.keep("environment", write, len(data))


def log_values(place: Place, kind: str, values: Mapping[str, object], *, reset: bool) -> None:
    """Set `inputs`, `outputs` or `meta` of the run by name; `reset` forgets those of before.

    Raises:
        InputError: `reset` is neither yes nor no.
    """
    place.fact(kind, values=plain_values(values), reset=flag_given(reset, "reset"))


def log_tags(place: Place, tags: str | Sequence[str], *, reset: bool) -> None:
    """Add tags, given as a list or as text with commas.

    Raises:
        InputError: they are neither.
    """
    place.fact("tags", values=texts_given(tags, "tags"), reset=flag_given(reset, "reset"))


def log_status(place: Place, status: str, reason: str, message: str) -> None:
    """Add a status.

    Raises:
        ValueError: there is no such status.
    """
    from polyaxon_sdk.runs.status import STATUSES  # few scripts tell one

    wanted = str(getattr(status, "value", status))
    if wanted not in STATUSES:
        raise ValueError(f"{wanted!r} is none{did_you_mean(wanted, STATUSES)}")
    place.fact("status", status=wanted, reason=plain(reason), message=plain(message))
