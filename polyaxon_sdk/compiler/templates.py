"""Rendering: jinja2, sandboxed, strict about names that don't exist (semantics 2.1)."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from typing import Any, TypeVar

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, Undefined, nodes
from jinja2.exceptions import TemplateRuntimeError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from polyaxon_sdk.exceptions import InputError, did_you_mean

__all__ = ["heal", "render_native", "render_text"]

MAX_OUTPUT = 1_000_000
"""How many characters a template may give."""

MAX_RANGE = 10_000
"""How long a `range` in a template may be."""

MAX_LOOPS = 2
"""How deep loops may nest."""

_PLUS = re.compile(r"(?<=\}\})\s*\+\s*(?=/)")
_WHOLE = re.compile(r"\s*\{\{-?(?P<expression>.*?)-?\}\}\s*", re.DOTALL)

_WIDE = re.compile(r"%[^a-zA-Z%]*(\d{4}|\*)")

T = TypeVar("T")


def render_text(template: str, context: Mapping[str, object]) -> str:
    """What the template gives, as text.

    Raises:
        InputError: wrong syntax, a name that doesn't exist, or a limit.

    >>> render_text("--lr={{ lr }}", {"lr": 0.1})
    '--lr=0.1'
    """
    return _run(template, context, lambda: _joined(_template(template).generate(dict(context))))


def render_native(template: str, context: Mapping[str, object]) -> object:
    """What the template gives: the value itself where all of it is one expression.

    A text that reads as a number, a truth value, a list or a mapping becomes that.

    >>> render_native("{{ layers }}", {"layers": [1, 2]})
    [1, 2]
    """

    def value() -> object:
        expression = _expression(template)
        if expression is None:
            return render_text(template, context)
        found = expression(**context)
        if isinstance(found, Undefined):
            str(found)  # raises: the name doesn't exist
        return found

    found = _run(template, context, value)
    return _literal(found) if isinstance(found, str) else found


def heal(template: str) -> str:
    """The template with `{{ a }} + /b` as `{{ a }}/b`, which is what was meant.

    >>> heal("{{ globals.artifacts_path }} + /model.py")
    '{{ globals.artifacts_path }}/model.py'
    """
    return _PLUS.sub("", template)


class _UnknownNameError(TemplateRuntimeError):
    """A template named something that doesn't exist."""

    def __init__(self, name: str, holder: object) -> None:
        super().__init__(name)
        self.name = name
        self.holder = holder


class _Strict(StrictUndefined):
    """Refuses every use of a name that doesn't exist, and knows which."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> None:
        super().__init__(hint, obj, name, _raiser(str(name), obj) if exc is UndefinedError else exc)


def _raiser(name: str, holder: object) -> type[TemplateRuntimeError]:
    """The exception class that jinja2 asks for, with what it can't tell us bound to it."""

    class Unknown(_UnknownNameError):
        def __init__(self, _: str | None) -> None:
            super().__init__(name, holder)

    return Unknown


class _Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox where `a.b` is the key of a mapping before it is a method of it."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def call(self, context: Any, target: Any, /, *args: Any, **kwargs: Any) -> Any:  # as jinja2 calls it
        _refuse_huge(*args, *kwargs.values())
        return super().call(context, target, *args, **kwargs)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        numbers = isinstance(left, (int, float)) and isinstance(right, (int, float))
        if operator == "**" and (not numbers or abs(right) > 64 or abs(left) > 10**6):
            raise TemplateRuntimeError("a power this large is not allowed")
        if operator == "*" and not numbers:
            raise TemplateRuntimeError("only numbers are multiplied")
        if operator == "%" and not numbers:
            raise TemplateRuntimeError("only numbers have a remainder")
        return super().call_binop(context, operator, left, right)


@cache
def _environment() -> _Sandbox:
    environment = _Sandbox(undefined=_Strict, keep_trailing_newline=True)
    environment.filters["map_format"] = _formatted
    for name in ("center", "indent"):
        environment.filters[name] = _padding(environment.filters[name])
    environment.globals = {"range": _range}
    return environment


def _formatted(value: object, pattern: str) -> str:
    """The filter `map_format`: `'--x=%s'` with the value in it."""
    if _WIDE.search(pattern):
        raise TemplateRuntimeError(f"a width like that of {pattern!r} is not allowed")
    return pattern % value


def _padding(pad: Callable[..., str]) -> Callable[..., str]:
    """A filter whose width a template can't choose as large as the machine's memory."""

    def padded(value: object, *args: object, **kwargs: object) -> str:
        _refuse_huge(*args, *kwargs.values())
        return pad(value, *args, **kwargs)

    return padded


def _refuse_huge(*numbers: object) -> None:
    if any(isinstance(one, int) and abs(one) > MAX_OUTPUT for one in numbers):
        raise TemplateRuntimeError(f"a number above {MAX_OUTPUT} is no argument here")


def _range(*bounds: int) -> range:
    found = range(*bounds)
    if len(found) > MAX_RANGE:
        raise TemplateRuntimeError(f"a range is at most {MAX_RANGE} long")
    return found


@lru_cache(maxsize=4096)
def _template(source: str) -> Template:
    tree = _environment().parse(source)
    if _depth(tree) > MAX_LOOPS:
        raise TemplateRuntimeError(f"loops nest deeper than {MAX_LOOPS}")
    return _environment().from_string(source)


@lru_cache(maxsize=4096)
def _expression(source: str) -> Callable[..., object] | None:
    """The function of a template that is one expression and nothing else."""
    whole = _WHOLE.fullmatch(source)
    if whole is None:
        return None
    body = _environment().parse(source.strip()).body
    if len(body) != 1 or not isinstance(body[0], nodes.Output) or len(body[0].nodes) != 1:
        return None
    return _environment().compile_expression(whole["expression"].strip(), undefined_to_none=False)


def _depth(node: nodes.Node) -> int:
    below = max((_depth(child) for child in node.iter_child_nodes()), default=0)
    return below + isinstance(node, nodes.For)


def _joined(parts: Iterable[str]) -> str:
    text: list[str] = []
    size = 0
    for part in parts:
        text.append(part)
        size += len(part)
        if size > MAX_OUTPUT:
            raise TemplateRuntimeError(f"it gives more than {MAX_OUTPUT} characters")
    return "".join(text)


def _literal(text: str) -> object:
    try:
        found: object = ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return text
    return found


def _run(template: str, context: Mapping[str, object], action: Callable[[], T]) -> T:
    what = f"template {_short(template)!r}"
    try:
        return action()
    except _UnknownNameError as error:
        known = context if error.holder is missing else error.holder
        hint = did_you_mean(error.name, [str(key) for key in known] if isinstance(known, Mapping) else [])
        raise InputError(f"{what} names {error.name!r}, which doesn't exist", hint=hint) from error
    except TemplateSyntaxError as error:
        raise InputError(f"{what}: {error.message}") from error
    except TemplateError as error:
        raise InputError(f"{what}: {error}") from error
    except (TypeError, ValueError, ArithmeticError, LookupError) as error:
        raise InputError(f"{what}: {error}") from error


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:77] + "..."
