"""Bringing runs of other trackers into the home, with a report on what was carried."""
