"""Carrying a run out, or taking it from an earlier one that was made of the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from os.path import relpath
from time import sleep, time
from typing import cast

from attrs import evolve

from polyaxon_sdk.polyflow import V1Cache
from polyaxon_sdk.runner.life import look
from polyaxon_sdk.runner.lifecycle import Outcome
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runner.reuse.choosing import Chosen, Quest, choose, origin_of
from polyaxon_sdk.runner.reuse.fingerprint import Fingerprint, fingerprint_of, masked_in
from polyaxon_sdk.runner.reuse.shelf import Entry, Shelf
from polyaxon_sdk.runner.reuse.taking import take
from polyaxon_sdk.runner.reuse.whole import can_be_whole
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.types import Json

__all__ = ["Reusing"]

_LOOK = 0.5
"""Seconds between two looks at a run that is waited for."""

Carry = Callable[[Plan], Outcome]


class Reusing:
    """Carries runs out, those that were made of the same before aside.

    Args:
        settings: of the home.
        carry: carries a run out.
        tell: is told why a run is carried out, or not.
        pipeline: whose runs they are; empty for none.
        is_stopped: whether nothing is to be waited for any more.
        tells_new: whether it is told, too, why a run is carried out; its record says so anyway.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        carry: Carry,
        tell: Callable[[str], None],
        pipeline: str = "",
        is_stopped: Callable[[], bool] = lambda: False,
        tells_new: bool = True,
    ) -> None:
        self._settings = settings
        self._carry = carry
        self._tell = tell
        self._pipeline = pipeline
        self._is_stopped = is_stopped
        self._tells_new = tells_new
        self._shelf = Shelf(settings.home)
        self._origin = lru_cache(maxsize=None)(lambda uuid: origin_of(RunFolder(settings.runs / uuid)))

    def carry(self, plan: Plan) -> Outcome:
        """Take a run from an earlier one, or carry it out; its record says which, and why.

        Raises:
            PolyaxonError: the home can't be written.
        """
        if not _can_be(plan):
            return self._carry(plan)
        if _rules(plan).disable is True:
            return self._carry(evolve(plan, reuse=_reuse("its cache is off")))
        if plan.operation.is_approved is False:
            return self._run(plan, "it waits for approval each time")
        if masked := masked_in(plan):
            return self._run(plan, f"{', '.join(masked)} is masked: nothing tells what it was before")
        try:
            made = fingerprint_of(plan, _rules(plan), origin_of=self._origin)
        except (OSError, SyntaxError) as error:
            return self._run(plan, f"its code can't be read: {_told(error)}")
        try:
            return self._chosen(plan, made)
        except OSError as error:  # of the home: what can't be looked up is carried out
            return self._run(plan, f"earlier runs can't be looked at: {error}")

    def _chosen(self, plan: Plan, made: Fingerprint) -> Outcome:
        while True:
            with self._shelf.alone(made.key):
                quest = Quest(made, _rules(plan), self._pipeline, time())
                chosen = choose(plan, quest, self._shelf)
                if chosen.awaited is None and chosen.taken is None:
                    self._claim(plan, made)
            if chosen.awaited is None:
                break
            self._tell(f"{_named(plan)} {chosen.why}")
            while not self._is_stopped() and look(chosen.awaited).life == "running":
                sleep(_LOOK)
            if self._is_stopped():
                chosen = Chosen("the pipeline was stopped")
                break
        if chosen.taken is None:
            return self._run(plan, chosen.why, against=chosen.against)
        return self._take(plan, made, chosen)

    def _claim(self, plan: Plan, made: Fingerprint) -> None:
        """Let others who are about to carry out the same find this run, so that they wait for it."""
        plan.folder.create()
        self._keep(made)
        writer = RecordWriter(plan.folder, masker=plan.masker)
        writer.append("fingerprint", **_fact(made))
        writer.close()
        self._shelf.add((made.key, made.like, made.subject), Entry(plan.folder.uuid, self._pipeline))

    def _keep(self, made: Fingerprint) -> None:
        """Keep what the hashes of its code are of, to tell later what of it changed."""
        for section, parts in made.code.digests.items():
            for name, digest in parts.items():
                units = made.code.units[section.removeprefix("code "), name]
                self._shelf.keep(digest, [each for unit in units for each in unit.statements])

    def _run(self, plan: Plan, why: str, *, against: str = "") -> Outcome:
        if self._tells_new:
            self._tell(f"{_named(plan)} runs: {why}")
        return self._carry(evolve(plan, reuse=_reuse(why, against)))

    def _take(self, plan: Plan, made: Fingerprint, chosen: Chosen) -> Outcome:
        assert chosen.taken is not None
        self._tell(f"{_named(plan)} reused, {chosen.why}")
        reuse = {**_reuse(chosen.why, chosen.against), "reused": True}
        facts = {"fingerprint": _fact(made), "reuse": reuse}
        state = take(plan, chosen.taken, why=chosen.why, facts=facts, settings=self._settings)
        self._shelf.add((made.key, made.like, made.subject), Entry(plan.folder.uuid, self._pipeline))
        return Outcome(state, None, is_shipped=False)


def _can_be(plan: Plan) -> bool:
    """Whether a run is one that ends by itself, and is not another attempt or a copy (semantics 1.12)."""
    return plan.descent is None and (plan.kind == "job" or can_be_whole(plan))


def _rules(plan: Plan) -> V1Cache:
    found = plan.operation.cache
    return found if isinstance(found, V1Cache) else V1Cache()


def _reuse(why: str, against: str = "") -> dict[str, Json]:
    return {"reused": False, "why": why, "against": against}


def _named(plan: Plan) -> str:
    return f"{plan.operation.name or 'run'} {plan.folder.uuid[:12]}"


def _told(error: OSError | SyntaxError) -> str:
    """What can't be read, and why."""
    if isinstance(error, OSError) and error.filename and error.strerror:
        return f"{relpath(error.filename)}: {error.strerror}"
    return str(error)


def _fact(made: Fingerprint) -> dict[str, Json]:
    keys = {"key": made.key, "like": made.like, "subject": made.subject}
    return {**keys, "parts": cast("dict[str, Json]", made.parts)}
