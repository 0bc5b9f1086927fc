"""Going on with a run that is there: what a person asks for, and whether it can be."""

from __future__ import annotations

import os
from typing import Literal, TypeAlias

from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.tracking.beginning import Resumption
from polyaxon_sdk.tracking.numbers import step_of
from polyaxon_sdk.tracking.parts import Belonging, uuid_of

__all__ = ["Resume", "resumption_of"]

Resume: TypeAlias = "bool | Literal['allow', 'must']"
"""Whether a run goes on.

| word | where the run is not there |
| --- | --- |
| False | it is made |
| True | an error, unless `POLYAXON_RUN_UUID` names it: a scheduler starts the first attempt as it does the later ones |
| allow | it is made |
| must | an error |
"""

_WORDS = ("allow", "must")
_ALIKE = 4
"""Letters that a uuid with a slip in it has in common with the one that is meant, at one of its ends."""


def resumption_of(
    settings: Settings, belonging: Belonging, resume: Resume, from_step: int | None
) -> Resumption:
    """How a run goes on, as `tracking.init` is asked.

    Raises:
        InputError: `resume` or `from_step` is malformed, or the run is not there.
    """
    if not isinstance(resume, bool) and resume not in _WORDS:
        hint = did_you_mean(str(resume), _WORDS)
        raise InputError(
            f"{resume!r} is none", path="resume", expected="True, False, 'allow' or 'must'", hint=hint
        )
    step = step_of(from_step)
    if step is None and from_step is not None:
        raise InputError(f"{from_step!r} is no step", path="resume_from_step", expected="a whole number")
    wanted = Resumption(is_wanted=bool(resume) or step is not None, step=step)
    if wanted.is_wanted and resume != "allow" and not settings.flag("no_op"):
        _check_there(settings, belonging, is_strict=resume == "must")
    return wanted


def _check_there(settings: Settings, belonging: Belonging, *, is_strict: bool) -> None:
    uuid, told = belonging.uuid, uuid_of(settings.run_uuid)
    if uuid is None:
        raise InputError(
            "no run is named to go on with",
            path="resume",
            expected="run_uuid or POLYAXON_RUN_UUID, or resume='allow' to begin one",
        )
    if RunFolder(settings.runs / uuid).record.is_dir() or (uuid == told and not is_strict):
        return
    raise InputError(
        f"there is no run {uuid}",
        path="run_uuid",
        expected=f"one in {settings.runs}, or resume='allow' to begin it",
        hint=did_you_mean(uuid, _alike(settings, uuid)),
    )


def _alike(settings: Settings, uuid: str) -> list[str]:
    """The few of a home's runs that may be meant."""
    names = os.listdir(settings.runs) if settings.runs.is_dir() else []
    return [name for name in names if name[:_ALIKE] == uuid[:_ALIKE] or name[-_ALIKE:] == uuid[-_ALIKE:]]
