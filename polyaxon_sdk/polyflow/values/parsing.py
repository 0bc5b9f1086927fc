"""From a text or value to a value of an IO's type."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import hints
from polyaxon_sdk.polyflow.values.documents import (
    as_artifacts,
    as_auth,
    as_dict,
    as_list,
    as_object,
    document,
)
from polyaxon_sdk.polyflow.values.moments import as_date, as_moment, as_timedelta
from polyaxon_sdk.polyflow.values.places import (
    as_email,
    as_gcs,
    as_image,
    as_path,
    as_s3,
    as_uri,
    as_uuid,
    as_wasb,
)
from polyaxon_sdk.polyflow.values.scalars import as_any, as_bool, as_float, as_int, as_none, as_str

__all__ = ["TYPES", "canonical", "check_type", "parse"]

_Parser = Callable[[object], object]

TYPES: dict[str, tuple[_Parser, str]] = {
    "any": (as_any, "anything"),
    "artifacts": (as_artifacts, "a mapping with files and dirs"),
    "auth": (as_auth, "user:password or a mapping with user and password"),
    "bool": (as_bool, "true or false"),
    "date": (as_date, "a date such as 2024-02-03"),
    "datetime": (as_moment, "a moment such as 2024-02-03T04:05:06"),
    "dict": (as_dict, "a mapping or a JSON object"),
    "dockerfile": (document("V1DockerfileType"), "a mapping with at least an image"),
    "email": (as_email, "a mail address"),
    "event": (document("V1EventType"), "a mapping with name and kind"),
    "file": (document("V1FileType"), "a mapping with at least content"),
    "float": (as_float, "a number"),
    "gcs": (as_gcs, "gs://bucket/blob"),
    "git": (document("V1GitType"), "a mapping with url, revision and flags"),
    "image": (as_image, "an image such as name:tag"),
    "int": (as_int, "a whole number"),
    "list": (as_list, "a list or a JSON array"),
    "metadata": (as_dict, "a mapping or a JSON object"),
    "metric": (as_float, "a number"),
    "path": (as_path, "a path"),
    "s3": (as_s3, "s3://bucket/key"),
    "str": (as_str, "text"),
    "tensorboard": (document("V1TensorboardType"), "a mapping with port and uuids"),
    "timedelta": (as_timedelta, "seconds, PT1H or HH:MM:SS"),
    "uri": (as_uri, "http://host/path or user:password@host"),
    "uuid": (as_uuid, "32 hexadecimal digits"),
    "wasb": (as_wasb, "wasbs://container@account.blob.core.windows.net/path"),
}
"""Type name to its parser and to the words that tell a person what it wants."""

_MORE: dict[str, tuple[_Parser, str]] = {
    "none": (as_none, "no value"),
    "object": (as_object, "anything, a text as JSON"),
}
"""Hints that are none of these types."""

_HINT = re.compile(r"(?P<name>[A-Za-z]\w*)(\[(?P<inner>.*)\])?")
_MODULE = re.compile(r"\b\w+\.(?=\w)")
_SIGNS: dict[str, tuple[str, Callable[[float], bool], str]] = {
    "positiveint": ("int", lambda number: number > 0, "a whole number above 0"),
    "nonnegativeint": ("int", lambda number: number >= 0, "a whole number, 0 or more"),
    "negativeint": ("int", lambda number: number < 0, "a whole number below 0"),
    "nonpositiveint": ("int", lambda number: number <= 0, "a whole number, 0 or less"),
    "positivefloat": ("float", lambda number: number > 0, "a number above 0"),
    "nonnegativefloat": ("float", lambda number: number >= 0, "a number, 0 or more"),
    "negativefloat": ("float", lambda number: number < 0, "a number below 0"),
    "nonpositivefloat": ("float", lambda number: number <= 0, "a number, 0 or less"),
}
"""Hints that bound a number: what they bound, the bound, and the words for it."""

_DEEPEST = 16
"""How many types may be inside each other."""

_ALIASES = {
    "anyurl": "uri",
    "boolean": "bool",
    "directorypath": "path",
    "emailstr": "email",
    "filepath": "path",
    "finitefloat": "float",
    "frozenset": "list",
    "httpurl": "uri",
    "integer": "int",
    "iterable": "list",
    "mapping": "dict",
    "nonetype": "none",
    "number": "float",
    "sequence": "list",
    "set": "list",
    "strictbool": "bool",
    "strictfloat": "float",
    "strictint": "int",
    "strictstr": "str",
    "string": "str",
    "tuple": "list",
}
"""Other names that these types have."""


def check_type(name: str) -> None:
    """Raise `InputError` where no type has this name.

    >>> check_type("flaot")
    Traceback (most recent call last):
    polyaxon_sdk.exceptions.InputError: unknown type 'flaot', did you mean 'float'?
    """
    _parser(name)


def parse(kind: str, value: object) -> object:
    """The value of type `kind` that `value` stands for; texts are read, values are checked.

    Raises:
        InputError: the type is unknown, or the value is none of its values.

    >>> parse("float", "1e-3"), parse("list[int]", "[1, 2]")
    (0.001, [1, 2])
    """
    parser, expected = _parser(kind)
    try:
        return parser(value)
    except InputError:
        raise
    except RecursionError as error:
        raise InputError(f"a value of type {kind} is nested too deep") from error
    except (ValueError, TypeError, OverflowError) as error:
        raise InputError(f"{value!r} is not a value of type {kind}", expected=expected) from error


def canonical(name: str) -> str:
    """The one name of a type that has several; of a hint that bounds a number, the number's type.

    >>> canonical("Optional[List[Integer]]"), canonical("PositiveInt"), canonical("Dict[str, float]")
    ('list[int]', 'int', 'dict[float]')
    >>> canonical("int | str"), canonical("tuple[int, str]")
    ('any', 'list')
    """
    if len(choices := _choices(name)) > 1:
        return "any"
    head, inner = _parts(choices[0])
    if head in _SIGNS:
        return _SIGNS[head][0]
    if head == "object" or (head == "list" and len(_split(inner or "", ",")) > 1):
        return "any" if head == "object" else head
    return f"{head}[{canonical(_item(head, inner))}]" if inner else head


def _parser(name: str) -> tuple[_Parser, str]:
    if name in TYPES:
        return TYPES[name]
    if name.count("[") > _DEEPEST:
        raise InputError("a type inside so many others", expected=f"at most {_DEEPEST} levels")
    choices = _choices(name)
    if len(choices) > 1:
        return _either(choices)
    head, inner = _parts(choices[0])
    if head in _SIGNS:
        return _signed(*_SIGNS[head])
    if inner is None and head in _MORE:
        return _MORE[head]
    if head not in TYPES:
        raise InputError(
            f"unknown type {name!r}", hint=hints.nearest(head, TYPES, meant=hints.TYPES) or _known()
        )
    return TYPES[head] if inner is None else _generic(head, inner)


def _choices(name: str) -> list[str]:
    """The types of which a hint takes each, without the one of no value: those of a union, or the hint itself."""
    found: list[str] = []
    for part in _split(_MODULE.sub("", name.replace(" ", "")), "|"):
        head, inner = _parts(part)
        inside = _split(inner, ",") if inner and head in ("optional", "union") else []
        found += [choice for one in inside for choice in _choices(one)] or [part]
    return [one for one in found if _parts(one)[0] != "none"] or found[:1]


def _split(text: str, sign: str) -> list[str]:
    """The parts between a sign, where it stands in no brackets."""
    parts, depth = [""], 0
    for letter in text:
        depth += (letter == "[") - (letter == "]")
        if letter == sign and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def _either(choices: Sequence[str]) -> tuple[_Parser, str]:
    """The parser of a union: its own type for a value that has one, else the first that takes it, text last."""
    parsers = {choice: _parser(choice) for choice in sorted(choices, key=lambda one: _parts(one)[0] == "str")}

    def parse_either(value: object) -> object:
        own = [choice for choice in parsers if _parts(choice)[0] == type(value).__name__ != "str"]
        for choice in (*own, *parsers):
            try:
                return parsers[choice][0](value)
            except (InputError, ValueError, TypeError, OverflowError):
                continue
        raise ValueError

    return parse_either, " or ".join(expected for _, expected in parsers.values())


def _parts(name: str) -> tuple[str, str | None]:
    """A hint's own name, lower-case and without its other names, and what stands in its brackets."""
    hint = _HINT.fullmatch(_MODULE.sub("", name.replace(" ", "")))
    head = (hint["name"] if hint else name).lower()
    return _ALIASES.get(head, head), hint["inner"] if hint else None


def _item(head: str, inner: str) -> str:
    """The type of what a list or mapping holds: `float` of `str,float`."""
    return inner.partition(",")[2] or inner if head == "dict" else inner


def _signed(kind: str, holds: Callable[[float], bool], expected: str) -> tuple[_Parser, str]:
    read = TYPES[kind][0]

    def parse_signed(value: object) -> object:
        number = read(value)
        if not isinstance(number, (int, float)) or not holds(number):
            raise ValueError
        return number

    return parse_signed, expected


def _generic(head: str, inner: str) -> tuple[_Parser, str]:
    if head == "list" and (kinds := _split(inner.removesuffix(",..."), ","))[1:]:
        items = [_parser(kind)[0] for kind in kinds]
        return (
            lambda value: [one(each) for one, each in zip(items, as_list(value), strict=True)],
            f"a list of {', '.join(kinds)}",
        )
    if head == "list":
        item, _ = _parser(inner.removesuffix(",..."))
        return lambda value: [item(one) for one in as_list(value)], f"a list of {inner}"
    if head == "dict":
        kind = _item(head, inner)
        item, _ = _parser(kind)
        return (
            lambda value: {key: item(one) for key, one in as_dict(value).items()},
            f"a mapping to {kind}",
        )
    raise InputError(f"type {head!r} takes no type of its own", expected="list[...] or dict[str, ...]")


def _known() -> str:
    return ", the types are " + ", ".join(TYPES)
