"""A line through points, fitted by descent: inputs with bounds and parts, a dataset in, a model out.

polyaxon run -pm examples/components/fit.py:fit -P data=examples/components/points.csv -P epochs=50 -l
polyaxon run -f examples/components/fit.yml -P data=examples/components/points.csv -l
python examples/components/fit.py --data examples/components/points.csv --rate 0.05
"""

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from annotated_types import Gt, Le

from polyaxon_sdk import Dataset, Log, Model, component, tracking


@dataclass(frozen=True)
class Line:
    """Where the descent starts."""

    slope: float
    offset: float = 0.0


class Fitted(NamedTuple):
    """What fitting returns: the run's typed outputs.

    Attributes:
        model: the line, as JSON
        loss: the mean squared distance
        steps: how many it took
    """

    model: Model
    loss: float
    steps: int


START = Line(slope=0.0)


@component(tags=["examples", "line"], resources={"cpu": 1}, termination={"max_retries": 1})
def fit(
    data: Dataset,
    rate: Annotated[float, Gt(0), Le(1), Log(1e-3, 1e-1), "how far a step goes"] = 0.02,
    epochs: Annotated[int, Gt(0)] = 100,
    start: Line = START,
    schedule: Literal["constant", "decay"] = "constant",
) -> Fitted:
    """Fit a line through points.

    Args:
        data: a CSV file with the columns x and y
        epochs: how often all points are looked at
        start: the first guess
        schedule: whether steps get shorter
    """
    run = tracking.init()
    with data.open(encoding="utf-8") as file:
        points = [(float(row["x"]), float(row["y"])) for row in csv.DictReader(file)]
    line, loss = start, 0.0
    for epoch in range(1, epochs + 1):
        step = rate / epoch if schedule == "decay" else rate
        gaps = [(x, line.slope * x + line.offset - y) for x, y in points]
        loss = sum(gap**2 for _, gap in gaps) / len(points)
        slope = line.slope - step * sum(gap * x for x, gap in gaps) / len(points)
        line = Line(slope, line.offset - step * sum(gap for _, gap in gaps) / len(points))
        run.log_metrics(step=epoch, loss=loss)
    model = Path(run.get_outputs_path("line.json"))
    model.write_text(json.dumps({"slope": line.slope, "offset": line.offset}), encoding="utf-8")
    return Fitted(Model(model), loss, epochs)


if __name__ == "__main__":
    fit.cli()
