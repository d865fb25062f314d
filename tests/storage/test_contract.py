"""What every store promises: one suite, each of them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.debrief.model import Change
from app.errors import BadInput, NotFound
from app.rounds.model import Code, CodeKind
from app.store import RoundWork, Store
from storage import open_store
from storage.memory_store import MemoryStore

from .builders import act, card, everything, note, put_note

pytestmark = pytest.mark.anyio
STORES = ['memory', 'tinydb']


@pytest.fixture(params=STORES)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    made: Store = MemoryStore() if request.param == 'memory' else await open_store(tmp_path / 'data')
    await made.create_round('r')
    yield made
    await made.close()


async def keys(store: Store, round_id: str = 'r') -> list[str]:
    async with store.round(round_id) as work:
        return [note.id for note in await work.notes.all()]


async def test_what_was_put_is_read_back(store):
    first = note('a', text='‘Why?’ asks S1 — “because” 🙂 עברית')
    async with store.round('r') as work:
        await work.notes.put(first)
        assert await work.notes.get('a') == first
    async with store.round('r') as work:
        assert await work.notes.get('a') == first
        assert await work.notes.get('b') is None


async def test_a_replaced_model_keeps_its_place_in_the_order(store):
    async with store.round('r') as work:
        for key in ('c', 'a', 'b'):
            await work.notes.put(note(key))
    async with store.round('r') as work:
        await work.notes.put(note('a', rev=2))
    assert await keys(store) == ['c', 'a', 'b']


async def test_one_that_was_removed_and_put_again_stands_at_the_end(store):
    async with store.round('r') as work:
        for key in ('a', 'b', 'c'):
            await work.notes.put(note(key))
    async with store.round('r') as work:
        await work.notes.remove('a')
        await work.notes.remove('never there')
        await work.notes.put(note('a'))
    assert await keys(store) == ['b', 'c', 'a']


async def test_all_asks_for_equal_fields_and_keeps_the_order(store):
    async with store.round('r') as work:
        for key, observer, rev in (('a', 'o1', 1), ('b', 'o2', 1), ('c', 'o1', 2), ('d', 'o1', 1)):
            await work.notes.put(note(key, observer=observer, rev=rev))
        await work.notes.put(note('b', observer='o1'))
    async with store.round('r') as work:
        assert [n.id for n in await work.notes.all(observer='o1')] == ['a', 'b', 'c', 'd']
        assert [n.id for n in await work.notes.all(observer='o1', rev=2)] == ['c']
        assert [n.id for n in await work.notes.all(rev=2)] == ['c']
        assert await work.notes.all(observer='o2') == []


async def test_clear_removes_all(store):
    await put_note(store, 'r', 'a')
    async with store.round('r') as work:
        await work.notes.clear()
        await work.notes.put(note('b'))
    assert await keys(store) == ['b']


async def test_a_work_that_fails_has_not_happened(store):
    async with store.round('r') as work:
        for key in ('a', 'b', 'c'):
            await work.notes.put(note(key))
        before = await everything(work)
    with pytest.raises(ZeroDivisionError):  # noqa: PT012
        async with store.round('r') as work:
            work.ledger.next_seq()
            await work.notes.remove('a')
            await work.notes.put(note('b', rev=2, observer='o2'))
            await work.notes.put(note('a', rev=3))
            await work.notes.clear()
            await work.notes.put(note('z'))
            raise ZeroDivisionError
    async with store.round('r') as work:
        assert await everything(work) == before
        assert [n.id for n in await work.notes.all()] == ['a', 'b', 'c']
        assert [n.id for n in await work.notes.all(observer='o1')] == ['a', 'b', 'c']
        assert work.ledger.next_seq() == 1


async def test_a_work_that_is_cancelled_has_not_happened(store):
    inside = asyncio.Event()

    async def slow() -> None:
        async with store.round('r') as work:
            await work.notes.put(note('a'))
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(slow())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await keys(store) == []


async def test_models_cannot_be_changed_behind_the_store(store):
    plain: dict[str, Any] = {'text': 'before', 'patterns': ['p1']}
    given = act('a', (Change(collection='cards', key='c', before=plain, after=None),))
    async with store.round('r') as work:
        await work.acts.put(given)
        await work.notes.put(note('n'))
    plain['text'] = 'changed by who put it'
    async with store.round('r') as work:
        read = await work.acts.get('a')
        read.changes[0].before['patterns'].append('changed by who read it')
        (await work.acts.all())[0].changes[0].before.clear()
        with pytest.raises(FrozenInstanceError):
            (await work.notes.get('n')).text = 'x'
    async with store.round('r') as work:
        assert (await work.acts.get('a')).changes[0].before == {'text': 'before', 'patterns': ['p1']}


async def test_works_on_one_round_run_one_after_the_other(store):
    async def count(times: int) -> None:
        for _time in range(times):
            async with store.round('r') as work:
                now = await work.notes.get('counter')
                await asyncio.sleep(0)
                await work.notes.put(note('counter', rev=now.rev + 1 if now else 1))

    await asyncio.gather(*[count(5) for _writer in range(40)])
    async with store.round('r') as work:
        assert (await work.notes.get('counter')).rev == 200


@asynccontextmanager
async def somebody_at_work(store: Store, round_id: str) -> AsyncIterator[asyncio.Event]:
    """Somebody else holds the round until the event is set, or the block is left."""
    inside, leave = asyncio.Event(), asyncio.Event()

    async def hold() -> None:
        async with store.round(round_id) as work:
            inside.set()
            await leave.wait()
            await work.notes.put(note('held'))

    task = asyncio.create_task(hold())
    await inside.wait()
    yield leave
    leave.set()
    await task


async def test_works_on_two_rounds_do_not_wait_for_each_other(store):
    await store.create_round('other')
    async with somebody_at_work(store, 'r'):
        await asyncio.wait_for(put_note(store, 'other', 'a'), 10)
    assert await keys(store, 'other') == ['a']
    assert await keys(store) == ['held']


async def test_a_block_inside_a_block_is_refused_at_once(store):
    with pytest.raises(RuntimeError, match='inside another'):  # noqa: PT012
        async with store.round('r') as work:
            await work.notes.put(note('a'))
            async with store.index():
                pass
    assert await keys(store) == []


async def test_blocks_of_two_stores_may_be_nested(store):
    source = MemoryStore()
    async with source.index() as from_there, store.index() as to_here:
        await from_there.codes.put(Code(id='ABCDEF', round='r', kind=CodeKind.JOIN))
        for code in await from_there.codes.all():
            await to_here.codes.put(code)
    async with store.index() as index:
        assert await index.codes.get('ABCDEF') is not None


async def test_a_task_started_inside_a_block_may_begin_its_own_afterwards(store):
    async with store.round('r') as work:
        await work.notes.put(note('a'))
        task = asyncio.create_task(put_note(store, 'r', 'b'))
    await task
    assert await keys(store) == ['a', 'b']


async def test_a_work_that_was_left_can_do_nothing_more(store):
    async with store.round('r') as work:
        pass
    with pytest.raises(RuntimeError, match='left'):
        await work.notes.put(note('a'))
    with pytest.raises(RuntimeError, match='left'):
        await work.notes.get('a')
    with pytest.raises(RuntimeError, match='left'):
        work.ledger.next_seq()
    with pytest.raises(RuntimeError, match='left'):
        work.ledger.set('notes', 'a', None)
    assert await keys(store) == []


async def test_the_order_of_a_round_grows_by_one_and_no_number_is_given_twice(store):
    numbers = await asyncio.gather(*[put_note(store, 'r', f'n{i}') for i in range(30)])
    assert sorted(numbers) == list(range(1, 31))


async def test_half_a_character_is_refused_in_a_sentence_and_nothing_is_kept(store):
    with pytest.raises(BadInput, match='character'):
        await put_note(store, 'r', 'a', text='half \ud83d')
    assert await keys(store) == []


async def test_the_ledger_names_each_change_once_as_it_was_and_is(store):
    async with store.round('r') as work:
        for key in ('a', 'b', 'same', 'gone'):
            await work.cards.put(card(key))
    async with store.round('r') as work:
        await work.cards.put(card('a', place=1))
        await work.cards.put(card('a', place=2))
        await work.cards.put(card('same'))
        await work.cards.remove('gone')
        await work.cards.put(card('new'))
        await work.cards.put(card('short'))
        await work.cards.remove('short')
        changes = work.ledger.changes()
    assert [(c.collection, c.key) for c in changes] == [('cards', 'a'), ('cards', 'gone'), ('cards', 'new')]
    assert [(c.before and c.before['place'], c.after and c.after['place']) for c in changes] == [
        (0, 2),
        (0, None),
        (None, 0),
    ]


async def test_the_ledger_puts_documents_back(store):
    async with store.round('r') as work:
        await work.cards.put(card('a', pattern='p'))
        document = work.ledger.document('cards', 'a')
    async with store.round('r') as work:
        work.ledger.set('cards', 'a', None)
        assert work.ledger.document('cards', 'a') is None
        assert await work.cards.all(pattern='p') == []
        work.ledger.set('cards', 'a', document)
        with pytest.raises(ValueError, match='not its own'):
            work.ledger.set('cards', 'b', document)
    async with store.round('r') as work:
        assert await work.cards.all(pattern='p') == [card('a', pattern='p')]


async def test_a_round_that_is_not_there_is_not_found(store):
    for round_id in ('never', '', '..', 'a/b', '../index', 'x' * 65, 'é'):
        with pytest.raises(NotFound):
            async with store.round(round_id):
                pass
        with pytest.raises(NotFound):
            await store.rewrite_round(round_id)


async def test_creating_a_round_again_keeps_what_is_in_it(store):
    await put_note(store, 'r', 'a')
    await store.create_round('r')
    assert await keys(store) == ['a']


async def test_a_deleted_round_is_gone_even_for_those_who_wait(store):
    async with somebody_at_work(store, 'r') as leave:
        deleting = asyncio.create_task(store.delete_round('r'))
        await asyncio.sleep(0)
        waiting = asyncio.create_task(put_note(store, 'r', 'b'))
        await asyncio.sleep(0)
        leave.set()
        await deleting
    with pytest.raises(NotFound):
        await waiting
    with pytest.raises(NotFound):
        await keys(store)
    await store.delete_round('r')
    await store.create_round('r')
    assert await keys(store) == []


async def test_rewriting_keeps_what_is_there(store):
    await put_note(store, 'r', 'a')
    await store.rewrite_round('r')
    await store.rewrite_index()
    await put_note(store, 'r', 'b')
    assert await keys(store) == ['a', 'b']


KEYS = st.sampled_from('abcdef')
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just('put'), KEYS, st.integers(0, 3)),
        st.tuples(st.just('remove'), KEYS, st.just(0)),
        st.tuples(st.just('clear'), st.just(''), st.just(0)),
        st.tuples(st.just('fail'), KEYS, st.integers(0, 3)),
    ),
    max_size=6,
)


async def take(work: RoundWork, step: tuple[str, str, int]) -> None:
    kind, key, number = step
    if kind == 'put':
        await work.cards.put(card(key, place=number, pattern=f'p{number}'))
    elif kind == 'remove':
        await work.cards.remove(key)
    elif kind == 'clear':
        await work.cards.clear()
    elif kind == 'fail':
        await work.cards.put(card(key, place=number, pattern='failed'))
        raise ZeroDivisionError


async def carry_out(store: Store, acts: list[list[tuple[str, str, int]]]) -> list[tuple[Change, ...]]:
    """Each act one work; the changes of those that did not fail."""
    done = []
    for steps in acts:
        try:
            async with store.round('r') as work:
                for step in steps:
                    await take(work, step)
                changes = work.ledger.changes()
        except ZeroDivisionError:
            continue
        done.append(changes)
    return done


async def _content(store: Store) -> dict[str, Any]:
    async with store.round('r') as work:
        return {'order': [c.id for c in await work.cards.all()], **await everything(work)}


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=STEPS, acts=st.lists(STEPS, max_size=6))
async def test_random_acts_undone_newest_first_end_where_they_began(store, start, acts):
    async with store.round('r') as work:
        await work.cards.clear()
    await carry_out(store, [start])
    async with store.round('r') as work:
        before = await everything(work)
    for changes in reversed(await carry_out(store, acts)):
        async with store.round('r') as work:
            for change in reversed(changes):
                assert work.ledger.document(change.collection, change.key) == change.after
                work.ledger.set(change.collection, change.key, change.before)
    async with store.round('r') as work:
        assert await everything(work) == before


@settings(max_examples=60, deadline=None, derandomize=True)
@given(acts=st.lists(STEPS, max_size=8))
async def test_both_stores_answer_the_same_to_the_same_acts(tmp_path_factory, acts):
    folder = tmp_path_factory.mktemp('same')
    stores: list[Store] = [MemoryStore(), await open_store(folder)]
    for made in stores:
        await made.create_round('r')
    memory, tiny = [(await carry_out(made, acts), await _content(made)) for made in stores]
    assert memory == tiny
    await stores[1].close()
    again = await open_store(folder)
    assert await _content(again) == memory[1]
    assert [c.pattern for c in await _cards(again, 'p1')] == ['p1'] * len(await _cards(again, 'p1'))
    await again.close()


async def _cards(store: Store, pattern: str) -> list[Any]:
    async with store.round('r') as work:
        return await work.cards.all(pattern=pattern)
