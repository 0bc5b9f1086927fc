"""Rendering templates: the cheap ones here, the others where they can be ended (semantics 2.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from polyaxon_sdk.compiler.budget import spend, spending
from polyaxon_sdk.compiler.literals import literal
from polyaxon_sdk.compiler.picking import UnpickedError, pick, picks_of
from polyaxon_sdk.polyflow.templates import unverbatim

if TYPE_CHECKING:
    from polyaxon_sdk.compiler.bounded import Evaluator

__all__ = ["heal", "render_native", "render_text"]

_PLUS = re.compile(r"(?<=\}\})\s*\+\s*(?=/)")


def render_text(template: str, context: Mapping[str, object]) -> str:
    """What the template gives, as text.

    Raises:
        OverLimitError: it takes too much time or memory.
        InputError: wrong syntax, a name that doesn't exist, or whatever else is wrong with it.

    >>> render_text("--lr={{ lr }}", {"lr": 0.1})
    '--lr=0.1'
    """
    return str(_evaluate(template, context, native=False))


def render_native(template: str, context: Mapping[str, object]) -> object:
    """What the template gives: the value itself where all of it is one expression.

    A text that reads as a number, a truth value, a list or a mapping becomes that; one that `verbatim` wrote doesn't.

    >>> render_native("{{ layers }}", {"layers": [1, 2]})
    [1, 2]
    """
    return _evaluate(template, context, native=True)


def heal(template: str) -> str:
    """The template with `{{ a }} + /b` as `{{ a }}/b`, which is what was meant.

    >>> heal("{{ globals.artifacts_path }} + /model.py")
    '{{ globals.artifacts_path }}/model.py'
    """
    return template if unverbatim(template) is not template else _PLUS.sub("", template)


def _evaluate(template: str, context: Mapping[str, object], *, native: bool) -> object:
    picks = picks_of(template)
    if picks is None and (plain := unverbatim(template)) is not template:
        return plain
    if picks is not None:
        try:
            found = pick(picks, context, native=native)
        except UnpickedError:
            pass  # the engine knows what to say of it
        else:
            return literal(found) if native and isinstance(found, str) else found
    return _computed(template, context, native=native)


def _computed(template: str, context: Mapping[str, object], *, native: bool) -> object:
    # jinja2 costs 20 ms, for those whose templates do more than to name values.
    from polyaxon_sdk.compiler.costs import is_cheap
    from polyaxon_sdk.compiler.sandbox import CostlyError, evaluate

    spend(0)  # nothing is left where another took all
    with spending():
        if is_cheap(template):
            try:
                return evaluate(template, context, native=native, bounded=False)
            except CostlyError:
                pass  # what it multiplies is only known now
    return _evaluator().evaluate(template, context, native=native)


@cache
def _evaluator() -> Evaluator:
    from polyaxon_sdk.compiler.bounded import Evaluator  # 10 ms of subprocess, rarely needed

    return Evaluator()
