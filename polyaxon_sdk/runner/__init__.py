"""Carrying out compiled operations: where they run is an executor's, what becomes of them is told here."""
