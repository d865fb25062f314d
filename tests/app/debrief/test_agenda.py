"""The time: shares of what is left, extended at the cost of what follows, the same for everybody who looks."""

import datetime as dt

import pytest

from app.debrief.agenda import PRESETS, STEPS, entered, extended, follow_stage, to_come
from app.debrief.model import Agenda, AgendaStep
from app.errors import BadInput
from app.rounds.clock import now_in
from app.rounds.stages import Stage
from tests.app.debrief.hall import ROUND

NOON = dt.datetime(2026, 11, 20, 12, 0, tzinfo=dt.UTC)


def planned(minutes=120, ends=None):
    steps = tuple(AgendaStep(stage=stage, minutes=n) for stage, n in zip(STEPS, PRESETS[minutes], strict=True))
    return Agenda(id='x', ends_at=ends or NOON + dt.timedelta(minutes=minutes), steps=steps)


def later(minutes):
    return NOON + dt.timedelta(minutes=minutes)


@pytest.mark.parametrize('minutes', PRESETS)
def test_a_preset_is_as_long_as_it_says_and_analysis_and_theories_have_the_most(minutes):
    assert sum(PRESETS[minutes]) == minutes
    longest = sorted(zip(PRESETS[minutes], STEPS, strict=True))[-2:]
    assert {stage for _n, stage in longest} == {Stage.ANALYSIS, Stage.THEORIES}


def test_a_step_that_begins_on_time_has_what_was_planned():
    agenda = entered(planned(), Stage.SELECTION, NOON)
    assert agenda.step_ends_at == later(10)
    assert list(to_come(agenda, NOON).values()) == list(PRESETS[120][1:])


def test_extending_a_step_shortens_those_that_follow_and_shortening_gives_it_back():
    agenda = entered(planned(), Stage.ANALYSIS, later(39))
    before = to_come(agenda, later(40))
    longer = extended(agenda, 10, later(40))
    after = to_come(longer, later(40))
    assert sum(before.values()) - sum(after.values()) == 10
    assert all(after[stage] < before[stage] for stage in before)
    assert extended(longer, -10, later(40)) == agenda


def test_a_step_that_takes_too_long_eats_what_follows_minute_by_minute():
    agenda = entered(planned(), Stage.THEORIES, later(81))
    assert to_come(agenda, later(81)) == {Stage.NEXT_LEVEL: 11}
    assert to_come(agenda, later(114)) == {Stage.NEXT_LEVEL: 6}
    assert to_come(agenda, later(200)) == {Stage.NEXT_LEVEL: 0}


def test_a_late_start_makes_every_step_shorter_and_the_end_stays():
    agenda = entered(planned(), Stage.SELECTION, later(30))
    left = sum(to_come(agenda, later(30)).values()) + round((agenda.step_ends_at - later(30)).seconds / 60)
    assert left == 90


def test_a_stage_that_is_opened_again_begins_its_time_anew():
    agenda = entered(entered(planned(), Stage.PREDICTION, later(70)), Stage.ANALYSIS, later(75))
    assert agenda.stage is Stage.ANALYSIS
    assert later(75) < agenda.step_ends_at < agenda.ends_at
    assert Stage.PREDICTION in to_come(agenda, later(75))


def test_what_is_not_there_any_more_is_not_given():
    with pytest.raises(BadInput, match='not so many minutes left'):
        extended(entered(planned(), Stage.NEXT_LEVEL, later(110)), 30, later(110))
    with pytest.raises(BadInput, match='Selection'):
        extended(planned(), 5, NOON)


@pytest.mark.anyio
async def test_the_time_of_a_step_begins_when_it_is_opened_and_every_screen_has_its_end(hall):
    ends = now_in('Europe/London') + dt.timedelta(minutes=100)
    if ends.date() != now_in('Europe/London').date():
        pytest.skip('the debrief would end tomorrow')
    for wrong in ('soon', '25:00', f'{now_in("Europe/London") - dt.timedelta(minutes=1):%H:%M}'):
        with pytest.raises(BadInput):
            await hall.agenda.plan_time(hall.who, ROUND, ends=wrong, minutes=90)
    assert (await hall.control())['agenda'] is None
    await hall.agenda.plan_time(hall.who, ROUND, ends=f'{ends:%H:%M}', minutes=90)
    async with hall.store.round(ROUND) as work:
        await follow_stage(work, Stage.ANALYSIS)
    control, wall = (await hall.control())['agenda'], (await hall.projection())['agenda']
    assert control['step_ends_at'] == wall['step_ends_at'] < wall['ends_at']
    assert set(wall) == {'stage', 'ends_at', 'step_ends_at'}
    assert [step['minutes'] is None for step in control['steps']] == [True] * 4 + [False] * 3
    await hall.agenda.extend(hall.who, ROUND, 5)
    longer = (await hall.control())['agenda']
    assert longer['step_ends_at'] - control['step_ends_at'] == 5 * 60_000
    await hall.agenda.move_end(hall.who, ROUND, -10)
    assert (await hall.control())['agenda']['ends_at'] == control['ends_at'] - 10 * 60_000
    await hall.agenda.drop_agenda(hall.who, ROUND)
    with pytest.raises(BadInput):
        await hall.agenda.extend(hall.who, ROUND, 5)
