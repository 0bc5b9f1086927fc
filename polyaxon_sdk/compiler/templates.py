"""Rendering templates: the cheap ones here, the others where they can be ended (semantics 2.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from polyaxon_sdk.compiler.costs import is_cheap
from polyaxon_sdk.compiler.sandbox import CostlyError, evaluate

if TYPE_CHECKING:
    from polyaxon_sdk.compiler.bounded import Evaluator  # 10 ms of subprocess, rarely needed

    return Evaluator()
