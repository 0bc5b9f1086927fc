import subprocess
import sys

import pytest

from polyaxon_sdk import client


def test_who_asks_for_a_project_loads_no_index_of_runs() -> None:
    program = "import sys; from polyaxon_sdk.client import ProjectClient; print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.mark.parametrize("name", client.__all__)
def test_each_class_opens(name: str) -> None:
    assert getattr(client, name).__name__ == name


def test_an_unknown_class_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match=r"module 'polyaxon_sdk\.client' has no attribute 'RunsClient'"):
        _ = client.RunsClient  # type: ignore[attr-defined]  # that is the test
