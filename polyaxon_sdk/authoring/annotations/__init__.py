"""What annotations mean: from one to the type of an input, and both ways between JSON and Python."""

from __future__ import annotations

from polyaxon_sdk.authoring.annotations.meaning import Meaning
from polyaxon_sdk.authoring.annotations.scalars import ANY
from polyaxon_sdk.authoring.annotations.table import meaning_of

__all__ = ["ANY", "Meaning", "meaning_of"]
