"""A class that is a component is still used as a class."""

import copy

import pytest

from polyaxon_sdk import InputError, component


@component
class Trainer:
    """Train."""

    epochs: int = 1

    K = 3

    @staticmethod
    def half(number: float) -> float:
        """Divide."""
        return number / 2

    def __call__(self) -> int:
        return self.epochs * self.K


def test_it_has_what_the_class_has() -> None:
    assert (Trainer.K, Trainer.half(3)) == (3, 1.5)


def test_it_has_nothing_else() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'L'"):
        Trainer.L  # type: ignore[attr-defined]  # under test  # noqa: B018


def test_instances_are_of_it() -> None:
    assert isinstance(Trainer(epochs=2), Trainer)
    assert not isinstance(3, Trainer)


def test_a_class_of_it_is_refused_with_the_line() -> None:
    said = r"test_class_component\.py:\d+: Trainer is a component, which no class inherits from"
    with pytest.raises(InputError, match=said):

        class Other(Trainer):
            """Another."""


def test_it_can_be_copied() -> None:
    assert copy.copy(Trainer).to_component().name == "Trainer"  # type: ignore[attr-defined]  # a component below
