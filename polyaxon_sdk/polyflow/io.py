"""V1IO: an input or an output of a component."""

from __future__ import annotations

from typing import get_args

from attrs import evolve, field, frozen

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow.documentation import documented
from polyaxon_sdk.polyflow.handing import handed
from polyaxon_sdk.polyflow.names import RESERVED
from polyaxon_sdk.polyflow.problems import at, fault
from polyaxon_sdk.polyflow.templates import is_template
from polyaxon_sdk.polyflow.validation import V1Validation
from polyaxon_sdk.polyflow.values import check_type, parse, plain

__all__ = ["V1IO"]

_TEXTS = frozenset({None, "any", "str", "path", "image"})


def _type_name(hint: object) -> str | None:
    """The name of a type that is given as a Python hint, such as `int` or `list[int]`."""
    if hint is None or isinstance(hint, str):
        return hint
    return hint.__name__ if isinstance(hint, type) and not get_args(hint) else str(hint)


@documented
@frozen(kw_only=True)
class V1IO:
    """An input or output: a name, a type, a default (semantics 1.5).

    Args:
        name: how templates and params call it.
        description: for people; default none.
        type: one of `values.TYPES`, or a hint such as `list[int]`, as text or as itself; default: it takes anything.
        value: its default, a value of the type, which makes it optional; of an output of a dag also where it comes
            from, as `"{{ ops.NAME.outputs.NAME }}"`; default none.
        is_optional: a run may go without it; default: true where `value` is set, else false.
        is_list: the value is a list, each item of `type`; default false.
        is_flag: for `bool`: on a command line `--name` when true, nothing when false; default false.
        arg_format: the template of `params.NAME.as_arg`, such as `"-l={{ lr }}"`; default: `--NAME=VALUE`.
        connection: the name of the connection that the value lives on; default none.
        to_init: the value becomes an init step; default false.
        to_env: the environment variable that receives the value; default none.
        validation: bounds for the value; default none.
        delay_validation: check the value only when the run ends; default: false for inputs, true for outputs.

    >>> V1IO(name="lr", type="float", value=0.1).parse("1e-3")
    0.001
    """

    name: str
    description: str | None = None
    type: str | None = field(default=None, converter=_type_name)
    value: object = field(default=None, converter=plain)
    is_optional: bool | None = None
    is_list: bool | None = None
    is_flag: bool | None = None
    arg_format: str | None = None
    connection: str | None = None
    to_init: bool | None = None
    to_env: str | None = None
    validation: V1Validation | None = None
    delay_validation: bool | None = None

    @staticmethod
    def prepare(data: object) -> object:
        """Take a written `value` key, even `value: null`, as leave to go without one.

        `options` is the older spelling of `validation.options`.
        """
        if not isinstance(data, dict):
            return data
        if "options" in data and isinstance(data.get("validation") or {}, dict):
            own = {key: item for key, item in data.items() if key != "options"}
            data = {**own, "validation": {"options": data["options"], **(data.get("validation") or {})}}
        if "value" in data and not {"isOptional", "is_optional"} & set(data):
            data = {**data, "isOptional": True}
        return data

    def __attrs_post_init__(self) -> None:
        if not self.name.strip():
            raise fault("an empty name", path=("name",), expected="letters, digits and _")
        if self.name in RESERVED:
            raise fault(f"{self.name!r} is taken by templates", path=("name",), expected="another name")
        if self.is_flag and self.type != "bool":
            raise fault(f"a flag can't be of type {self.type}", path=("isFlag",), expected="type bool")
        if self.type:
            with at("type"):
                check_type(self.type)
        if self.value is not None:
            self._check_default()

    def _check_default(self) -> None:
        if self.is_optional is False:
            raise fault(f"{self.name!r} has a default", path=("isOptional",), expected="true or no default")
        object.__setattr__(self, "is_optional", True)  # frozen only from here on
        if is_template(self.value) and ((self.type or None) in _TEXTS or handed(self.value)):
            return
        with at("value"):
            self.parse(self.value)

    @property
    def required(self) -> bool:
        """Whether a run has to be given a value.

        >>> V1IO(name="epochs", type="int").required
        True
        """
        return not self.is_optional and self.value is None

    @property
    def delayed(self) -> bool:
        """Whether the value is only checked when the run ends, said in either of the two ways."""
        return bool(self.delay)

    @property
    def delay(self) -> bool | None:
        """What `delayValidation`, or else `validation.delay`, says; none where neither says anything.

        >>> V1IO(name="loss", validation=V1Validation(delay=False)).delay
        False
        """
        if self.delay_validation is not None:
            return self.delay_validation
        return self.validation.delay if self.validation else None

    def parse(self, value: object) -> object:
        """The value of this IO that `value`, a text or a value, stands for, as JSON holds it.

        Raises:
            InputError: it stands for none, or breaks a bound.
        """
        if value is None:
            if self.required:
                raise InputError(f"no value for the required {self.name!r}")
            return None
        kind = self.type or "any"
        found = parse(f"list[{kind}]" if self.is_list else kind, value)
        if self.validation:
            self._bounds(self.validation).check(found)
        return plain(found)

    def _bounds(self, validation: V1Validation) -> V1Validation:
        """The bounds; without a type, options that no value could keep bound nothing, as in public Polyaxon."""
        if not self.type and (not isinstance(validation.options, list) or not validation.options):
            return evolve(validation, options=None)
        return validation

    def given(self, value: object) -> V1IO:
        """This IO with that value, parsed and checked.

        >>> V1IO(name="epochs", type="int").given("3").value
        3
        """
        return evolve(self, value=self.parse(value), is_optional=True)
