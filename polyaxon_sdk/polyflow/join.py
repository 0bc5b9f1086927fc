"""V1Join: values collected from many runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from polyaxon_sdk.polyflow.documentation import documented
from polyaxon_sdk.polyflow.problems import fault

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.templates import Template

__all__ = ["V1Join", "V1JoinParam"]


@documented
@frozen(kw_only=True)
class V1JoinParam:
    """One param of a join: what is collected from each run (semantics 3.1).

    Args:
        value: a path such as `outputs.loss`, or `{files, dirs}`; default none, and then nothing is collected.
        ref: kept, unused; default none.
        context_only: visible to templates only, never checked against an input; default false.
        connection: the name of the connection that the values live on; default: the input's own.
        to_init: the values become an init step; default: as the input says.
        to_env: the environment variable that receives the values; default: the input's own.

    >>> V1JoinParam(value="globals.uuid").value
    'globals.uuid'
    """

    value: object = None
    ref: str | None = None
    context_only: bool | None = None
    connection: str | None = None
    to_init: bool | None = None
    to_env: str | None = None

    def __attrs_post_init__(self) -> None:
        if self.ref and not isinstance(self.value, str):
            raise fault(f"{self.value!r} is not allowed", path=("value",), expected="text, beside ref")


@documented
@frozen(kw_only=True)
class V1Join:
    """A search for runs and what to take from them (semantics 3.1).

    Args:
        query: which runs, in the query language.
        ref: kept, unused; default none.
        sort: their order; default `-updated_at`.
        limit: the most that are taken; default 5,000.
        offset: how many are left out from the first; default 0.
        params: the name of each param to what is collected from every run, in order; default none.

    >>> V1Join(query="metrics.loss:<0.1", limit=5).limit
    5
    """

    query: str
    ref: str | None = None
    sort: str | None = None
    limit: int | Template | None = None
    offset: int | Template | None = None
    params: dict[str, V1JoinParam] | None = None

    @staticmethod
    def prepare(data: object) -> object:
        """Take `limit: '5'` as a number."""
        if not isinstance(data, dict):
            return data
        numbers = {
            key: int(data[key])
            for key in ("limit", "offset")
            if isinstance(data.get(key), str) and data[key].strip().isdecimal()
        }
        return {**data, **numbers}
