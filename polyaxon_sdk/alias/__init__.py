"""The import names `polyaxon` and `traceml` for existing scripts, where the public packages are not installed.

Scripts that `polyaxon run` starts have them, and so has `python -m polyaxon_sdk.alias script.py`.
"""
