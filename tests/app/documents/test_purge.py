"""What was promised to be deleted is gone, from every byte of the data folder."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

import storage
from app.documents.purge import due_on
from app.documents.reading import outcome_in
from app.documents.sample_round import sample_round_bytes
from app.errors import Gone, WrongStage
from app.rounds.model import RoundHead
from app.rounds.stages import Stage
from app.services import build_services
from app.settings import Settings

pytestmark = pytest.mark.anyio


def _bytes_of(folder: Path) -> bytes:
    return b'\n'.join(path.read_bytes() for path in sorted(folder.rglob('*')) if path.is_file())


def _texts(round_texts: list[str]) -> list[bytes]:
    """Each text as it would stand in a file: JSON escapes quotes and writes other characters as they are."""
    return [text.replace('\\', '\\\\').replace('"', '\\"').encode() for text in round_texts]


async def test_a_purged_round_leaves_no_raw_note_no_observer_and_no_token_in_any_byte(tmp_path):
    store = await storage.open_store(tmp_path / 'data')
    services = build_services(Settings(data=tmp_path / 'data'), store, 'TEST22')
    round_id, _warnings = await services.exchange.import_file('', sample_round_bytes())
    async with store.round(round_id) as work:
        cards, notes, observers = await work.cards.all(), await work.notes.all(), await work.observers.all()
    async with store.round(round_id) as work:
        before = await outcome_in(work)
    folder = tmp_path / 'data'
    assert all(text in _bytes_of(folder) for text in _texts([note.text for note in notes]))

    assert await services.purge.purge_due() == [], 'not before its time'
    later = dt.datetime.now(dt.UTC) + dt.timedelta(days=31)
    assert await services.purge.purge_due(later) == [round_id]

    async with store.round(round_id) as work:
        left = await work.cards.all()
        plan = await work.plans.get(round_id)
        patterns = await work.patterns.all()
    assert plan is not None
    assert plan.stage is Stage.PURGED
    assert len(patterns) == 9
    assert 9 <= len(left) < len(cards)
    assert not any(card.note or card.visit or card.group for card in left)
    remaining = _bytes_of(folder)
    kept = {card.text for card in left}
    gone = [note.text for note in notes if note.text not in kept]
    assert len(gone) > 100
    assert [text for text in _texts(gone) if text in remaining] == []
    ids = [observer.id.encode() for observer in observers] + [observer.return_code.encode() for observer in observers]
    assert [key for key in ids if key and key in remaining] == []
    assert await services.purge.purge_due(later) == [], 'once'

    async with store.round(round_id) as work:
        after = await outcome_in(work)
    assert after == replace(before, purged=True), 'the document says the same as before'
    await services.documents.aclose()
    await store.close()


async def test_a_reopened_round_is_not_purged_and_the_clock_starts_anew_at_its_close(services, facilitator, round_id):
    async with services.store.round(round_id) as work:
        plan = await work.plans.get(round_id)
        long_ago = dt.datetime.now(dt.UTC) - dt.timedelta(days=100)
        await work.plans.put(replace(plan, stage=Stage.CLOSED, closed_at=long_ago))
        assert due_on(plan) is None
    await services.rounds.plan(facilitator, round_id)
    await services.rounds.go_to(facilitator, round_id, Stage.NEXT_LEVEL)
    assert await services.purge.purge_due() == []
    await services.rounds.go_to(facilitator, round_id, Stage.CLOSED)
    assert await services.purge.purge_due() == []
    assert await services.purge.purge_due(dt.datetime.now(dt.UTC) + dt.timedelta(days=31)) == [round_id]
    with pytest.raises((WrongStage, Gone)):
        await services.rounds.go_to(facilitator, round_id, Stage.NEXT_LEVEL)


async def test_the_list_of_rounds_says_that_it_was_purged(services, facilitator, round_id):
    async with services.store.round(round_id) as work:
        plan = await work.plans.get(round_id)
        await work.plans.put(
            replace(plan, stage=Stage.CLOSED, closed_at=dt.datetime.now(dt.UTC) - dt.timedelta(days=31))
        )
    await services.rounds.plan(facilitator, round_id)
    assert await services.purge.purge_due() == [round_id]
    (head,) = await services.rounds.rounds_of(facilitator)
    assert isinstance(head, RoundHead)
    assert head.stage is Stage.PURGED
