"""What a Python interpreter says of itself; needs nothing else, so that any interpreter can run this file."""

import json
import platform
import sys
from importlib.metadata import distributions


def describe() -> "dict[str, str | dict[str, str]]":
    """Version, kind and path of this interpreter, and its packages with their versions."""
    return {
        "python": platform.python_version(),
        "implementation": platform.python_implementation(),
        "executable": sys.executable,
        "packages": _packages(),
    }


def _packages() -> "dict[str, str]":
    """Version by name; of two with one name the first on the path, which is the one that is imported."""
    found: dict[str, str] = {}
    for distribution in distributions():
        name = distribution.metadata["Name"]
        if name:
            found.setdefault(name, distribution.version)
    return dict(sorted(found.items(), key=lambda item: item[0].lower()))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(describe()))
