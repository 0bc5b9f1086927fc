"""Verbs that describe the run as a whole."""

from __future__ import annotations

from collections.abc import Mapping

from polyaxon_sdk.tracking.descriptions import (
    log_environment,
    log_status,
    rename,
    update_run,
    write_readme,
)
from polyaxon_sdk.tracking.numbers import Moment
from polyaxon_sdk.tracking.verbs.placed import Placed

__all__ = ["DescriptionVerbs"]


class DescriptionVerbs(Placed):
    """What the run is called and known by (semantics 5.2: run).

    `async_req` is accepted for existing scripts: no call here waits for a server.
    """

    def update(
        self,
        data: Mapping[str, object] | None = None,
        *,
        name: str | None = None,
        description: str | None = None,
        async_req: bool = True,
    ) -> None:
        """Say several things of the run at once; what is None stays.

        Args:
            data: `name`, `description`, `tags`, `readme`, `inputs`, `outputs` and `meta_info` by name, or an object
                with `to_dict` that tells them.
            name, description: what the run is called.
            async_req: accepted for existing scripts.

        >>> run.update({"tags": ["cnn"]}, name="digits")  # doctest: +SKIP
        """
        del async_req
        self._log("update", update_run, data, name=name, description=description)

    def set_name(self, name: str, *, async_req: bool = True) -> None:
        """Rename the run."""
        del async_req
        self._log("name", rename, "name", name)

    def set_description(self, description: str, *, async_req: bool = True) -> None:
        """Say what the run is about."""
        del async_req
        self._log("description", rename, "description", description)

    def set_readme(self, readme: str, *, async_req: bool = True) -> None:
        """Replace the run's readme, a text in Markdown.

        >>> run.set_readme("# Digits\\nThe first that converged.")  # doctest: +SKIP
        """
        del async_req
        self._log("readme", write_readme, readme)

    def log_env(self, rel_path: str | None = None, content: Mapping[str, object] | None = None) -> None:
        """Keep the environment in the outputs: as given, or interpreter, packages and machine as they are.

        The sidecar of a run does it by itself unless `track_env` is off.

        Args:
            rel_path: a path in the outputs, by default `env.json`.
            content: what to keep.

        >>> run.log_env(content={"cuda": "12.4"})  # doctest: +SKIP
        """
        self._log("environment", log_environment, rel_path, content)

    def log_status(
        self,
        status: str,
        reason: str = "Tracking",
        message: str = "",
        *,
        last_transition_time: Moment | None = None,
        last_update_time: Moment | None = None,
    ) -> None:
        """Add a status, such as `processing` or `warning`; a final one stays.

        The times are accepted for existing scripts: a status has the time at which it is said.

        >>> run.log_status("warning", reason="Loss", message="the loss is NaN")  # doctest: +SKIP
        """
        del last_transition_time, last_update_time
        self._log(f"status {status!r}", log_status, status, reason, message)
