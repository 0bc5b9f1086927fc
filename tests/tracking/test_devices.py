"""Scalars of torch, jax and TensorFlow: at hand, or still being computed."""

from collections.abc import Callable, Iterator
from time import monotonic

import numpy as np
import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.series import Point, read_series
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.tracking.devices import promise_of, waits
from polyaxon_sdk.tracking.place import Recorded
from polyaxon_sdk.tracking.run import Run
from tests.polling import eventually
from tests.required import required
from tests.scripts import Scripts

pytestmark = [
    pytest.mark.fit,
    pytest.mark.filterwarnings("ignore"),
]  # the frameworks' own, as they are imported


def torch_scalar(value: float) -> object:
    return required("torch").tensor(value, requires_grad=True)


def jax_scalar(value: float) -> object:
    return required("jax").numpy.asarray(value)


def tensorflow_scalar(value: float) -> object:
    return required("tensorflow").constant(value)


def tensorflow_variable(value: float) -> object:
    return required("tensorflow").Variable(value)


Scalar = Callable[[float], object]
scalars = pytest.mark.parametrize(
    "scalar", [torch_scalar, jax_scalar, tensorflow_scalar, tensorflow_variable]
)


@pytest.fixture
def deferring(folder: RunFolder) -> Iterator[Run]:
    """A run that takes scalars of the host as those of a device."""
    run = Run(Recorded(folder, patience=60.0))
    run.metrics.defers_host = True
    yield run
    run.end()


def losses(folder: RunFolder) -> list[Point]:
    return read_series(folder).get("loss", [])


@scalars
def test_a_scalar_of_the_host_is_kept_at_once(run: Run, folder: RunFolder, scalar: Scalar) -> None:
    run.log_metric("loss", scalar(0.5), step=1)  # type: ignore[arg-type]  # typed as object here
    assert [(point.step, point.value) for point in losses(folder)] == [(1, 0.5)]


@scalars
def test_a_scalar_that_is_deferred_is_kept_in_its_place(
    deferring: Run, folder: RunFolder, scalar: Scalar
) -> None:
    for step in range(0, 100, 2):
        deferring.log_metric("loss", scalar(float(step)), step=step)  # type: ignore[arg-type]  # as above
        deferring.log_metric("loss", step + 1.0, step=step + 1)
    deferring.end()
    assert [point.step for point in losses(folder)] == list(range(100))
    assert [point.value for point in losses(folder)] == list(range(100))


def test_a_tensor_that_is_written_over_afterwards_is_kept_as_it_was(
    deferring: Run, folder: RunFolder
) -> None:
    total = required("torch").zeros(())
    for step in range(50):
        total += 1
        deferring.log_metric("loss", total, step=step)
    deferring.end()
    assert [point.value for point in losses(folder)] == list(range(1, 51))


@scalars
def test_a_deferred_scalar_is_kept_without_a_further_call(
    deferring: Run, folder: RunFolder, scalar: Scalar
) -> None:
    deferring.log_metric("loss", scalar(0.5))  # type: ignore[arg-type]  # as above
    assert [point.value for point in eventually(lambda: losses(folder))] == [0.5]


@pytest.mark.parametrize(
    "make",
    [lambda: required("torch").ones(3), lambda: required("tensorflow").ones(3), lambda: np.ones(3), list],
    ids=["torch", "tensorflow", "numpy", "list"],
)
def test_what_is_no_scalar_is_told(deferring: Run, folder: RunFolder, make: Callable[[], object]) -> None:
    deferring.log_metric("loss", make())  # type: ignore[arg-type]  # a person's mistake
    assert "is no number" in read_run(folder).problems[0]


@scalars
def test_a_scalar_of_the_host_needs_no_promise(scalar: Scalar) -> None:
    assert promise_of(scalar(0.5)) is None
    assert not waits(scalar(0.5))


class OfDevice:
    """A scalar that says that it lies in a device's memory, as those of CuPy do."""

    def __dlpack_device__(self) -> tuple[int, int]:
        return 2, 0

    def __float__(self) -> float:
        return 0.5


def test_a_scalar_of_a_device_that_has_to_be_waited_for_works_and_is_told(
    run: Run, folder: RunFolder
) -> None:
    run.log_metric("loss", OfDevice())
    run.log_metric("loss", OfDevice())
    assert [point.value for point in losses(folder)] == [0.5, 0.5]
    assert len(read_run(folder).problems) == 1
    assert "waits for its device" in read_run(folder).problems[0]


SLOW = """
import jax, jax.numpy as jnp, sys
from time import perf_counter
from polyaxon_sdk import tracking
tracking.init(track_code=False, track_env=False, collect_resources=False)

@jax.jit
def slow(x):
    return jax.lax.fori_loop(0, 400, lambda i, y: jnp.tanh(y @ y), x).sum()

x = jnp.eye(256)
slow(x).block_until_ready()
began = perf_counter()
value = slow(x)
tracking.log_metric("loss", value, step=1)
taken = perf_counter() - began
value.block_until_ready()
print(taken, perf_counter() - began)
tracking.log_metric("loss", slow(x), step=2)
END
"""


@pytest.mark.parametrize("end", ["", "raise ValueError('x')", "sys.exit(3)", "tracking.end()"])
def test_a_value_that_is_being_computed_is_taken_without_waiting_and_kept_at_the_end(
    scripts: Scripts, end: str
) -> None:
    required("jax")
    ended = scripts.run(SLOW.replace("END", end), JAX_PLATFORMS="cpu")
    taken, computed = map(float, ended.out.split())
    assert taken < computed / 3
    assert [point.step for point in losses(scripts.the_run())] == [1, 2]


def test_logging_a_float_behind_a_device_does_not_wait(deferring: Run) -> None:
    deferring.log_metric("loss", torch_scalar(0.5))  # type: ignore[arg-type]  # typed as object here
    began = monotonic()
    for step in range(1000):
        deferring.log_metric("loss", 0.5, step=step)
    assert monotonic() - began < 30
