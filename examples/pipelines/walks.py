"""An operation, a search and a dag of the steps beside; the YAML files beside say the same.

polyaxon run -pm examples/pipelines/walks.py:study --start 2
python examples/pipelines/walks.py
"""

from steps import compare, descend, keep

from polyaxon_sdk import dag, join, operation, when
from polyaxon_sdk.polyflow import V1GridSearch, V1HpChoice

quick = operation(descend, params={"start": 1.0, "steps": 3}, name="quick", tags=["walks"])

rates = operation(
    descend,
    params={"start": 2.0},
    name="rates",
    matrix=V1GridSearch(params={"rate": V1HpChoice(value=[0.1, 0.2, 0.4])}, concurrency=2),
)


@dag
def study(start: float = 2.0, best: int = 2) -> None:
    """Walk once; where that was good, keep it. Then try several rates, and compare the best.

    Args:
        start: where the walks begin
        best: how many are compared
    """
    walk = descend(start, rate=0.3)
    when(walk.height < 0.1)(keep)(walk.height)
    lowest = join(rates(start=start), sort="outputs.height", limit=best)
    compare(lowest.each(lambda run: run.height), runs=lowest.uuids)


if __name__ == "__main__":
    print(study.to_yaml())
