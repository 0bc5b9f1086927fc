"""The integrations under the names of `polyaxon.tracking.contrib` and `traceml.integrations`."""
