"""Observers join, send notes and hear what changes; nothing is lost and nothing comes twice."""

import asyncio

import pytest

from app.errors import BadInput, Gone, NotFound, NotSignedIn, Taken, TooLarge, TooMany, WrongStage
from app.observation.receiving import Reason, SentNote, State
from app.rounds.stages import Stage

from .conftest import HALL, ROUND, Day

pytestmark = pytest.mark.anyio


def a_note(rev=1, text='Six of 24 students wrote in full sentences.', **more) -> SentNote:
    return SentNote(**{'id': 'n' * 22, 'rev': rev, 'classroom': 1, 'text': text, 'lens': 'students', **more})


async def only(day: Day, asker, *notes, unsent=None):
    answer = await day.observation.receive_notes(asker, notes, unsent=unsent)
    assert len(answer.received) == 1
    assert not answer.refused
    return answer.received[0]


async def refused(day: Day, asker, note):
    answer = await day.observation.receive_notes(asker, [note])
    assert not answer.received
    return answer.refused[0].reason


# Joining


async def test_a_code_shows_the_round_before_joining_and_no_secret(day):
    home = await day.observation.look('hall 22', address='a')
    assert home.round.title == 'Spring round'
    assert [group.name for group in home.groups] == ['Group 1', 'Group 2']
    assert home.observer is None
    assert home.classroom is None


async def test_a_door_code_says_which_classroom(day):
    assert (await day.observation.look('DR2223', address='a')).classroom == 2
    _token, home = await day.join(code='dr-2223')
    assert home.classroom == 2


async def test_joining_gives_a_token_that_names_the_observer(day):
    token, home = await day.join('  Ann   Lee ')
    asker = await day.observation.asker(token)
    assert home.observer.display_name == 'Ann Lee'
    assert asker.observer == home.observer.id
    assert asker.round == ROUND
    assert len(home.observer.return_code) == 6


async def test_a_school_can_be_said_by_its_name(day):
    _token, home = await day.join(school='tidewell')
    assert home.observer.school == 's2'


async def test_a_name_in_use_is_taken_and_the_sentence_says_the_way_out(day):
    await day.join()
    with pytest.raises(Taken, match='return code'):
        await day.join('ANN')
    _token, other = await day.join(school='s1')
    assert other.observer.display_name == 'Ann'


async def test_the_return_code_gives_another_token_for_the_same_observer(day):
    first, home = await day.join()
    second, again = await day.join(return_code=home.observer.return_code.lower())
    assert first != second
    assert again.observer.id == home.observer.id
    with pytest.raises(BadInput, match='return code'):
        await day.join(return_code='ZZZZZZ')


async def test_the_same_attempt_gets_in_again_when_the_answer_was_lost(day):
    _token, home = await day.join(attempt='a' * 22)
    _token, again = await day.join(attempt='a' * 22)
    assert again.observer.id == home.observer.id
    with pytest.raises(Taken):
        await day.join(attempt='b' * 22)
    with pytest.raises(Taken):
        await day.join(attempt='')


@pytest.mark.parametrize('name', ['', '   ', 'x' * 61, '\x00\x07'])
async def test_a_name_that_cannot_be_is_refused_in_a_sentence(day, name):
    with pytest.raises(BadInput):
        await day.join(name)


async def test_an_unknown_school_is_refused(day):
    with pytest.raises(BadInput, match='school'):
        await day.join(school='Nowhere')


async def test_wrong_codes_are_limited_and_right_ones_never(day):
    for _ in range(20):
        with pytest.raises(NotFound):
            await day.observation.look('WRNG22', address='a')
    with pytest.raises(TooMany) as told:
        await day.observation.look('WRNG22', address='a')
    assert 1 <= told.value.retry_after <= 61
    assert (await day.observation.look(HALL, address='a')).round.id == ROUND
    with pytest.raises(NotFound):
        await day.observation.look('WRNG22', address='b')


async def test_a_replaced_code_says_so_kindly(day):
    with pytest.raises(Gone, match='replaced'):
        await day.observation.look('RMVED2', address='a')


@pytest.mark.parametrize('stage', [Stage.PLANNED, Stage.CLOSED])
async def test_nobody_joins_before_or_after_the_day(day, stage):
    await day.at(stage)
    with pytest.raises(WrongStage):
        await day.join()


async def test_a_purged_round_says_that_it_is_over(day):
    token, _home = await day.join()
    await day.at(Stage.PURGED)
    with pytest.raises(Gone):
        await day.join('Bo')
    with pytest.raises(Gone):
        await day.observation.asker(token)


@pytest.mark.parametrize('token', [None, '', 'no-dot', f'{ROUND}.wrong'])
async def test_a_wrong_token_is_nobody(day, token):
    with pytest.raises(NotSignedIn):
        await day.observation.asker(token)


async def test_a_token_of_a_deleted_round_says_that_it_is_gone(day):
    token, _home = await day.join()
    await day.store.delete_round(ROUND)
    with pytest.raises(Gone):
        await day.observation.asker(token)


async def test_a_revoked_token_sends_nothing(day):
    asker = await day.asker()
    async with day.store.round(ROUND) as work:
        await work.devices.remove(asker.device)
    with pytest.raises(NotSignedIn):
        await day.observation.receive_notes(asker, [a_note()])
    with pytest.raises(NotSignedIn):
        await day.observation.notes_of(asker)


async def test_a_group_is_chosen_and_notes_without_one_follow(day):
    asker = await day.asker()
    await only(day, asker, a_note())
    home = await day.observation.choose_group(asker, 'g1')
    assert home.observer.group == 'g1'
    await day.observation.choose_group(asker, 'g2')
    [(note, number)] = await day.observation.notes_of(asker)
    assert (note.group, number) == ('g1', 1)
    with pytest.raises(BadInput):
        await day.observation.choose_group(asker, 'g9')


# Notes


async def test_a_note_sent_twice_is_kept_once(day):
    asker = await day.asker()
    first = await only(day, asker, a_note())
    again = await only(day, asker, a_note())
    assert (first.state, again.state) == (State.STORED, State.SAME)
    assert first.seq == again.seq
    assert len(await day.observation.notes_of(asker)) == 1


async def test_forty_identical_posts_at_once_give_one_note(day):
    asker = await day.asker()
    answers = await asyncio.gather(*(day.observation.receive_notes(asker, [a_note()]) for _ in range(40)))
    states = [answer.received[0].state for answer in answers]
    assert states.count(State.STORED) == 1
    assert states.count(State.SAME) == 39
    assert len(await day.observation.notes_of(asker)) == 1
    assert len(day.followed) == 1


async def test_a_higher_revision_replaces_and_the_old_words_stay_in_the_history(day):
    asker = await day.asker()
    await only(day, asker, a_note(1, 'First words'))
    assert (await only(day, asker, a_note(3, 'Third words'))).state is State.STORED
    assert (await only(day, asker, a_note(2, 'Second words'))).state is State.OLDER
    [(note, _number)] = await day.observation.notes_of(asker)
    assert (note.rev, note.text) == (3, 'Third words')
    async with day.store.round(ROUND) as work:
        assert [revision.text for revision in await work.revisions.all()] == ['First words']


async def test_the_same_revision_with_other_words_is_refused_by_name(day):
    asker = await day.asker()
    await only(day, asker, a_note())
    assert await refused(day, asker, a_note(text='Other words')) is Reason.OTHER_TEXT


async def test_what_looks_the_same_is_the_same(day):
    asker = await day.asker()
    await only(day, asker, a_note(text='cafe\u0301\r\nnext  \x00'))
    assert (await only(day, asker, a_note(text='caf\u00e9\nnext'))).state is State.SAME


async def test_deleted_stays_deleted(day):
    asker = await day.asker()
    await only(day, asker, a_note())
    await only(day, asker, a_note(2, '', deleted=True))
    assert (await only(day, asker, a_note(2, '', deleted=True))).state is State.SAME
    assert (await only(day, asker, a_note(3, 'Back again'))).state is State.OLDER
    [(note, _number)] = await day.observation.notes_of(asker)
    assert note.deleted
    assert note.text == ''


async def test_a_note_deleted_before_it_was_sent_cannot_come_back(day):
    asker = await day.asker()
    await only(day, asker, a_note(2, '', deleted=True))
    assert (await only(day, asker, a_note(1))).state is State.OLDER


async def test_one_bad_note_does_not_block_its_neighbours(day):
    asker = await day.asker()
    notes = [
        a_note(id='a' * 22),
        a_note(id='b' * 22, text=' \n\u200b '),
        a_note(id='c' * 22, text='x' * 2001),
        a_note(id='d' * 22, classroom=9),
        a_note(id='e' * 22, text='👩🏽‍🏫 ' + 'x' * 1990),
    ]
    answer = await day.observation.receive_notes(asker, notes)
    assert [receipt.id[0] for receipt in answer.received] == ['a', 'e']
    reasons = {refusal.id[0]: refusal.reason for refusal in answer.refused}
    assert reasons == {'b': Reason.EMPTY, 'c': Reason.TOO_LONG, 'd': Reason.UNKNOWN_CLASSROOM}


async def test_a_note_belongs_to_whoever_sent_it_first(day):
    ann, bo = await day.asker(), await day.asker('Bo')
    await only(day, ann, a_note())
    assert await refused(day, bo, a_note(2)) is Reason.NOT_YOURS
    assert await day.observation.notes_of(bo) == []


async def test_the_group_of_a_note_is_that_of_its_first_receipt(day):
    asker = await day.asker()
    await day.observation.choose_group(asker, 'g1')
    await only(day, asker, a_note())
    await day.observation.choose_group(asker, 'g2')
    await only(day, asker, a_note(2, classroom=2))
    [(note, _number)] = await day.observation.notes_of(asker)
    assert note.visit == 'g1:c2'


async def test_a_note_that_arrives_after_screening_began_is_late(day):
    asker = await day.asker()
    await day.at(Stage.SELECTION)
    await only(day, asker, a_note())
    await day.at(Stage.SCREENING)
    await only(day, asker, a_note(2, 'Other words'))
    await only(day, asker, a_note(id='b' * 22))
    assert [note.late for note, _number in await day.observation.notes_of(asker)] == [False, True]


async def test_a_choice_is_kept_in_its_stages_and_refused_by_name_outside(day):
    asker = await day.asker()
    assert (await only(day, asker, a_note(1, chosen=True))).chosen
    await day.at(Stage.ANALYSIS)
    answer = await day.observation.receive_notes(asker, [a_note(2, 'Other words', chosen=False)])
    assert answer.received[0].state is State.STORED
    assert answer.received[0].chosen
    assert (answer.refused[0].reason, answer.refused[0].field) == (Reason.WRONG_STAGE, 'chosen')
    late = await only(day, asker, a_note(id='b' * 22, chosen=True))
    assert late.chosen


async def test_a_note_that_says_nothing_of_the_choice_leaves_it(day):
    asker = await day.asker()
    await only(day, asker, a_note(1, chosen=True))
    assert (await only(day, asker, a_note(2, 'Other words'))).chosen


async def test_after_the_close_known_notes_are_answered_and_new_ones_refused(day):
    asker = await day.asker()
    await only(day, asker, a_note())
    await day.at(Stage.CLOSED)
    assert (await only(day, asker, a_note())).state is State.SAME
    assert await refused(day, asker, a_note(2, 'Other words')) is Reason.ROUND_GONE


async def test_more_than_two_hundred_notes_are_too_many(day):
    asker = await day.asker()
    with pytest.raises(TooLarge):
        await day.observation.receive_notes(asker, [a_note()] * 201)


async def test_what_the_phone_says_of_its_unsent_notes_is_kept_with_its_time(day):
    asker = await day.asker()
    await day.observation.receive_notes(asker, [a_note()], unsent=7)
    async with day.store.round(ROUND) as work:
        observer = await work.observers.get(asker.observer)
    assert observer.unsent == 7
    assert observer.unsent_at is not None


async def test_followers_run_in_the_same_work_and_see_what_was_before(day):
    asker = await day.asker()
    await only(day, asker, a_note(1, chosen=True))
    await only(day, asker, a_note(2, 'Other words'))
    assert [(note.rev, before and before.rev) for note, before in day.followed] == [(1, None), (2, 1)]
    async with day.store.round(ROUND) as work:
        assert [card.text for card in await work.cards.all()] == ['Other words']


async def test_a_wrong_clock_does_no_harm(day):
    asker = await day.asker()
    await only(day, asker, a_note(written_at='2027-11-24T10:00:00+01:00'))
    await only(day, asker, a_note(id='b' * 22, written_at='yesterday <b>'))
    assert [note.written_at for note, _n in await day.observation.notes_of(asker)] == ['2027-11-24T10:00:00+01:00', '']


# Hearing


async def heard(stream, n):
    return [(await asyncio.wait_for(anext(stream), 5)).kind for _ in range(n)]


async def test_phones_hear_what_concerns_them_and_no_number_of_notes(day):
    ann, bo = await day.asker(), await day.asker('Bo')
    home = await day.observation.home(ann)
    await only(day, bo, a_note(chosen=True))
    await day.at(Stage.SELECTION)
    day.announcer.announce(ROUND, 'plan')
    stream = day.observation.hear(ann, home.seen, pause=0)
    assert await heard(stream, 3) == ['card', 'stage', 'rota']


async def test_a_receipt_is_told_to_the_other_phones_of_its_observer_alone(day):
    token, home = await day.join()
    first = await day.observation.asker(token)
    second = await day.asker(return_code=home.observer.return_code)
    await only(day, first, a_note())
    day.announcer.announce(ROUND, 'stage')
    assert await heard(day.observation.hear(first, home.seen, pause=0), 1) == ['stage']
    assert await heard(day.observation.hear(second, home.seen, pause=0), 2) == ['receipt', 'stage']


async def test_who_missed_too_much_is_told_to_reload(day):
    ann = await day.asker()
    home = await day.observation.home(ann)
    for _ in range(300):
        day.announcer.announce(ROUND, 'stage')
    assert await heard(day.observation.hear(ann, home.seen, pause=0), 1) == ['reload']
    assert await heard(day.observation.hear(ann, 'other-5', pause=0), 1) == ['reload']


async def test_who_listens_hears_what_comes_and_a_revoked_phone_hears_nothing_more(day):
    ann = await day.asker()
    stream = day.observation.hear(ann, pause=0)
    listening = asyncio.ensure_future(anext(stream))
    await asyncio.sleep(0)
    day.announcer.announce(ROUND, 'stage')
    assert (await asyncio.wait_for(listening, 5)).kind == 'stage'
    async with day.store.round(ROUND) as work:
        await work.devices.remove(ann.device)
    day.announcer.announce(ROUND, 'stage')
    assert await asyncio.wait_for(anext(stream, None), 5) is None
