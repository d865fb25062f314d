"""A round is made, planned by two at once, moved from stage to stage, copied, put away and deleted."""

import asyncio
import datetime as dt
from dataclasses import replace

import pytest

from app.errors import BadInput, Changed, NotFound, NotYours, WrongStage
from app.ids import hashed
from app.observation.model import Note, Observer
from app.rounds.model import CodeKind, LinkKind
from app.rounds.plan import next_step, steps
from app.rounds.stages import Stage
from tests.app.rounds.planned import a_planned_day

pytestmark = pytest.mark.anyio

HERE = 'https://rounds.example.org'


def in_days(n):
    return dt.date.today() + dt.timedelta(days=n)


async def test_a_new_round_has_its_host_a_code_and_the_sizes_of_the_field(services, facilitator):
    round_id = await services.rounds.create(facilitator, 'Spring round', in_days(7))
    plan = await services.rounds.plan(facilitator, round_id)
    assert (plan.round.title, plan.round.host_school, plan.round.network) == (
        'Spring round',
        'Harbour View Academy',
        'Five Bays Learning Network',
    )
    assert [school.host for school in plan.round.schools] == [True]
    assert plan.round.sizes.minutes == 20
    async with services.store.index() as index:
        code = await index.codes.get(plan.round.join_code)
    assert (code.round, code.kind, code.replaced) == (round_id, CodeKind.JOIN, False)
    assert [head.id for head in await services.rounds.rounds_of(facilitator)] == [round_id]


async def test_a_new_round_on_a_day_that_is_over_is_refused_kindly(services, facilitator):
    with pytest.raises(BadInput, match='Please choose today'):
        await services.rounds.create(facilitator, 'Yesterday', in_days(-2))
    assert await services.rounds.rounds_of(facilitator) == []


@pytest.mark.parametrize('title', ['', ' \n ', 'x' * 121])
async def test_a_round_needs_a_title_that_fits(services, facilitator, title):
    with pytest.raises(BadInput, match='The title'):
        await services.rounds.create(facilitator, title, in_days(7))


async def test_markup_and_odd_characters_in_a_title_stay_text(services, facilitator):
    title = '<script>alert(1)</script> جولة 🌱\x00\x07'
    round_id = await services.rounds.create(facilitator, title, in_days(7))
    plan = await services.rounds.plan(facilitator, round_id)
    assert plan.round.title == '<script>alert(1)</script> جولة 🌱'


@pytest.mark.parametrize(
    ('field', 'value', 'kept'),
    [
        ('title', ' Autumn  round ', 'Autumn round'),
        ('problem_of_practice', 'Students rarely explain.', 'Students rarely explain.'),
        ('focus_statements', 'One\n\n Two ', ('One', 'Two')),
        ('focus_checks', ['leverage', 'core', 'no such'], ('core', 'leverage')),
        ('lenses', 'hopkins', ('curriculum', 'teaching', 'learning', 'assessment', 'task')),
        ('timezone', 'Australia/Melbourne', 'Australia/Melbourne'),
        ('host_school', 'Harbour', 'Harbour'),
    ],
)
async def test_a_field_is_kept_as_it_was_meant(services, facilitator, round_id, field, value, kept):
    before = (await services.rounds.plan(facilitator, round_id)).round
    await services.rounds.change(facilitator, round_id, field, value, seen=getattr(before, field))
    assert getattr((await services.rounds.plan(facilitator, round_id)).round, field) == kept


@pytest.mark.parametrize(
    ('field', 'value', 'sentence'),
    [
        ('title', '', 'The title is empty'),
        ('date', '27.11.', 'choose the day'),
        ('timezone', 'Harbour', 'is no time zone'),
        ('sizes.minutes', 'long', 'from 5 to 120'),
        ('sizes.days_kept', 91, 'from 0 to 90'),
        ('sizes.choose_least', 11, 'larger than the most'),
        ('problem_of_practice', 'x' * 601, 'and 600 fit'),
        ('focus_statements', '\n'.join('abcdefghi'), 'A few focus statements'),
        ('lenses', 'mood', 'one of: city, hopkins'),
        ('stage', 'closed', 'no field of this name'),
        ('sizes.mood', 1, 'no field of this name'),
    ],
)
async def test_what_does_not_fit_is_refused_in_a_sentence(services, facilitator, round_id, field, value, sentence):
    before = (await services.rounds.plan(facilitator, round_id)).round
    seen = before.sizes.choose_least if field == 'sizes.choose_least' else None
    with pytest.raises(BadInput, match=sentence):
        await services.rounds.change(facilitator, round_id, field, value, seen=seen)
    assert (await services.rounds.plan(facilitator, round_id)).round == before


async def test_two_who_write_in_the_same_field_lose_nothing(services, facilitator, round_id):
    await services.rounds.change(facilitator, round_id, 'problem_of_practice', 'Mine', seen='')
    with pytest.raises(Changed) as found:
        await services.rounds.change(facilitator, round_id, 'problem_of_practice', 'Theirs', seen='')
    assert found.value.more == {'theirs': 'Mine', 'yours': 'Theirs'}
    assert (await services.rounds.plan(facilitator, round_id)).round.problem_of_practice == 'Mine'


async def test_writing_what_stands_there_already_is_no_conflict(services, facilitator, round_id):
    await services.rounds.change(facilitator, round_id, 'problem_of_practice', 'Same', seen='')
    await services.rounds.change(facilitator, round_id, 'problem_of_practice', 'Same', seen='')


async def test_fields_are_compared_one_by_one(services, facilitator, round_id):
    await services.rounds.change(facilitator, round_id, 'problem_of_practice', 'Mine', seen='')
    await services.rounds.change(facilitator, round_id, 'sizes.minutes', '25', seen=20)
    sizes = (await services.rounds.plan(facilitator, round_id)).round.sizes
    assert (sizes.minutes, sizes.walk_minutes) == (25, 5)


async def test_a_new_title_and_day_stand_in_the_list_too(services, facilitator, round_id):
    await services.rounds.change(facilitator, round_id, 'title', 'Summer', seen='Spring round')
    await services.rounds.change(facilitator, round_id, 'date', in_days(9).isoformat(), seen=in_days(7))
    [head] = await services.rounds.rounds_of(facilitator)
    assert (head.title, head.date) == ('Summer', in_days(9))


async def test_a_facilitator_of_another_school_finds_no_such_round(services, facilitator, stranger, round_id):
    for act in (
        services.rounds.plan(stranger, round_id),
        services.rounds.change(stranger, round_id, 'title', 'Ours', seen='Spring round'),
        services.rounds.copy(stranger, round_id, 'Ours', in_days(7)),
        services.rounds.archive(stranger, round_id),
        services.rounds.what_is_deleted(stranger, round_id),
        services.rounds.delete(stranger, round_id, typed='Spring round'),
        services.rounds.go_to(stranger, round_id, Stage.OPEN),
        services.rounds.make_link(stranger, round_id, LinkKind.OUTCOME),
        services.rounds.links(stranger, round_id),
        services.rounds.revoke_link(stranger, round_id, 'x'),
        services.rounds.new_join_code(stranger, round_id),
        services.rounds.guests.all(stranger, round_id),
        services.rounds.guests.invite(stranger, round_id, 'joan@tidewell.example'),
        services.rounds.guests.remove(stranger, round_id, 'x'),
    ):
        with pytest.raises(NotFound, match='There is no such round'):
            await act
    assert await services.rounds.rounds_of(stranger) == []


async def test_an_invited_guest_plans_along_but_does_not_delete(services, facilitator, stranger, round_id):
    guest = await services.rounds.guests.invite(facilitator, round_id, ' Joan@Tidewell.example')
    assert (guest.name, guest.school) == ('Joan Ellis', 'Tidewell High School')
    assert [head.id for head in await services.rounds.rounds_of(stranger)] == [round_id]
    await services.rounds.change(stranger, round_id, 'problem_of_practice', 'Together', seen='')
    with pytest.raises(NotYours):
        await services.rounds.delete(stranger, round_id, typed='Spring round')
    with pytest.raises(NotYours):
        await services.rounds.archive(stranger, round_id)
    await services.rounds.guests.remove(facilitator, round_id, guest.account)
    with pytest.raises(NotFound):
        await services.rounds.plan(stranger, round_id)


async def test_somebody_without_an_account_is_invited_to_make_one_first(services, facilitator, round_id):
    with pytest.raises(NotFound, match='Send an invitation'):
        await services.rounds.guests.invite(facilitator, round_id, 'nobody@nowhere.example')
    with pytest.raises(BadInput, match='belongs to the host school'):
        await services.rounds.guests.invite(facilitator, round_id, 'ama@harbour.example')


async def test_stages_are_opened_one_after_the_other_and_again(services, facilitator, round_id):
    for stage in list(Stage)[1:10]:
        assert await services.rounds.go_to(facilitator, round_id, stage) is stage
    closed = await services.rounds.plan(facilitator, round_id)
    assert closed.round.closed_at is not None
    assert closed.head.stage is Stage.CLOSED
    await services.rounds.go_to(facilitator, round_id, Stage.ANALYSIS)
    again = await services.rounds.plan(facilitator, round_id)
    assert (again.round.stage, again.round.closed_at, again.head.stage) == (Stage.ANALYSIS, None, Stage.ANALYSIS)


async def test_no_stage_is_left_out(services, facilitator, round_id):
    with pytest.raises(WrongStage, match='Next after “Planning” is “Visits”'):
        await services.rounds.go_to(facilitator, round_id, Stage.SELECTION)


async def test_two_who_open_the_next_stage_at_once_open_it_once(services, facilitator, round_id):
    both = [services.rounds.go_to(facilitator, round_id, Stage.OPEN, seen=Stage.PLANNED) for _ in range(2)]
    assert await asyncio.gather(*both) == [Stage.OPEN, Stage.OPEN]
    await services.rounds.go_to(facilitator, round_id, Stage.SELECTION, seen=Stage.OPEN)
    with pytest.raises(Changed, match='to “Selection”'):
        await services.rounds.go_to(facilitator, round_id, Stage.PLANNED, seen=Stage.OPEN)


async def test_what_changes_is_announced_when_it_is_kept(services, facilitator, round_id):
    with services.announcer.listening(round_id) as heard:
        await services.rounds.change(facilitator, round_id, 'problem_of_practice', 'Look', seen='')
        await services.rounds.go_to(facilitator, round_id, Stage.OPEN)
        with pytest.raises(Changed):
            await services.rounds.change(facilitator, round_id, 'problem_of_practice', 'Again', seen='')
        kinds = [heard.get_nowait().kind for _ in range(heard.qsize())]
    assert kinds == ['plan', 'words', 'stage']


async def test_the_plan_stands_once_the_visits_are_over(services, facilitator, round_id):
    for stage in (Stage.OPEN, Stage.SELECTION):
        await services.rounds.go_to(facilitator, round_id, stage)
    with pytest.raises(WrongStage):
        await services.rounds.change(facilitator, round_id, 'problem_of_practice', 'Late', seen='')
    await services.rounds.change(facilitator, round_id, 'sizes.days_kept', 14, seen=30)
    await services.rounds.change(facilitator, round_id, 'title', 'Spring, day one', seen='Spring round')
    assert (await services.rounds.rounds_of(facilitator))[0].stage is Stage.SELECTION


async def test_a_label_that_a_crash_left_behind_is_put_right_when_the_plan_is_read(services, facilitator, round_id):
    await services.rounds.go_to(facilitator, round_id, Stage.OPEN)
    async with services.store.index() as index:
        head = await index.heads.get(round_id)
        await index.heads.put(type(head)(**{**vars(head), 'stage': Stage.PLANNED}))
    await services.rounds.plan(facilitator, round_id)
    assert (await services.rounds.rounds_of(facilitator))[0].stage is Stage.OPEN


async def test_labels_that_a_crash_left_behind_are_mended_without_anybody_looking(services, facilitator, round_id):
    await services.rounds.go_to(facilitator, round_id, Stage.OPEN)
    async with services.store.index() as index:
        head = await index.heads.get(round_id)
        await index.heads.put(replace(head, stage=Stage.PLANNED))
        await index.heads.put(replace(head, id='deleted-before-the-crash'))
    await services.rounds.mend_labels()
    heads = {head.id: head for head in await services.rounds.rounds_of(facilitator)}
    assert heads[round_id].stage is Stage.OPEN


async def test_the_plan_says_what_comes_next_until_all_is_planned(services, facilitator, round_id):
    assert next_step(await services.rounds.plan(facilitator, round_id), address=HERE).section == 'focus'
    await a_planned_day(services, facilitator, round_id)
    plan = await services.rounds.plan(facilitator, round_id)
    assert next_step(plan, address=HERE) is None
    assert next_step(plan, address='').section == 'print', 'nothing is printed without a public address'
    sentences = [step.sentence for step in steps(plan, address=HERE)]
    assert sentences[1:4] == [
        '2 groups, 8 visitors.',
        '4 classrooms.',
        '2 periods.',
    ]


async def test_a_copy_begins_with_the_plan_and_with_codes_of_its_own(services, facilitator, round_id):
    await a_planned_day(services, facilitator, round_id)
    before = await services.rounds.plan(facilitator, round_id)
    async with services.store.round(round_id) as work:
        await work.observers.put(Observer(id='o', display_name='Ruth', school=before.round.schools[0].id))
    copied = await services.rounds.copy(facilitator, round_id, 'Summer round', in_days(90))
    after = await services.rounds.plan(facilitator, copied)
    assert (after.round.title, after.round.date, after.round.stage) == ('Summer round', in_days(90), Stage.PLANNED)
    assert after.round.problem_of_practice == before.round.problem_of_practice
    assert after.round.schools == before.round.schools
    assert [(room.number, room.room) for room in after.classrooms] == [(1, 'M1'), (2, 'M2'), (3, 'M3'), (4, 'M4')]
    assert after.classrooms[0].period == after.periods[0].id
    assert len(after.visits) == len(before.visits)
    assert after.clashes() == ()
    codes = {room.code for room in (*before.classrooms, *after.classrooms)}
    codes |= {before.round.join_code, after.round.join_code}
    assert len(codes) == 10
    async with services.store.index() as index:
        for room in after.classrooms:
            code = await index.codes.get(room.code)
            assert (code.round, code.classroom) == (copied, room.id)
    async with services.store.round(copied) as work:
        assert await work.observers.all() == []


async def test_a_guest_copies_the_focus_but_not_the_rooms_of_another_school(services, facilitator, stranger, round_id):
    await a_planned_day(services, facilitator, round_id)
    await services.rounds.guests.invite(facilitator, round_id, 'joan@tidewell.example')
    copied = await services.rounds.copy(stranger, round_id, 'At ours', in_days(30))
    after = await services.rounds.plan(stranger, copied)
    assert after.round.host_school == 'Tidewell High School'
    assert [school.name for school in after.round.schools if school.host] == ['Tidewell High School']
    assert sorted(school.name for school in after.round.schools) == [
        'Copperbeck School',
        'Harbour View Academy',
        'Tidewell High School',
    ]
    assert (after.classrooms, after.periods, after.visits) == ((), (), ())
    assert len(after.groups) == 2


async def test_an_archived_round_is_put_away_and_taken_out_unchanged(services, facilitator, round_id):
    await services.rounds.archive(facilitator, round_id)
    assert (await services.rounds.rounds_of(facilitator))[0].archived
    await services.rounds.archive(facilitator, round_id, False)
    assert not (await services.rounds.rounds_of(facilitator))[0].archived


async def test_what_is_deleted_is_said_first_and_the_title_is_typed(services, facilitator, round_id):
    await a_planned_day(services, facilitator, round_id)
    async with services.store.round(round_id) as work:
        await work.observers.put(Observer(id='o', display_name='Ruth', school='s'))
        for n in range(2):
            await work.notes.put(
                Note(
                    id=f'n{n}',
                    rev=1,
                    observer='o',
                    group='g',
                    classroom='c',
                    lens=None,
                    text='A student reads.',
                    written_at='',
                    received_at=dt.datetime.now(dt.UTC),
                    seq=n,
                )
            )
    said = await services.rounds.what_is_deleted(facilitator, round_id)
    assert said == ('the plan with 4 classrooms', '2 groups', '1 observer', '2 notes')
    with pytest.raises(BadInput, match='not the title'):
        await services.rounds.delete(facilitator, round_id, typed='Sprung round')
    plan = await services.rounds.plan(facilitator, round_id)
    await services.rounds.delete(facilitator, round_id, typed=' spring round ')
    assert await services.rounds.rounds_of(facilitator) == []
    with pytest.raises(NotFound):
        await services.rounds.plan(facilitator, round_id)
    with pytest.raises(NotFound):
        async with services.store.round(round_id):
            pass
    async with services.store.index() as index:
        assert await index.codes.get(plan.round.join_code) is None
        assert await index.codes.all(round=round_id) == []


async def test_a_link_is_made_listed_and_revoked(services, facilitator, round_id):
    secret = await services.rounds.make_link(facilitator, round_id, LinkKind.PROJECTION)
    [link] = await services.rounds.links(facilitator, round_id)
    assert (link.id, link.kind) == (hashed(secret), LinkKind.PROJECTION)
    assert await services.access.link(secret, LinkKind.PROJECTION) == round_id
    await services.rounds.revoke_link(facilitator, round_id, link.id)
    with pytest.raises(NotFound):
        await services.access.link(secret, LinkKind.PROJECTION)


async def test_a_link_of_another_round_is_not_revoked_from_here(services, facilitator, round_id):
    other = await services.rounds.create(facilitator, 'Other', in_days(3))
    secret = await services.rounds.make_link(facilitator, other, LinkKind.OUTCOME)
    await services.rounds.revoke_link(facilitator, round_id, hashed(secret))
    assert len(await services.rounds.links(facilitator, other)) == 1


async def test_a_new_join_code_takes_the_place_of_the_old_one_which_stays_to_answer(services, facilitator, round_id):
    old = (await services.rounds.plan(facilitator, round_id)).round.join_code
    new = await services.rounds.new_join_code(facilitator, round_id)
    assert (await services.rounds.plan(facilitator, round_id)).round.join_code == new != old
    async with services.store.index() as index:
        assert (await index.codes.get(old)).replaced
        assert not (await index.codes.get(new)).replaced


async def test_who_has_signed_out_plans_nothing_more(services, facilitator, round_id):
    await services.accounts.sign_out_everywhere(facilitator)
    for act in (
        services.rounds.rounds_of(facilitator),
        services.rounds.create(facilitator, 'More', in_days(2)),
        services.rounds.change(facilitator, round_id, 'title', 'More', seen='Spring round'),
        services.rounds.go_to(facilitator, round_id, Stage.OPEN),
    ):
        with pytest.raises(Exception, match='sign in') as found:
            await act
        assert found.value.status == 401
