"""The person whose processes these are."""

from __future__ import annotations

import os
import pwd
from functools import cache

__all__ = ["user_name"]


@cache
def user_name() -> str:
    """The user's name on this machine; where the machine knows none, the number.

    >>> user_name()  # doctest: +SKIP
    'ada'
    """
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())
