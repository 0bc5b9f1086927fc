"""What a call of a component is inside of a dag: the result that it will have."""

from __future__ import annotations

from collections.abc import Iterator

from polyaxon_sdk.authoring.caller import caller
from polyaxon_sdk.authoring.pipelines.condition import Reference
from polyaxon_sdk.authoring.pipelines.future import Future, Pending
from polyaxon_sdk.exceptions import InputError, did_you_mean

__all__ = ["Node", "name_of", "outputs_of"]


class Node(Future):
    """The result of an operation of the dag: its outputs are attributes, items, and what it unpacks to.

    A node with one output stands for it.

    Args:
        name: the operation's.
        outputs: the names of its outputs, in order.
        is_search: it is many runs, whose values only a join collects.
        is_instance: it stands for an instance of a class, which the person calls.
        unpacks: its outputs are the items of a tuple.

    >>> Node("train", ("loss", "accuracy")).loss
    <future train.loss>
    """

    __slots__ = ("_is_instance", "_is_search", "_name", "_outputs", "_unpacks")

    def __init__(
        self,
        name: str,
        outputs: tuple[str, ...],
        *,
        is_search: bool = False,
        is_instance: bool = False,
        unpacks: bool = True,
    ) -> None:
        self._name = name
        self._outputs = outputs
        self._is_search = is_search
        self._is_instance = is_instance
        self._unpacks = unpacks
        reference = (
            None if is_search or len(outputs) != 1 else Reference(f"ops.{name}", f"outputs.{outputs[0]}")
        )
        super().__init__(Pending(reference, name, self._trouble()))

    def __getattr__(self, name: str) -> Future:  # type: ignore[override]  # where any other future refuses
        if name.startswith("__"):
            raise AttributeError(name)  # Python's own questions, such as those of copy and inspect
        if self._is_search:
            raise InputError(self._trouble(), where=caller())
        if name not in self._outputs:
            known = ", ".join(self._outputs)
            hint = did_you_mean(name, self._outputs) or (f", it has {known}" if known else ", it has none")
            raise InputError(f"{self._name} has no output {name!r}", where=caller(), hint=hint)
        return Future(Pending(Reference(f"ops.{self._name}", f"outputs.{name}"), f"{self._name}.{name}"))

    def __call__(self) -> Node:
        """What the call of an instance returns."""
        if not self._is_instance:
            raise InputError(f"{self._name} is a result, which can't be called", where=caller())
        return self

    def __getitem__(self, key: str | int) -> Future:
        if isinstance(key, str):
            return self.__getattr__(key)
        self._check_unpacks("an item")
        if not -len(self._outputs) <= key < len(self._outputs):
            raise InputError(f"{self._name} has {len(self._outputs)} outputs, not {key + 1}", where=caller())
        return self.__getattr__(self._outputs[key])

    def __iter__(self) -> Iterator[Future]:
        self._check_unpacks("a loop over it")
        return iter([self.__getattr__(name) for name in self._outputs])

    def _check_unpacks(self, what: str) -> None:
        if not self._unpacks and not self._is_search:
            raise InputError(
                f"{self._name} is known only in the run, and {what} needs its value now",
                where=caller(),
                expected=f"a component that takes {self._outputs[0]!r} whole"
                if self._outputs
                else "an output",
            )

    def _trouble(self) -> str:
        if self._is_search:
            return f"{self._name} is a search of many runs: `join` collects their values"
        if not self._outputs:
            return f"{self._name} has no outputs: its function's return annotation names none"
        return f"{self._name} has several outputs, {', '.join(self._outputs)}: hand on one of them"


def name_of(node: object) -> str:
    """The name of the operation that a result is of.

    Raises:
        InputError: it is no result of a component called in this dag; the line is named.
    """
    if not isinstance(node, Node):
        raise InputError(
            f"{node!r} is no operation of this dag", where=caller(), expected="what a component gave here"
        )
    return node._name


def outputs_of(node: object) -> tuple[str, ...]:
    """The names of its outputs."""
    return node._outputs if isinstance(node, Node) else ()
