"""Whether what a reference names exists, and fits the input that it is for (semantics 1.5 and 1.6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import field, frozen

from polyaxon_sdk.compiler.globals import GLOBAL_TYPES
from polyaxon_sdk.compiler.referring import ROOTS, bare
from polyaxon_sdk.exceptions import did_you_mean
from polyaxon_sdk.polyflow import V1IO, Problem, V1Param
from polyaxon_sdk.polyflow.values import canonical

__all__ = ["Offer", "check_reference"]

_PATHS = frozenset({"str", "path", "s3", "gcs", "wasb"})
_NUMBERS = frozenset({"int", "float", "metric", "bool"})
_MAPPINGS = frozenset(
    {"dict", "metadata", "artifacts", "auth", "dockerfile", "event", "file", "git", "tensorboard"}
)
_PARTS = frozenset({"files", "dirs", "workers"})


@frozen(kw_only=True)
class Offer:
    """What is known, before it runs, of a run that is referred to.

    Args:
        noun: what messages call it.
        inputs, outputs: the declared ones by name; none for a name of which nothing more is known.
        is_known: others can't come.
        is_around: it is the dag around the operation, whose outputs aren't there yet as a whole.
        is_lenient: a value that could be read as the other type, such as a text as a number, fits.
    """

    noun: str
    inputs: Mapping[str, V1IO | None] = field(factory=dict)
    outputs: Mapping[str, V1IO | None] = field(factory=dict)
    is_known: bool = True
    is_around: bool = False
    is_lenient: bool = False


def check_reference(name: str, param: V1Param, io: V1IO | None, offer: Offer) -> Iterator[Problem]:
    """What is wrong with a param that refers to another run.

    Args:
        io: the input that it is for; none where no input has its name.
        offer: what is known of that run.

    >>> loss = Offer(noun="'train'", outputs={"loss": V1IO(name="loss", type="float")})
    >>> wrong = V1Param(value="outputs.los", ref="ops.train")
    >>> [problem.what for problem in check_reference("x", wrong, None, loss)]
    ["'train' has no outputs.los"]
    """
    path = ("params", name)
    if isinstance(param.value, Mapping):
        if unknown := sorted(set(map(str, param.value)) - _PARTS):
            yield Problem(
                what=f"{unknown[0]!r} is no part of artifacts", path=path, expected="files and dirs"
            )
        elif io is not None and not _is_taken(("artifacts", "dict"), param, io, offer):
            yield Problem(what=f"files and dirs of {offer.noun} is artifacts", path=path, expected=_kind(io))
        return
    if not isinstance(param.value, str):
        yield Problem(
            what=f"{param.value!r} is no path of a run's value", path=path, expected="such as outputs.loss"
        )
        return
    section, dot, key = bare(param.value).partition(".")
    if section not in ROOTS or (dot and not key):
        told = f"{param.value!r} is no path of a run's value"
        yield Problem(what=told, path=path, expected=", ".join(ROOTS), hint=did_you_mean(section, ROOTS))
        return
    if io is not None and key.count(".") > (section == "artifacts"):
        told = f"{param.value!r} is no path of a run's value"
        yield Problem(what=told, path=path, expected=f"{section} and one name")
        return
    if offer.is_around and not key and section in ("outputs", "io"):
        yield Problem(
            what=f"all {section} of {offer.noun} aren't there yet", path=path, expected="such as inputs.x"
        )
        return
    known = _known(section, offer)
    if key and known is not None and key not in known:
        whose = "no run" if section == "globals" else offer.noun
        what = f"{whose} has {'' if section == 'globals' else 'no '}{section}.{key}"
        yield Problem(what=what, path=path, hint=did_you_mean(key, known))
        return
    kinds = _kinds(section, key, offer)
    if kinds and io is not None and not _is_taken(kinds, param, io, offer):
        whole = f"{section}.{key}" if key else f"all {section}"
        yield Problem(what=f"{whole} of {offer.noun} is {kinds[0]}", path=path, expected=_kind(io))


def _is_taken(kinds: Iterable[str], param: V1Param, io: V1IO, offer: Offer) -> bool:
    fits = _could_be if offer.is_lenient else _is_like
    return bool(param.context_only) or any(fits(kind, _kind(io)) for kind in kinds)


def _known(section: str, offer: Offer) -> Mapping[str, object] | None:
    """The names in a part of a run; nothing where others may be there."""
    if section == "globals":
        return GLOBAL_TYPES
    if section not in ("inputs", "outputs") or not offer.is_known:
        return None
    return {**offer.inputs, **offer.outputs} if section == "outputs" else offer.inputs


def _kinds(section: str, key: str, offer: Offer) -> tuple[str, ...]:
    """The types that what stands under a path has, its own first; none where it isn't known."""
    if not key:
        return ("dict", "str") if section in ("globals", "artifacts") else ("dict",)
    if section == "globals":
        return (*GLOBAL_TYPES[key], "str")
    if section == "artifacts":
        return ("uuid", "str") if key == "base" else ("path",)
    found = {**offer.inputs, **offer.outputs} if section == "outputs" else offer.inputs
    io = found.get(key)
    return () if io is None else (_kind(io),)


def _kind(io: V1IO) -> str:
    kind = canonical(io.type or "any")
    return f"list[{kind}]" if io.is_list else kind


def _is_like(given: str, wanted: str) -> bool:
    """Whether values of one type are, as they are, values of the other (semantics 1.5)."""
    kinds = {given, wanted}
    if len(kinds) == 1 or "any" in kinds or (wanted in ("list", "dict") and given.startswith(f"{wanted}[")):
        return True
    if kinds == {"str", "list[str]"}:
        return True  # one is the JSON text of the other
    if given.startswith("list[") and wanted.startswith("list["):
        return _is_like(given[5:-1], wanted[5:-1])
    if given == "int" and wanted in ("float", "metric"):
        return True
    return kinds <= _PATHS or kinds <= {"float", "metric"} or kinds <= {"dict", "metadata"}


def _could_be(given: str, wanted: str) -> bool:
    """Whether a value of one type may be read as one of the other."""
    families = _family(given), _family(wanted)
    return "" in families or families[0] == families[1]


def _family(kind: str) -> str:
    """Numbers, mappings and lists; nothing for texts, which may be read as any of them."""
    if kind in _NUMBERS:
        return "number"
    if kind.startswith("list"):
        return "list"
    return "mapping" if kind in _MAPPINGS or kind.startswith("dict[") else ""
