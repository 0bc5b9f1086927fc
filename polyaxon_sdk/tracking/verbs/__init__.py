"""The verbs of a run by group; `Run` has them all."""
