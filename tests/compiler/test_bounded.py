import subprocess
import sys

PROGRAM = """
from polyaxon_sdk.compiler.templates import render_native
print(len(render_native("{{ 'ab' * 3_000_000 }}", {})))
"""


def test_a_process_that_computed_templates_leaves_nothing_open() -> None:
    done = subprocess.run([sys.executable, "-X", "dev", "-c", PROGRAM], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("6000000\n", "")
