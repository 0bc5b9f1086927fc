"""Components that the tests make dags of."""

from typing import NamedTuple

from polyaxon_sdk import component, operation
from polyaxon_sdk.polyflow import V1GridSearch, V1HpChoice


class Scores(NamedTuple):
    loss: float
    accuracy: float


@component
def prepare(size: int = 10) -> str:
    """Prepare the data."""
    return f"data-{size}"


@component
def train(data: str, epochs: int, rate: float = 0.1) -> Scores:
    """Train on the data."""
    return Scores(loss=rate / epochs, accuracy=0.95)


@component
def deploy(loss: float) -> str:
    """Deploy the model."""
    return f"deployed {loss:g}"


@component
def report(losses: list[float], runs: list[str]) -> None:
    """Report on many runs."""


search = operation(train, name="search", matrix=V1GridSearch(params={"rate": V1HpChoice(value=[0.1, 0.2])}))
