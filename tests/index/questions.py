"""Queries for hypothesis that ask for every field of runs, with every operation that it has."""

from hypothesis import strategies as st

from polyaxon_sdk.query import RUNS, And, Condition, Family, Node, Or

__all__ = ["conditions", "nodes", "sorts"]

_WORDS = st.one_of(
    st.sampled_from(["adam", "sgd", "failed", "running", "true", "false", "nan", "model", "data", "torch"]),
    st.sampled_from(["adam", "default/adam", "adam/sgd"]),
    st.sampled_from(["0", "1", "0.5", "-2", "1e1", "live", "job", f"{0:032x}", f"{1:032x}", "0" * 12]),
    st.sampled_from(['"1"', '"a, b"', '"nil"', "a\\%d_m"]),
)
_NUMBERS = st.sampled_from(["0", "1", "0.5", "-2", "1e1", "nan", "inf", "-inf", "3600"])
_SIZES = st.sampled_from(["1", "1Gi", "512Mi", "2GB"])
_CPUS = st.sampled_from(["1", "500m", "0.5"])
_SIGNS = st.sampled_from(["", "", "<", "<=", ">", ">="])
_MOMENTS = st.sampled_from(
    ["1970", "1970-01", "1970-01-03", "1970-01-05T10:30", "1970-01-05 10:30:07", "1971"]
)
_DAYS = st.integers(1, 9).map("1970-01-0{}".format)
_LISTS = st.lists(_WORDS, min_size=2, max_size=3).map("|".join)


def _compared(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds("{}{}".format, _SIGNS, values)


_FORMS: dict[Family, st.SearchStrategy[str]] = {
    "search": _WORDS | _LISTS | st.sampled_from(["%a%", "a%", "%d", "%A%", "%Ä%", "%_m", "0%"]),
    "word": _WORDS | _LISTS,
    "value": _compared(_WORDS) | _LISTS,
    "scalar": _compared(_NUMBERS),
    "cpu": _compared(_CPUS),
    "memory": _compared(_SIZES),
    "datetime": _compared(_MOMENTS) | st.builds("{}..{}".format, _DAYS, _DAYS) | st.just("last_month"),
    "bool": st.sampled_from(["true", "false"]),
}


def _written(name: str) -> list[str]:
    """How a query may write a field of runs."""
    field = RUNS.fields[name]
    if field.keyed:
        return [f"{name}.x", f"{name}.y"]
    return [name, *(f"{name}.{part}" for part in field.parts)]


_FIELDS = [(written, field.family) for name, field in RUNS.fields.items() for written in _written(name)]


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    """A condition on any field."""
    written, family = draw(st.sampled_from(_FIELDS))
    operation = draw(_FORMS[family] | st.just("nil"))
    negation = draw(st.sampled_from(["", "~"]))
    return Condition(written, draw(st.sampled_from([negation + operation] * 9 + ["_any_"])))


def nodes() -> st.SearchStrategy[Node]:
    """Conditions, joined by AND and OR, as deep as brackets go."""

    def joined(terms: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        several = st.lists(terms, min_size=2, max_size=4).map(tuple)
        return several.map(And) | several.map(Or)

    return st.recursive(conditions(), joined, max_leaves=8)


def sorts() -> st.SearchStrategy[str]:
    """One to three fields that runs can be put in order by."""
    names = [written for name in sorted(RUNS.sortable) for written in _written(name) if "." not in written]
    named = [*names, "metrics.x", "params.y", "out.x", "meta_values.y", "meta_info.x"]
    sortable = st.sampled_from(named).filter(
        lambda name: not RUNS.fields[name.partition(".")[0]].keyed or "." in name
    )
    keys = st.builds("{}{}".format, st.sampled_from(["", "-"]), sortable)
    return st.lists(keys, min_size=1, max_size=3).map(",".join)
