"""What `Annotated` says of an input or an output beside its type."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Input", "Output"]


class Input(NamedTuple):
    """What an input is beside its type: `token: Annotated[str, Input(to_env="TOKEN")]` (semantics 1.5).

    Attributes:
        description: for people.
        to_env: the environment variable that receives the value.
        to_init: whether the value becomes a step before the run.
        connection: the name of the connection that the value lives on.
        arg_format: the template of `params.NAME.as_arg`, such as `"-l={{ lr }}"`.
        delay_validation: whether the value is checked only when the run ends.

    >>> Input("a token", to_env="TOKEN").to_env
    'TOKEN'
    """

    description: str | None = None
    to_env: str | None = None
    to_init: bool | None = None
    connection: str | None = None
    arg_format: str | None = None
    delay_validation: bool | None = None


class Output(NamedTuple):
    """What an output is beside its type: `-> Annotated[float, Output("of the last epoch")]` (semantics 1.5).

    Attributes:
        description: for people.
        connection: the name of the connection that the value lives on.
        delay_validation: false where a run that ends without the value has failed.

    >>> Output("of the last epoch").delay_validation is None
    True
    """

    description: str | None = None
    connection: str | None = None
    delay_validation: bool | None = None
