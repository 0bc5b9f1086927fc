"""Evaluating a template: jinja2, sandboxed, strict about names that don't exist (semantics 2.1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, Undefined, nodes
from jinja2.exceptions import TemplateAssertionError, TemplateRuntimeError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from polyaxon_sdk.compiler.literals import literal
from polyaxon_sdk.compiler.wrong_template import unknown_name, wrong
from polyaxon_sdk.exceptions import InputError, did_you_mean

__all__ = ["CostlyError", "evaluate", "parsed", "telling", "unknown_function"]

MAX_OUTPUT = 1_000_000
"""How many characters a template may give."""

MAX_BITS = 3322
"""How large a whole number it may give: 1000 digits."""

_WHOLE = re.compile(r"\s*\{\{-?(?P<expression>.*?)-?\}\}\s*", re.DOTALL)
_UNKNOWN_FUNCTION = re.compile(r"No (?P<kind>filter|test) named '(?P<name>.*)'\.")
_KINDS = {"dict": "a mapping", "float": "a number", "int": "a number", "list": "a list", "str": "a text"}
"""What people call the types of values."""

_METHODS = frozenset({"get", "items", "keys", "values"})
"""What a mapping is asked for where it has no such key."""


class CostlyError(Exception):
    """The template does what may take much time or memory."""


def evaluate(template: str, context: Mapping[str, object], *, native: bool, bounded: bool) -> object:
    """What the template gives: as text, or `native` the value itself where all of it is one expression.

    Args:
        bounded: the process is one that may be ended, so that nothing is too costly.

    Raises:
        CostlyError: not bounded, and it multiplies more than numbers.
        InputError: the template is wrong, in whichever way.

    >>> evaluate("{{ layers }}", {"layers": [1, 2]}, native=True, bounded=False)
    [1, 2]
    """
    with telling(template, context):
        if native:
            return _native(template, context, bounded=bounded)
        return _joined(_template(template, bounded=bounded).generate(dict(context)))


def parsed(template: str) -> nodes.Template:
    """The syntax tree of a template."""
    return _environment(bounded=True).parse(template)


@contextmanager
def telling(template: str, context: Mapping[str, object]) -> Iterator[None]:
    """Turn whatever a template raises inside into a person's mistake."""
    try:
        yield
    except CostlyError:
        raise
    except _UnknownNameError as error:
        raise unknown_name(
            template, error.name, context if error.holder is missing else error.holder
        ) from error
    except TemplateSyntaxError as error:
        raise _malformed(template, error) from error
    except RecursionError as error:
        raise wrong(template, " nests or calls itself too deep") from error
    except MemoryError as error:
        raise wrong(template, " takes too much memory") from error
    except AttributeError as error:
        kind = type(error.obj).__name__
        raise wrong(template, f": {_KINDS.get(kind, kind)} has no {error.name!r}") from error
    except NameError as error:  # jinja2 writes the infinities of a template into its code as names
        raise wrong(template, " holds a number that is too large") from error
    except Exception as error:  # a template is a program of whoever wrote the file: it may fail in any way
        raise wrong(template, f": {error}") from error


def unknown_function(kind: str, name: str) -> TemplateAssertionError:
    """What jinja2 raises for an unknown filter or test."""
    return TemplateAssertionError(f"No {kind} named {name!r}.", 1)


def _malformed(template: str, error: TemplateSyntaxError) -> InputError:
    told = error.message or "it is no template"
    found = _UNKNOWN_FUNCTION.fullmatch(told)
    if found is None:
        return wrong(template, f": {told}")
    environment = _environment(bounded=True)
    known = environment.filters if found["kind"] == "filter" else environment.tests
    return wrong(template, f": no {found['kind']} {found['name']!r}", hint=did_you_mean(found["name"], known))


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

    __repr__ = StrictUndefined.__str__  # as an item of a list that is printed


def _raiser(name: str, holder: object) -> type[TemplateRuntimeError]:
    """The exception class that jinja2 asks for, with what it can't tell us bound to it."""

    class Unknown(_UnknownNameError):
        def __init__(self, _: str | None) -> None:
            super().__init__(name, holder)

    return Unknown


class _Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox where `a.b` is the key of a mapping before it is a method of it."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Mapping) and (attribute in obj or attribute not in _METHODS):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


class _Frugal(_Sandbox):
    """A sandbox in which only numbers are multiplied, and only small ones to a power."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        numbers = isinstance(left, (int, float)) and isinstance(right, (int, float))
        if not numbers or (operator == "**" and (abs(right) > 64 or abs(left) > 10**6)):
            raise CostlyError(operator)
        return super().call_binop(context, operator, left, right)


@cache
def _environment(*, bounded: bool) -> _Sandbox:
    kind = _Sandbox if bounded else _Frugal
    environment = kind(undefined=_Strict, keep_trailing_newline=True, finalize=_shown)
    environment.filters["map_format"] = _formatted
    return environment


def _shown(value: object) -> object:
    """A value that a template prints; a method that it forgot to call is none, nor a number that can't be printed."""
    if callable(value) and not isinstance(value, Undefined):
        raise TemplateRuntimeError(f"{getattr(value, '__name__', value)} is a function, it has to be called")
    if isinstance(value, int) and value.bit_length() > MAX_BITS:
        raise TemplateRuntimeError("it gives a whole number of more than 1000 digits")
    return value


def _formatted(value: object, pattern: str) -> str:
    """The filter `map_format`: `'--x=%s'` with the value in it."""
    return pattern % value


@lru_cache(maxsize=4096)
def _template(source: str, *, bounded: bool) -> Template:
    return _environment(bounded=bounded).from_string(source)


def _native(template: str, context: Mapping[str, object], *, bounded: bool) -> object:
    expression = _expression(template, bounded=bounded)
    if expression is None:
        return literal(_joined(_template(template, bounded=bounded).generate(dict(context))))
    found = _shown(expression(dict(context)))
    if isinstance(found, (Undefined, list, tuple, dict)):
        repr(found)  # raises where a name in it doesn't exist
    return literal(found) if isinstance(found, str) else found


@lru_cache(maxsize=4096)
def _expression(source: str, *, bounded: bool) -> Callable[..., object] | None:
    """The function of a template that is one expression and nothing else."""
    whole = _WHOLE.fullmatch(source)
    if whole is None:
        return None
    environment = _environment(bounded=bounded)
    body = environment.parse(source.strip()).body
    if len(body) != 1 or not isinstance(body[0], nodes.Output) or len(body[0].nodes) != 1:
        return None
    return environment.compile_expression(whole["expression"].strip(), undefined_to_none=False)


def _joined(parts: Iterable[str]) -> str:
    text: list[str] = []
    size = 0
    for part in parts:
        text.append(part)
        size += len(part)
        if size > MAX_OUTPUT:
            raise TemplateRuntimeError(f"it gives more than {MAX_OUTPUT} characters")
    return "".join(text)
