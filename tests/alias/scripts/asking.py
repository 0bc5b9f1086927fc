"""A script that asks for its params, each way there is."""

from polyaxon import tracking
from polyaxon.client import RunClient

tracking.init()
print(tracking.TRACKING_RUN.get_inputs() == RunClient().get_inputs() == {"message": "hello"})
