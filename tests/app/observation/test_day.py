"""The facilitator's day: where groups are, how much has arrived, and what changes meanwhile."""

import asyncio
import datetime as dt
from dataclasses import fields, replace
from zoneinfo import ZoneInfo

import pytest

from app.accounts.service import AccountService
from app.announce import Announcer
from app.errors import BadInput, Changed, NotFound, WrongStage
from app.observation.day import DayService
from app.observation.day_changes import (
    BellMoved,
    CoverTeacher,
    GroupsJoined,
    Latecomer,
    Pause,
    RoomBack,
    RoomOut,
)
from app.observation.day_view import unfinished
from app.observation.model import Note, Observer
from app.rounds.access import Access
from app.rounds.model import Classroom, Group, Period, Round, RoundHead, Visit
from app.rounds.rota import visit_id
from app.rounds.stages import Stage
from tests.builders import QUICK

pytestmark = pytest.mark.anyio

ZONE = 'Australia/Sydney'
DAY = dt.date(2026, 11, 23)
SECRET_TEXT = 'Three students turned to page 42'


class Clock:
    """Local time of the school, turned by the test."""

    def __init__(self):
        self.at(9, 0)

    def at(self, hour, minute, day=DAY):
        self.moment = dt.datetime.combine(day, dt.time(hour, minute), ZoneInfo(ZONE)).astimezone(dt.UTC)

    def __call__(self):
        return self.moment


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def announcer():
    return Announcer()


@pytest.fixture
def accounts(store, clock):
    return AccountService(store, hashes=QUICK, now=clock, session_days=90)


@pytest.fixture
async def who(accounts):
    await accounts.create(email='ama@x', name='Ama', school='harbour', passphrase='quiet harbour at dawn')
    return await accounts.who(await accounts.sign_in('ama@x', 'quiet harbour at dawn', address=''))


@pytest.fixture
def days(store, accounts, announcer, clock):
    return DayService(store, announcer, Access(store, accounts), now=clock)


def visit(group, room, start, end):
    start, end = (dt.time.fromisoformat(text) for text in (start, end))
    return Visit(id=visit_id(group, room), group=group, classroom=room, start=start, end=end)


VISITS = (
    visit('a', 'r1', '09:05', '09:25'),
    visit('a', 'r2', '09:30', '09:50'),
    visit('b', 'r2', '09:05', '09:25'),
    visit('b', 'r3', '09:30', '09:50'),
)


@pytest.fixture
async def planned(store):
    planned = Round(
        id='r', title='Spring', network='n', host_school='Harbour', date=DAY, timezone=ZONE, stage=Stage.OPEN
    )
    head = RoundHead(
        id='r', school='harbour', title='Spring', date=DAY, stage=Stage.OPEN, created_at=dt.datetime.now(dt.UTC)
    )
    async with store.index() as work:
        await work.heads.put(head)
    await store.create_round('r')
    async with store.round('r') as work:
        await work.plans.put(planned)
        await work.periods.put(Period(id='p1', name='Period 1', start=dt.time(9), end=dt.time(10)))
        await work.periods.put(Period(id='p2', name='Period 2', start=dt.time(10), end=dt.time(11)))
        for number in range(1, 5):
            await work.classrooms.put(Classroom(id=f'r{number}', number=number, room=f'B{number}'))
        await work.groups.put(Group(id='a', number=1, name='Group A', size=2))
        await work.groups.put(Group(id='b', number=2, name='Group B', size=2))
        for one in VISITS:
            await work.visits.put(one)
    return planned


async def add(store, *models):
    async with store.round('r') as work:
        for model in models:
            await getattr(work, {Observer: 'observers', Note: 'notes', Round: 'plans'}[type(model)]).put(model)


def observer(key, group='', **more):
    return Observer(id=key, display_name=f'Name {key}', school='s', group=group, **more)


def note(key, author, group, **more):
    return Note(
        id=key,
        rev=1,
        observer=author,
        group=group,
        classroom='r1',
        lens=None,
        text=SECRET_TEXT,
        written_at='',
        received_at=dt.datetime.now(dt.UTC),
        seq=1,
        **more,
    )


async def test_every_group_is_where_the_rota_says_in_the_school_s_own_time(days, who, planned, clock):
    clock.at(9, 10)
    a, b = (await days.day(who, 'r')).groups
    assert (a.now.classroom.room, a.next.classroom.room, a.left) == ('B1', 'B2', 2)
    assert (b.now.classroom.room, b.next.classroom.room) == ('B2', 'B3')
    clock.at(9, 27)
    (a, _b) = (await days.day(who, 'r')).groups
    assert a.now is None
    assert (a.next.classroom.room, a.left) == ('B2', 1)
    clock.at(9, 55)
    (a, _b) = (await days.day(who, 'r')).groups
    assert (a.now, a.next, a.left) == (None, None, 0)


async def test_the_day_before_the_first_visit_is_next_and_the_day_after_none(days, who, planned, clock):
    clock.at(16, 0, DAY - dt.timedelta(days=1))
    day = await days.day(who, 'r')
    assert not day.is_today
    assert (day.groups[0].now, day.groups[0].next.classroom.room) == (None, 'B1')
    clock.at(8, 0, DAY + dt.timedelta(days=1))
    assert (await days.day(who, 'r')).groups[0].next is None


async def test_the_day_counts_and_names_nobody_and_quotes_nothing(days, who, planned, store):
    early, late = dt.datetime(2026, 11, 22, 22, 10, tzinfo=dt.UTC), dt.datetime(2026, 11, 22, 22, 20, tzinfo=dt.UTC)
    await add(
        store,
        observer('o1', 'a', unsent=3, unsent_at=late),
        observer('o2', 'a', unsent=2, unsent_at=early),
        observer('o3', 'b', unsent=0, unsent_at=early),
        observer('o4'),
        note('n1', 'o1', 'a', chosen=True),
        note('n2', 'o1', 'a', deleted=True),
        note('n3', 'o3', 'b', late=True),
        note('n4', 'o4', ''),
    )
    day = await days.day(who, 'r')
    a, b = day.groups
    assert (a.joined, a.notes, a.unsent.notes, a.unsent.said_at) == (2, 1, 5, early)
    assert (b.joined, b.notes, b.unsent.notes, b.unsent.said_at) == (1, 1, 0, None)
    assert (day.joined, day.expected, day.without_group) == (4, 4, 1)
    assert (day.notes, day.late, day.chosen, day.unsent.notes) == (3, 1, 1, 5)
    assert SECRET_TEXT not in repr(day)
    assert 'Name o' not in repr(day)
    assert not {'observers', 'notes_by_observer'} & {field.name for field in fields(day)}


async def test_a_fire_drill_is_shown_first_and_then_moves_the_visits(days, who, planned, store, announcer, clock):
    clock.at(9, 10)
    preview = await days.preview(who, 'r', Pause(minutes=10))
    assert [sentence[:7] for sentence in preview.sentences] == ['Group A', 'Group A', 'Group B', 'Group B']
    async with store.round('r') as work:
        assert tuple(await work.visits.all()) == VISITS
    with announcer.listening('r') as heard:
        await days.make(who, 'r', preview)
        assert 'rota' in {heard.get_nowait().kind for _ in range(heard.qsize())}
    moved = {one.id: one for one in (await days.day(who, 'r')).plan.visits}
    assert moved['a.r1'].end > dt.time(9, 25)
    assert all(one.end <= dt.time(10) for one in moved.values())


async def test_a_room_that_falls_out_is_replaced_by_one_that_is_free(days, who, planned, clock):
    clock.at(8, 50)
    preview = await days.preview(who, 'r', RoomOut(classroom='r1'))
    await days.make(who, 'r', preview)
    plan = (await days.day(who, 'r')).plan
    assert plan.classroom('r1').left_out
    assert [one.classroom for one in plan.visits if one.group == 'a'] != ['r1', 'r2']
    assert not any(one.classroom == 'r1' for one in plan.visits)
    await days.make(who, 'r', await days.preview(who, 'r', RoomBack(classroom='r1')))
    assert not (await days.day(who, 'r')).plan.classroom('r1').left_out


async def test_a_cover_teacher_is_marked_and_the_visit_goes_on(days, who, planned, clock):
    await days.make(who, 'r', await days.preview(who, 'r', CoverTeacher(classroom='r1')))
    plan = (await days.day(who, 'r')).plan
    assert plan.classroom('r1').cover
    assert set(plan.visits) == set(VISITS)


async def test_a_bell_that_shifts_takes_its_visits_with_it(days, who, planned, clock):
    clock.at(8, 30)
    change = BellMoved(period='p1', start=dt.time(8, 50), end=dt.time(9, 50))
    preview = await days.preview(who, 'r', change)
    assert '08:50' in preview.sentences[0]
    await days.make(who, 'r', preview)
    plan = (await days.day(who, 'r')).plan
    assert plan.periods[0].start == dt.time(8, 50)
    assert min(one.start for one in plan.visits) == dt.time(8, 55)
    with pytest.raises(BadInput):
        await days.preview(who, 'r', BellMoved(period='p1', start=dt.time(9, 0), end=dt.time(10, 30)))


async def test_a_latecomer_makes_the_group_larger_and_says_when_it_is_full(days, who, planned):
    await days.make(who, 'r', await days.preview(who, 'r', Latecomer(group='a')))
    await days.make(who, 'r', await days.preview(who, 'r', Latecomer(group='a')))
    full = await days.preview(who, 'r', Latecomer(group='a'))
    assert (await days.day(who, 'r')).groups[0].group.size == 4
    assert any('Group B' in sentence for sentence in full.sentences)


async def test_groups_that_are_joined_share_rota_and_observers_and_lose_no_note(days, who, planned, store, clock):
    await add(store, observer('o1', 'a'), observer('o2', 'b'), note('n1', 'o1', 'a'))
    clock.at(9, 27)
    preview = await days.preview(who, 'r', GroupsJoined(gone='a', into='b'))
    await days.make(who, 'r', preview)
    day = await days.day(who, 'r')
    by_name = {group.group.name: group for group in day.groups}
    assert by_name['Group B'].joined == 2
    assert by_name['Group B'].group.size == 4
    assert day.expected == 4
    assert day.notes == 1
    assert [one.id for one in day.plan.visits if one.group == 'a'] == ['a.r1']
    assert 'Group A' not in by_name or by_name['Group A'].joined == 0


async def test_two_facilitators_who_change_the_same_thing_do_it_once(days, who, planned, clock):
    clock.at(9, 10)
    preview = await days.preview(who, 'r', Pause(minutes=10))
    answers = await asyncio.gather(days.make(who, 'r', preview), days.make(who, 'r', preview), return_exceptions=True)
    assert [type(answer) for answer in answers].count(Changed) == 1


async def test_a_preview_that_has_grown_old_is_not_carried_out(days, who, planned, clock):
    clock.at(9, 10)
    preview = await days.preview(who, 'r', Pause(minutes=10))
    clock.at(9, 30)
    with pytest.raises(Changed):
        await days.make(who, 'r', preview)


@pytest.mark.parametrize(
    'change',
    [
        RoomOut(classroom='nowhere'),
        RoomBack(classroom=''),
        CoverTeacher(classroom='x'),
        Latecomer(group='x'),
        GroupsJoined(gone='a', into='a'),
        GroupsJoined(gone='a', into='x'),
        BellMoved(period='x', start=dt.time(9), end=dt.time(10)),
        Pause(minutes=0),
        Pause(minutes=-5),
        Pause(minutes=181),
    ],
)
async def test_a_change_that_cannot_be_is_refused_with_a_sentence(days, who, planned, change):
    with pytest.raises(BadInput) as refused:
        await days.preview(who, 'r', change)
    assert refused.value.sentence.endswith('.')


@pytest.mark.parametrize('stage', [stage for stage in Stage if stage.place > Stage.SELECTION.place])
async def test_after_the_selection_the_day_is_not_changed_any_more(days, who, planned, store, stage):
    preview = await days.preview(who, 'r', Latecomer(group='a'))
    await add(store, replace(planned, stage=stage))
    with pytest.raises(WrongStage):
        await days.preview(who, 'r', Latecomer(group='a'))
    with pytest.raises(WrongStage):
        await days.make(who, 'r', preview)


async def test_another_school_sees_and_changes_nothing(days, who, planned, accounts):
    preview = await days.preview(who, 'r', Latecomer(group='a'))
    await accounts.create(email='bo@y', name='Bo', school='tidewell', passphrase='slow tides turn twice')
    other = await accounts.who(await accounts.sign_in('bo@y', 'slow tides turn twice', address=''))
    for asked in (
        days.day(other, 'r'),
        days.unfinished(other, 'r'),
        days.preview(other, 'r', Latecomer(group='a')),
        days.make(other, 'r', preview),
    ):
        with pytest.raises(NotFound):
            await asked


async def test_what_is_not_finished_is_said_before_the_next_stage(days, who, planned, store, clock):
    clock.at(9, 10)
    await add(store, observer('o1', 'a', unsent=7, unsent_at=clock()), observer('o2', 'b'), note('n1', 'o1', 'a'))
    words = ' '.join(await days.unfinished(who, 'r'))
    assert '4 visits' in words
    assert '7 notes are still on phones' in words
    await add(store, replace(planned, stage=Stage.SELECTION))
    words = ' '.join(await days.unfinished(who, 'r'))
    assert '2 observers have chosen fewer than 5 notes' in words
    assert 'wall would be empty' in words
    await add(store, replace(planned, stage=Stage.ANALYSIS))
    assert unfinished(await days.day(who, 'r')) == ()
