"""Recognising templates, and writing texts that only look like some; rendering them is the compiler's."""

from __future__ import annotations

import re
from typing import Annotated, TypeAlias, TypeGuard

__all__ = ["Template", "is_template", "unverbatim", "verbatim"]

Template: TypeAlias = Annotated[str, "template"]
"""A text with `{{ }}` or `{% %}`, allowed where the field's own type is another."""

_RAW = re.compile(r"\{% raw %\}(.*?)\{% endraw %\}", re.DOTALL)
_END = re.compile(r"\{(?=%[-+]?\s*endraw)")
_SPLIT = "{{% endraw %}{% raw %}"
"""The `{` of an `endraw` within a text, with the end of one part and the start of the next behind it."""


def is_template(value: object) -> TypeGuard[str]:
    """Whether a value has to be rendered (semantics 2.1).

    >>> is_template("{{ lr }}"), is_template("lr"), is_template(3)
    (True, False, False)
    """
    return isinstance(value, str) and ("{{" in value or "{%" in value)


def verbatim(value: object) -> object:
    """A value in the form that renders to it: of a text with braces, such as a prompt, what the template engine
    calls raw; anything else stays as it is.

    >>> verbatim({"prompt": "{{ question }}", "tries": 3})
    {'prompt': '{% raw %}{{ question }}{% endraw %}', 'tries': 3}
    """
    if is_template(value):
        return f"{{% raw %}}{_END.sub(_SPLIT, value)}{{% endraw %}}"
    if isinstance(value, dict):
        return {key: verbatim(item) for key, item in value.items()}
    return [verbatim(item) for item in value] if isinstance(value, list) else value


def unverbatim(value: object) -> object:
    """What `verbatim` was given, of what it gave; anything else, templates too, stays as it is.

    >>> unverbatim("{% raw %}{{ question }}{% endraw %}"), unverbatim("{{ lr }}")
    ('{{ question }}', '{{ lr }}')
    """
    if is_template(value):
        parts = _RAW.split(value)
        is_raw = not any(parts[::2]) and not any(map(_END.search, parts[1::2]))
        text = "".join(parts[1::2])
        return text if is_raw and is_template(text) else value
    if isinstance(value, dict):
        return {key: unverbatim(item) for key, item in value.items()}
    return [unverbatim(item) for item in value] if isinstance(value, list) else value
