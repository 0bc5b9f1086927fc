"""Verbs that give what a run made a name that stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from polyaxon_sdk.tracking.given import called
from polyaxon_sdk.tracking.values import plain
from polyaxon_sdk.tracking.verbs.placed import Placed

if TYPE_CHECKING:
    from polyaxon_sdk.projects.promotion import Promotion
    from polyaxon_sdk.projects.version import Version, VersionKind

__all__ = ["VersionVerbs"]


class VersionVerbs(Placed):
    """Versions of models and artifacts (semantics 5.2: versions), kept in the hub of the home.

    What can't be promoted is told once, and training goes on; the answer is None then. Where nothing is tracked,
    it is a version that is kept nowhere.
    """

    def promote_to_model_version(
        self,
        version: str,
        description: str | None = None,
        tags: str | Sequence[str] | None = None,
        content: str | Mapping[str, object] | None = None,
        connection: str | None = None,
        *,
        artifacts: Sequence[str] | None = None,
        force: bool = False,
    ) -> Version | None:
        """Make a version of the run's models; see `ProjectClient` for reading it.

        Args:
            version: its name, one of the project's model versions.
            description: what it is.
            tags: a list, or text with commas.
            content: whatever else is to be known of it.
            connection: the name of the connection that it lies behind.
            artifacts: the names of the artifacts of this run that it is; by default all its models.
            force: take the place of a version of that name.

        >>> run.promote_to_model_version("v1", tags="cnn", artifacts=["digits"])  # doctest: +SKIP
        """
        from polyaxon_sdk.tracking.versions import Promotion  # attrs come with it: paid by who promotes

        promotion = Promotion(version, description, tags, plain(content), connection, artifacts, force)
        return self._promote("model", promotion)

    def promote_to_artifact_version(
        self,
        version: str,
        description: str | None = None,
        tags: str | Sequence[str] | None = None,
        content: str | Mapping[str, object] | None = None,
        connection: str | None = None,
        *,
        artifacts: Sequence[str] | None = None,
        force: bool = False,
    ) -> Version | None:
        """Make a version of artifacts of the run, of whatever kind (see `promote_to_model_version`).

        >>> run.promote_to_artifact_version("2026-01", artifacts=["digits"])  # doctest: +SKIP
        """
        from polyaxon_sdk.tracking.versions import Promotion  # see above

        promotion = Promotion(version, description, tags, plain(content), connection, artifacts, force)
        return self._promote("artifact", promotion)

    def _promote(self, kind: VersionKind, promotion: Promotion) -> Version | None:
        from polyaxon_sdk.tracking.versions import promote_run, version_of  # see above

        made = self._log(f"{kind} version {called(promotion.version)}", promote_run, kind, promotion)
        return made if self._place.writes else version_of(kind, promotion)
