"""Whoever starts runs when nobody types: those of schedules, and of pipelines that were cut off."""
