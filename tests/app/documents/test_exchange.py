"""Whole rounds taken in: ids and codes of their own, all or nothing, and the sample in every stage."""

import datetime as dt
import json
from collections import Counter
from dataclasses import replace

import pytest

from app.debrief.acts import record, redo, undo
from app.debrief.patterns import add, move
from app.documents.sample_round import sample_round_bytes
from app.documents.whole_round import KINDS, in_work, read_whole
from app.errors import BadInput, NotFound
from app.observation.model import Note, Observer
from app.rounds.model import CodeKind
from app.rounds.stages import ORDER, Act, Stage

pytestmark = pytest.mark.anyio


@pytest.fixture
def exchange(services):
    return services.exchange


@pytest.fixture
def school(facilitator):
    """The school of the facilitator; bell times in London."""
    return facilitator.school


async def test_an_imported_round_has_a_head_and_codes_of_its_own(store, exchange, school):
    first, _ = await exchange.import_file(school, sample_round_bytes())
    second, _ = await exchange.import_file(school, sample_round_bytes())
    async with store.index() as index:
        head, codes = await index.heads.get(first), await index.codes.all()
    assert (head.school, head.stage, head.date, head.sample) == (school, Stage.CLOSED, dt.date(2026, 3, 11), False)
    assert Counter((code.round, code.kind) for code in codes) == {
        (first, CodeKind.JOIN): 1,
        (first, CodeKind.CLASSROOM): 10,
        (second, CodeKind.JOIN): 1,
        (second, CodeKind.CLASSROOM): 10,
    }
    by_code = {code.id: code for code in codes}
    async with store.round(first) as work:
        plan, rooms = await work.plans.get(first), await work.classrooms.all()
    assert by_code[plan.join_code].kind is CodeKind.JOIN
    assert [by_code[room.code].classroom for room in rooms] == [room.id for room in rooms]
    assert plan.timezone == 'Europe/London'


async def test_the_days_to_the_purge_count_from_the_import(store, exchange, school):
    round_id, _ = await exchange.import_file(school, sample_round_bytes())
    async with store.round(round_id) as work:
        plan = await work.plans.get(round_id)
    assert dt.datetime.now(dt.UTC) - plan.closed_at < dt.timedelta(minutes=5)


async def test_no_id_of_the_file_is_used_in_the_store(store, exchange, school):
    round_id, _ = await exchange.import_file(school, sample_round_bytes())
    async with store.round(round_id) as work:
        kept = json.dumps(await read_whole(work))
    for name in ('"O01"', '"C01"', '"n001"', '"G1"', '"recall-tasks"', '"T1"'):
        assert name not in kept


async def test_a_broken_file_changes_nothing(store, exchange, school):
    broken = sample_round_bytes().replace(b'"observer": "O05"', b'"observer": "O99"', 1)
    with pytest.raises(BadInput, match='O99'):
        await exchange.import_file(school, broken)
    async with store.index() as index:
        assert (await index.heads.all(), await index.codes.all()) == ([], [])


async def test_what_was_done_at_the_wall_can_be_undone_after_an_import(store, exchange, school):
    round_id = await exchange.make_sample(school)
    async with store.round(round_id) as work:
        cards = [card.id for card in await work.cards.all() if card.state == 'accepted'][:3]
        pattern = await add(work, 'A pattern of three', cards)
        await record(work, Act.SORT, 'Make a pattern')
    async with store.round(round_id) as work:
        await move(work, cards[:1], '')
        await record(work, Act.SORT, 'Take a card out')
    async with store.round(round_id) as work:
        assert await undo(work) is None
    exported = await exchange.export(round_id)
    assert exported['acts']
    again, _ = await exchange.import_file(school, json.dumps(exported).encode())
    async with store.round(again) as work:
        [same] = [other for other in await work.patterns.all() if other.title == pattern.title]
        assert len(await work.cards.all(pattern=same.id)) == 3
        assert await redo(work) is None
        assert len(await work.cards.all(pattern=same.id)) == 2
        assert await undo(work) is None
        assert await undo(work) is None
        assert await work.patterns.get(same.id) is None


async def test_history_that_could_not_be_undone_is_refused(exchange, school):
    exported = await exchange.export(await exchange.make_sample(school))
    act = {'id': 'a', 'seq': 900, 'kind': 'sort', 'sentence': '', 'at': '2026-03-11T12:00:00Z'}
    for change, words in (
        ({'collection': 'notes', 'key': 'x', 'before': None, 'after': None}, 'collection'),
        ({'collection': 'cards', 'key': 'x', 'before': {'id': 'x'}, 'after': None}, 'before.note'),
        ({'collection': 'patterns', 'key': 'x', 'before': {'id': 'y', 'title': ''}, 'after': None}, 'key'),
    ):
        broken = {**exported, 'acts': [{**act, 'changes': [change]}]}
        with pytest.raises(BadInput) as caught:
            await exchange.import_file(school, json.dumps(broken).encode())
        assert f'acts[0].changes[0].{words}' in caught.value.sentence


async def test_a_round_that_is_not_there_is_not_exported(exchange):
    with pytest.raises(NotFound):
        await exchange.export('nowhere')


async def counts(store, round_id):
    async with store.round(round_id) as work:
        cards = await work.cards.all()
        return {
            'notes': len(await work.notes.all()),
            'cards': Counter(card.state.value for card in cards),
            'sorted': sum(bool(card.pattern) for card in cards),
            'wall': [
                len(await in_work(work, name).all()) for name in ('patterns', 'predictions', 'theories', 'next_steps')
            ],
        }


async def test_the_sample_is_of_today_and_at_analysis(store, exchange, school):
    round_id = await exchange.make_sample(school, dt.date(2026, 11, 22))
    async with store.round(round_id) as work:
        plan, notes = await work.plans.get(round_id), await work.notes.all()
    assert (plan.stage, plan.sample, plan.date, plan.closed_at) == (Stage.ANALYSIS, True, dt.date(2026, 11, 22), None)
    assert {note.written_at[:10] for note in notes} == {'2026-11-22'}
    found = await counts(store, round_id)
    assert found['wall'] == [9, 0, 0, 0]
    assert 0.5 < found['sorted'] / found['cards']['accepted'] < 0.7


async def test_the_sample_is_made_once_and_brought_to_today(store, exchange, school, facilitator):
    first = await exchange.make_sample(school, dt.date(2026, 11, 22))
    await exchange.move_sample(facilitator, first, Stage.CLOSED)
    assert await exchange.make_sample(school, dt.date(2026, 11, 22)) == first
    async with store.round(first) as work:
        assert (await work.plans.get(first)).stage is Stage.CLOSED
    assert await exchange.make_sample(school, dt.date(2026, 11, 23)) == first
    async with store.round(first) as work:
        plan = await work.plans.get(first)
    assert (plan.date, plan.stage) == (dt.date(2026, 11, 23), Stage.ANALYSIS)
    assert await exchange.make_sample('') != first


IN_STAGE = {
    Stage.PLANNED: (0, {}, 0, [0, 0, 0, 0]),
    Stage.SELECTION: (180, {}, 0, [0, 0, 0, 0]),
    Stage.SCREENING: (180, {'chosen': 130}, 0, [0, 0, 0, 0]),
    Stage.RED_DOTS: (180, {'accepted': 124, 'returned': 6}, 0, [0, 0, 0, 0]),
    Stage.PREDICTION: (180, {'accepted': 124, 'returned': 6}, 124, [9, 2, 0, 0]),
    Stage.THEORIES: (180, {'accepted': 124, 'returned': 6}, 124, [9, 4, 2, 0]),
    Stage.NEXT_LEVEL: (180, {'accepted': 124, 'returned': 6}, 124, [9, 4, 4, 2]),
    Stage.CLOSED: (180, {'accepted': 124, 'returned': 6}, 124, [9, 4, 4, 4]),
}


async def test_the_sample_goes_to_every_stage_with_what_a_round_holds_then(store, exchange, school, facilitator):
    round_id = await exchange.make_sample(school)
    for stage in [*IN_STAGE, *reversed(IN_STAGE)]:
        await exchange.move_sample(facilitator, round_id, stage)
        found = await counts(store, round_id)
        assert (found['notes'], dict(found['cards']), found['sorted'], found['wall']) == IN_STAGE[stage]
        async with store.index() as index:
            assert (await index.heads.get(round_id)).stage is stage
    for stage in ORDER[:-1]:
        await exchange.move_sample(facilitator, round_id, stage)


async def test_notes_of_people_who_joined_the_sample_stay_when_it_is_moved(store, exchange, school, facilitator):
    round_id = await exchange.make_sample(school)
    async with store.round(round_id) as work:
        [room, *_], [group, *_] = await work.classrooms.all(), await work.groups.all()
        note = Note(
            id='a note of a guest 1234', rev=1, observer='guest', group=group.id, classroom=room.id, lens=None,
            text='mine', written_at='', received_at=dt.datetime.now(dt.UTC), seq=work.ledger.next_seq(),
        )  # fmt: skip
        await work.observers.put(Observer(id='guest', display_name='Guest', school='', group=group.id))
        await work.notes.put(note)
        codes = (await work.plans.get(round_id)).join_code
    for stage in (Stage.PLANNED, Stage.THEORIES, Stage.ANALYSIS):
        await exchange.move_sample(facilitator, round_id, stage)
    async with store.round(round_id) as work:
        assert await work.notes.get(note.id) == note
        assert await work.observers.get('guest')
        assert (await work.plans.get(round_id)).join_code == codes


async def test_only_the_sample_is_moved_like_this(exchange, school, facilitator, stranger):
    round_id, _ = await exchange.import_file(school, sample_round_bytes())
    with pytest.raises(NotFound):
        await exchange.move_sample(facilitator, round_id, Stage.ANALYSIS)
    sample = await exchange.make_sample(school)
    with pytest.raises(NotFound):
        await exchange.move_sample(facilitator, sample, Stage.PURGED)
    with pytest.raises(NotFound):
        await exchange.move_sample(stranger, sample, Stage.OPEN)


async def test_everything_of_a_round_has_a_way_into_the_file(store, exchange, school):
    """A new collection or field has to be thought of here, or an export loses it."""
    round_id = await exchange.make_sample(school)
    async with store.round(round_id) as work:
        collections = {name for name, part in vars(work).items() if hasattr(part, 'put')}
        assert collections - {'devices', 'agendas', 'holdings', 'private_notes'} == set(KINDS)
        plan = await work.plans.get(round_id)
        await work.plans.put(replace(plan, stage=Stage.NEXT_LEVEL))
    assert (await exchange.export(round_id))['round']['stage'] == 'next_level'
