"""Carrying out runs that consist of runs: dags and searches."""
