"""Queries and runs for hypothesis."""

from hypothesis import strategies as st

from polyaxon_sdk.query import And, Condition, Node, Or

__all__ = ["conditions", "nodes", "runs"]

_WORDS = st.sampled_from(["adam", "sgd", "failed", "0", "1", "0.5", "-2", "1e1", "true", "false", "nan"])
_SIGNS = st.sampled_from(["", "", "<", "<=", ">", ">=", "=>"])
_PATTERNS = st.sampled_from(["%a%", "a%", "%d", "%A%"])
_NOT = st.sampled_from(["", "~"])


def _operations(*forms: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds("{}{}".format, _NOT, st.one_of(*forms, st.just("nil")))


_LISTS = st.lists(_WORDS, min_size=2, max_size=3).map("|".join)
_COMPARED = st.builds("{}{}".format, _SIGNS, _WORDS)
_NUMBERS = st.builds("{}{}".format, _SIGNS, st.sampled_from(["0", "1", "0.5", "-2", "1e1", "nan", "inf"]))
_DAYS = st.integers(1, 9).map("1970-01-0{}".format)
_MOMENTS = st.one_of(
    st.builds("{}{}".format, _SIGNS, _DAYS), st.builds("{}..{}".format, _DAYS, _DAYS), st.just("last_month")
)


def _conditions(fields: list[str], *forms: st.SearchStrategy[str]) -> st.SearchStrategy[Condition]:
    return st.builds(Condition, st.sampled_from(fields), _operations(*forms))


def conditions() -> st.SearchStrategy[Condition]:
    """Conditions that runs can be asked."""
    return st.one_of(
        _conditions(["status", "tags", "project", "pipeline"], _WORDS, _LISTS),
        _conditions(["name"], _WORDS, _LISTS, _PATTERNS),
        _conditions(["params.x", "in.y"], _COMPARED, _LISTS),
        _conditions(["metrics.x", "duration"], _NUMBERS),
        _conditions(["created_at", "finished_at"], _MOMENTS),
        _conditions(["meta_flags.x"], st.sampled_from(["true", "false"])),
        st.builds(Condition, st.sampled_from(["status", "metrics.x"]), st.just("_any_")),
    )


def nodes() -> st.SearchStrategy[Node]:
    """Queries for runs."""

    def joined(terms: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        several = st.lists(terms, min_size=2, max_size=3).map(tuple)
        return several.map(And) | several.map(Or)

    return st.recursive(conditions(), joined, max_leaves=6)


_TEXTS = st.sampled_from(["adam", "Adam", "sgd", "failed", "0", "1", "0.50", "true", ""])
_VALUES = st.one_of(
    _TEXTS, st.booleans(), st.integers(-2, 10), st.sampled_from([0.5, 1.0, float("nan"), 1e300])
)
_KEYED = st.dictionaries(st.sampled_from("xy"), st.none() | _VALUES | st.lists(_VALUES, max_size=2))
_TIMES = st.none() | st.integers(0, 10 * 86_400).map(float)


def runs() -> st.SearchStrategy[dict[str, object]]:
    """Runs, as the index would hand them over."""
    return st.fixed_dictionaries(
        {},
        optional={
            "status": _TEXTS,
            "name": st.none() | _TEXTS,
            "tags": st.lists(_TEXTS, max_size=2),
            "project": _TEXTS | st.fixed_dictionaries({"name": _TEXTS}),
            "pipeline": st.none() | _TEXTS,
            "inputs": _KEYED,
            "outputs": _KEYED,
            "meta_info": _KEYED,
            "duration": st.none() | st.floats(0, 10),
            "created_at": _TIMES,
            "finished_at": _TIMES,
        },
    )
