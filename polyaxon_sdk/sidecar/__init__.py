"""Beside the training process: drains journals, samples the machine, ships artifacts."""
