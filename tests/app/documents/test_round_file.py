"""A round as a file: out and in again without loss, and every broken file told apart in a sentence."""

import asyncio
import json

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from app.announce import Announcer
from app.documents.exchange import ExchangeService
from app.documents.round_file import read_round_file
from app.documents.sample_round import sample_round_bytes
from app.errors import BadInput
from storage.memory_store import MemoryStore

from .whole_rounds import whole_rounds

SECRETS = ('JOINME', 'SECRET', 'CODE01', 'the round', 'xxxxx')


async def kept(store, models):
    [plan] = models['plans']
    await store.create_round(plan.id)
    async with store.round(plan.id) as work:
        for name, all_ in models.items():
            for model in all_:
                await getattr(work, name).put(model)
    return plan.id


@settings(
    derandomize=True,
    deadline=None,
    max_examples=60,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(whole_rounds())
def test_importing_an_export_gives_the_same_round(models):
    async def there_and_back():
        store = MemoryStore()
        exchange = ExchangeService(store, Announcer(), None)
        exported = await exchange.export(await kept(store, models))
        data = json.dumps(exported).encode()
        again, warnings = await exchange.import_file('', data)
        assert warnings == ()
        assert await exchange.export(again) == exported
        for secret in SECRETS:
            assert secret.encode() not in data
        async with store.round(again) as work:
            for name, all_ in models.items():
                assert len(await getattr(work, name).all()) == len(all_)
            assert work.ledger.next_seq() > max([act.seq for act in await work.acts.all()], default=0)

    asyncio.run(there_and_back())


def smallest(**parts):
    return {'format': 'rounds/1', 'round': {'title': 'Spring round', 'date': '2026-03-11'}, **parts}


def read(content):
    return read_round_file(json.dumps(content).encode(), timezone='Europe/London')


ROOMS = [{'code': 'C01', 'room': 'M4'}, {'code': 'C02', 'room': 'S2'}]
PEOPLE = [{'id': 'O1', 'display_name': 'Ruth', 'school': 'TW'}]
GROUPS = [{'id': 'G1', 'observers': ['O1'], 'visits': [{'classroom': 'C01', 'start': '08:55', 'end': '09:15'}]}]
SCHOOLS = [{'id': 'TW', 'name': 'Tidewell High School', 'host': False}]
NOTE = {'id': 'n1', 'observer': 'O1', 'classroom': 'C01', 'time': '09:05', 'lens': 'task', 'text': '7 of 24'}
FULL = {'schools': SCHOOLS, 'classrooms': ROOMS, 'observers': PEOPLE, 'groups': GROUPS}


def test_the_smallest_file_is_a_closed_round():
    [plan] = read(smallest()).documents['plans']
    assert (plan['title'], plan['stage'], plan['timezone']) == ('Spring round', 'closed', 'Europe/London')
    assert plan['lenses'] == ['teacher', 'students', 'task']
    assert plan['closed_at']


def test_what_a_file_does_not_say_is_filled_in():
    documents = read(smallest(**FULL, periods=[{'id': 'P1', 'start': '08:50', 'end': '09:50'}], notes=[NOTE])).documents
    assert documents['periods'][0]['name'] == 'P1'
    assert [room['number'] for room in documents['classrooms']] == [1, 2]
    assert (documents['groups'][0]['name'], documents['groups'][0]['size']) == ('G1', 1)
    assert documents['observers'][0]['group'] == 'G1'
    [note] = documents['notes']
    assert (note['rev'], note['group'], note['written_at']) == (1, 'G1', '2026-03-11T09:05:00+00:00')
    assert documents['cards'] == []


def test_a_chosen_note_without_a_card_waits_for_screening():
    [card] = read(smallest(**FULL, notes=[{**NOTE, 'chosen': True}])).documents['cards']
    assert (card['state'], card['text'], card['visit'], card['pattern']) == ('chosen', '7 of 24', 'G1:C01', '')


def test_a_card_is_in_its_pattern_only_when_it_was_accepted():
    patterns = [{'key': 'p', 'title': 'A pattern'}]
    for state, pattern in (('accepted', 'p'), ('returned', '')):
        note = {**NOTE, 'chosen': True, 'pattern': 'p', 'card': {'state': state, 'text': 'reworded'}}
        [card] = read(smallest(**FULL, notes=[note], patterns=patterns)).documents['cards']
        assert (card['pattern'], card['text']) == (pattern, 'reworded')


def test_unknown_keys_are_left_aside_with_one_warning_each():
    notes = [{**NOTE, 'mood': 1}, {**NOTE, 'id': 'n2', 'mood': 2, 'judgement': [], 'vague': False}]
    content = smallest(**FULL, notes=notes, colour='blue')
    content['round']['settings'] = {'minutes': 15, 'biscuits': True}
    found = read(content)
    assert found.warnings == tuple(
        f'“{key}” is not known here and was left aside.' for key in ('colour', 'notes.mood', 'round.settings.biscuits')
    )
    assert found.documents['plans'][0]['sizes']['minutes'] == 15


@pytest.mark.parametrize(
    ('more', 'words'),
    [
        ({'round': None}, '“round” cannot be read: it is missing.'),
        ({'round': {'title': 'x'}}, '“round.date” cannot be read: it is missing.'),
        ({'round': {'title': 'x', 'date': 'soon'}}, '“round.date” cannot be read: it has to be a day'),
        (
            {'round': {'title': 'x', 'date': '2026-03-11', 'stage': 'lunch'}},
            '“round.stage” cannot be read: it has to be',
        ),
        ({'round': {'title': 'x', 'date': '2026-03-11', 'timezone': 'Moon'}}, 'is no time zone'),
        ({'round': {'title': 'x', 'date': '2026-03-11', 'settings': {'days_kept': 900}}}, '“round.settings.days_kept”'),
        ({'round': {'title': 'x', 'date': '2026-03-11', 'host_school': 'HV'}, 'schools': SCHOOLS}, '“HV”'),
        ({'classrooms': {}}, '“classrooms” cannot be read: it has to be a list.'),
        ({'classrooms': ['M4']}, '“classrooms[0]” cannot be read: it has to be an object.'),
        ({'classrooms': [{'room': 'M4'}]}, '“classrooms[0].code” cannot be read: it is missing.'),
        ({'classrooms': [{'code': 'C01', 'room': 4}]}, '“classrooms[0].room” cannot be read: it has to be text.'),
        ({'classrooms': ROOMS + ROOMS[:1]}, '“classrooms[2].code” cannot be read: “C01” is there twice.'),
        ({'notes': [{**NOTE, 'classroom': 'C99'}]}, '“notes[0].classroom” cannot be read: there is no “C99”'),
        ({'notes': [{**NOTE, 'observer': 'O9'}]}, '“notes[0].observer” cannot be read: there is no “O9”'),
        ({'notes': [{**NOTE, 'time': 'noon'}]}, '“notes[0].time” cannot be read: it has to be a time'),
        ({'notes': [{**NOTE, 'text': 'x' * 2001}]}, '“notes[0].text” cannot be read: a note has 2000 characters'),
        ({'notes': [{**NOTE, 'card': {'state': 'lost'}}]}, '“notes[0].card.state” cannot be read: it has to be one of'),
        ({'groups': [{'id': 'G', 'observers': ['O9']}]}, '“groups[0].observers” cannot be read: there is no “O9”'),
        ({'groups': [{'id': 'G', 'visits': [{'classroom': 'C01'}]}]}, '“groups[0].visits[0].start” cannot be read'),
        ({'predictions': [{'id': 'P', 'text': 'x', 'patterns': ['q']}]}, '“predictions[0].patterns” cannot be read'),
        ({'theories_of_action': [{'id': 'T', 'when': 'x', 'level': 'gods'}]}, '“theories_of_action[0].level”'),
        ({'next_level_of_work': [{'id': 'N', 'text': 'x', 'owner': 'teachers'}]}, '“next_level_of_work[0].horizon”'),
        ({'observers': [{**PEOPLE[0], 'display_name': 'x' * 20_001}]}, '“observers[0].display_name” cannot be read'),
    ],
)
def test_a_broken_file_is_refused_in_a_sentence_that_names_the_key(more, words):
    with pytest.raises(BadInput) as caught:
        read(smallest(**{**FULL, **more}))
    assert words in caught.value.sentence


@pytest.mark.parametrize(
    ('data', 'words'),
    [
        (b'', 'line 1'),
        (b'{\n"format": "rounds/1",\n"round": {,}\n}', 'line 3'),
        (b'\xff\xfe', 'line 1'),
        (b'[]', '“format” has to be “rounds/1”'),
        (b'{"format": "rounds/2"}', '“format” has to be “rounds/1”'),
        (b'%PDF-1.4', 'line 1'),
        (b'{"format": "rounds/1", "round": {"title": "\\ud800", "date": "2026-03-11"}}', 'line 1'),
    ],
)
def test_a_file_that_is_no_round_says_which_line(data, words):
    with pytest.raises(BadInput) as caught:
        read_round_file(data)
    assert words in caught.value.sentence


def test_the_sample_file_is_read_whole():
    documents = read_round_file(sample_round_bytes()).documents
    assert {name: len(all_) for name, all_ in documents.items() if all_} == {
        'plans': 1, 'periods': 3, 'classrooms': 10, 'groups': 4, 'visits': 15, 'observers': 14, 'notes': 180,
        'cards': 130, 'patterns': 9, 'predictions': 4, 'theories': 4, 'next_steps': 4,
    }  # fmt: skip
    accepted = [card for card in documents['cards'] if card['state'] == 'accepted']
    assert len(accepted) == 124
    assert all(card['pattern'] for card in accepted)
