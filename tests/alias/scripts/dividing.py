"""A script that divides by zero in its first loop."""

from polyaxon.client import ProjectClient

ProjectClient(project="digits").get_or_create()

from traceml import tracking  # noqa: E402  # as such scripts do

tracking.init(project="digits")
tracking.log_inputs(rate=0.21, name="foo", fast=False)
tracking.log_outputs(first=0.23)

for step in range(10):
    tracking.log_metric(name="plain", value=step + 0.5)
    tracking.log_metric(name="whole", value=step, step=step)
    tracking.log_metric(name="inverse", value=1 / step, step=step)
