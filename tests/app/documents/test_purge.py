"""What was promised to be deleted is gone, from every byte of the data folder."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

import storage
from app.debrief.model import CardState
from app.documents.print_pack.pack import Part
from app.documents.purge import due_on, purge
from app.documents.reading import outcome_in
from app.documents.sample_round import sample_round_bytes
from app.errors import Gone, WrongStage
from app.rounds.model import RoundHead
from app.rounds.stages import ORDER, Stage
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


async def test_a_purge_that_a_crash_cut_short_is_ended_by_the_next_one(tmp_path):
    data, later = tmp_path / 'data', dt.datetime.now(dt.UTC) + dt.timedelta(days=31)
    store = await storage.open_store(data)
    services = build_services(Settings(data=data), store, 'TEST22')
    round_id, _warnings = await services.exchange.import_file('', sample_round_bytes())
    async with store.round(round_id) as work:
        dropped = [card.text for card in await work.cards.all() if card.state is CardState.DROPPED]
        await purge(work, await work.plans.get(round_id), later)  # and then the power was cut
    await services.rounds.mend_labels()
    assert all(text in _bytes_of(data) for text in _texts(dropped))

    assert await services.purge.purge_due(later) == [round_id]
    assert [text for text in _texts(dropped) if text in _bytes_of(data)] == []
    assert await services.purge.purge_due(later) == []
    await services.documents.aclose()
    await store.close()


async def test_a_damaged_file_that_was_set_aside_is_purged_too(tmp_path):
    data, later = tmp_path / 'data', dt.datetime.now(dt.UTC) + dt.timedelta(days=31)
    store = await storage.open_store(data)
    services = build_services(Settings(data=data), store, 'TEST22')
    round_id, _warnings = await services.exchange.import_file('', sample_round_bytes())
    async with store.round(round_id) as work:
        chosen = {card.note for card in await work.cards.all()}  # a card's words may stay, as a sample
        words = max((note.text for note in await work.notes.all() if note.id not in chosen), key=len)
    for title in ('First', 'Second', 'Third'):
        async with store.round(round_id) as work:
            await work.plans.put(replace(await work.plans.get(round_id), title=title))
    await services.documents.aclose()
    await store.close()
    (journal,) = [path for path in (data / 'rounds' / round_id).glob('journal-*') if b'First' in path.read_bytes()]
    journal.write_bytes(journal.read_bytes().replace(b'First', b'Frist'))

    store = await storage.open_store(data)
    services = build_services(Settings(data=data), store, 'TEST22')
    async with store.round(round_id) as work:
        planned = await work.plans.get(round_id)
        await work.plans.put(replace(planned, stage=Stage.CLOSED, closed_at=later - dt.timedelta(days=40)))
    assert store.damage, 'a file was set aside'
    assert _texts([words])[0] in _bytes_of(data)
    assert await services.purge.purge_due(later) == [round_id]
    assert store.damage == []
    assert _texts([words])[0] not in _bytes_of(data)
    await services.documents.aclose()
    await store.close()


async def test_a_close_that_the_list_does_not_know_of_is_purged_in_time(services, facilitator, round_id):
    long_ago = dt.datetime.now(dt.UTC) - dt.timedelta(days=31)
    async with services.store.round(round_id) as work:  # a crash came before the list of rounds was written
        plan = await work.plans.get(round_id)
        await work.plans.put(replace(plan, stage=Stage.CLOSED, closed_at=long_ago))
    assert await services.purge.purge_due() == [round_id]


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


async def test_the_codes_of_a_purged_round_say_that_it_is_over_and_are_not_printed(services, facilitator, round_id):
    await services.rounds.classrooms.add(facilitator, round_id, [{'room': 'M1'}])
    plan = await services.rounds.plan(facilitator, round_id)
    for stage in ORDER[1 : Stage.CLOSED.place + 1]:
        await services.rounds.go_to(facilitator, round_id, stage)
    assert await services.purge.purge_due(dt.datetime.now(dt.UTC) + dt.timedelta(days=31)) == [round_id]
    for code in (plan.round.join_code, plan.classrooms[0].code):
        with pytest.raises(Gone, match='This round is over'):
            await services.observation.look(code, address='test')
    for part in Part:
        with pytest.raises(Gone, match='codes open nothing'):
            await services.printing.part(facilitator, round_id, part)


async def test_a_file_that_says_purged_but_holds_notes_is_purged_in_its_time(services):
    file = json.loads(sample_round_bytes())
    file['round']['stage'] = 'purged'
    round_id, _warnings = await services.exchange.import_file('', json.dumps(file).encode())
    assert await services.purge.purge_due() == []
    assert await services.purge.purge_due(dt.datetime.now(dt.UTC) + dt.timedelta(days=31)) == [round_id]
    async with services.store.round(round_id) as work:
        assert await work.notes.all() == []
