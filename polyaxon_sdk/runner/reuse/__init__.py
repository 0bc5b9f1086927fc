"""Reuse of earlier runs: what a run is made of, which one was made of the same, and why there is none."""
