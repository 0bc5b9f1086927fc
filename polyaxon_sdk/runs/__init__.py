"""A run at rest: its folder, record, journal and event formats, status and lineage."""
