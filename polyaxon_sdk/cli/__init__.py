"""`polyaxon` and `plx`: parse, call, print."""

from __future__ import annotations

__all__ = ["main"]


def main() -> None:
    """The command line's entry point."""
    # click costs 30 ms; whoever imports this package for its name alone needn't pay.
    from polyaxon_sdk.cli.app import run

    run()
