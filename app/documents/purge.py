"""What is deleted when: closing starts the clock, and a daily task ends it (`contracts.md`, What is deleted when)."""

import datetime as dt
import logging
from dataclasses import replace

from app.announce import Announcer
from app.documents.model import Released
from app.documents.outcome import Outcome, folded
from app.documents.reading import outcome_in
from app.errors import NotFound, RoundsError
from app.rounds.model import LinkKind, Round
from app.rounds.stages import Stage
from app.store import RoundWork, Store

logger = logging.getLogger(__name__)


def due_on(round_: Round) -> dt.datetime | None:
    """When the raw notes of a closed round are deleted; None while it is open."""
    return round_.closed_at + dt.timedelta(days=round_.sizes.days_kept) if round_.closed_at else None


class PurgeService:
    """Deletes what was promised to be deleted. It asks nobody: the promise was made at the close."""

    def __init__(self, store: Store, announcer: Announcer) -> None:
        self.store = store
        self.announcer = announcer

    async def purge_due(self, now: dt.datetime | None = None) -> list[str]:
        """Purge every round whose time has come; returns their ids.

        One that cannot be read or written is not in the way of the others; the first such error is raised at the end.
        """
        now = now or dt.datetime.now(dt.UTC)
        async with self.store.index() as index:
            heads = await index.heads.all()
        purged: list[str] = []
        failed: list[RoundsError] = []
        for head in heads:
            # NOTE: a crash can leave an older stage in the list, so only what says that all is done is believed.
            if head.stage is Stage.PURGED:
                continue
            try:
                if await self._purge_if_due(head.id, now):
                    purged.append(head.id)
            except NotFound:
                logger.warning('The list names a round that is not there: %s', head.id)
            except RoundsError as error:
                failed.append(error)
        if purged:
            await self.store.rewrite_index()
        if failed:
            raise failed[0]
        return purged

    async def _purge_if_due(self, round_id: str, now: dt.datetime) -> bool:
        async with self.store.round(round_id) as work:
            round_ = await work.plans.get(round_id)
            due = due_on(round_) if round_ else None
            if round_ is None:
                return False
            # One that is purged already: a crash came before its files were rewritten.
            if round_.stage is not Stage.PURGED:
                if round_.stage is not Stage.CLOSED or due is None or due > now:
                    return False
                await purge(work, round_, now)
        await self.store.rewrite_round(round_id)
        await self._forget_in_index(round_id)
        self.announcer.announce(round_id, 'stage')
        return True

    async def _forget_in_index(self, round_id: str) -> None:
        async with self.store.index() as index:
            head = await index.heads.get(round_id)
            if head is not None:
                await index.heads.put(replace(head, stage=Stage.PURGED))
            for code in await index.codes.all(round=round_id):
                await index.codes.put(replace(code, replaced=True))
            for link in await index.links.all(round=round_id):
                if link.kind is LinkKind.PROJECTION:
                    await index.links.remove(link.id)


async def purge(work: RoundWork, round_: Round, now: dt.datetime) -> None:
    """Remove raw notes, unchosen texts, observers, tokens and histories from a round.

    What stays: patterns, predictions, theories, next steps, the cards used as samples, released documents. The
    document is released first, so that its counts outlive what they were counted from.
    """
    outcome = await outcome_in(work)
    await work.released.put(Released(id=round_.id, at=now, outcome=outcome))
    raw = (work.notes, work.revisions, work.observers, work.devices, work.visits)
    for collection in (*raw, work.acts, work.screens, work.sortings, work.piles):
        await collection.clear()
    for only_of_the_day in (work.votes, work.ballots, work.agendas, work.holdings, work.private_notes):
        await only_of_the_day.clear()
    for theory in await work.theories.all():
        await work.theories.put(replace(theory, group=''))
    await _keep_samples_only(work, outcome)
    await work.plans.put(replace(round_, stage=Stage.PURGED, purged_at=now, join_code=''))


async def _keep_samples_only(work: RoundWork, outcome: Outcome) -> None:
    samples = {sample.text for pattern in outcome.patterns for sample in pattern.samples}
    for card in await work.cards.all():
        if card.pattern and folded(card.text) in samples:
            await work.cards.put(replace(card, note='', group='', visit='', reason=''))
        else:
            await work.cards.remove(card.id)
