"""Notes that somebody else carries to the server: under their author, once, and read by nobody on the way."""

import base64
import json

import pytest

from app.errors import BadInput, TooMany
from app.ids import new_id
from app.observation.rescued import Rescue, packets_of
from app.rounds.stages import Stage

from .sealing import sealed

pytestmark = pytest.mark.anyio


def a_note(text: str, *, rev: int = 1, **more) -> dict[str, object]:
    return {'id': new_id(), 'rev': rev, 'classroom': 1, 'lens': None, 'text': text, 'written_at': '', **more}


async def brought(day, *packets: str):
    return await Rescue(day.observation).bring_in(packets, address='10.0.0.9')


async def texts_of(day, token: str) -> list[str]:
    asker = await day.observation.asker(token)
    return sorted(note.text for note, _number in await day.observation.notes_of(asker))


@pytest.mark.parametrize('packed', [True, False])
async def test_a_packet_brings_its_notes_under_their_author(day, packed):
    token, _home = await day.join('Ann')
    other, _home = await day.join('Bo')
    packet = sealed(token, [a_note('Four of 28 students.'), a_note('Eleven questions.')], packed=packed)
    (one,) = await brought(day, packet)
    assert (one.notes, one.kind) == (2, '')
    assert await texts_of(day, token) == ['Eleven questions.', 'Four of 28 students.']
    assert await texts_of(day, other) == []


async def test_bringing_a_packet_in_twice_changes_nothing(day):
    token, _home = await day.join('Ann')
    packet = sealed(token, [a_note('Four of 28 students.')])
    await brought(day, packet)
    asker = await day.observation.asker(token)
    before = await day.observation.notes_of(asker)
    (again,) = await brought(day, packet)
    assert again.notes == 1
    assert await day.observation.notes_of(asker) == before


async def test_an_old_packet_does_not_undo_a_later_revision(day):
    token, _home = await day.join('Ann')
    first = a_note('Four of 28.')
    later = {**first, 'rev': 2, 'text': 'Five of 28.'}
    await brought(day, sealed(token, [later]), sealed(token, [first]))
    assert await texts_of(day, token) == ['Five of 28.']


async def test_a_packet_shows_nothing_of_its_notes(day):
    token, _home = await day.join('Ann')
    packet = sealed(token, [a_note('Four of 28 students.')], packed=False)
    raw = base64.urlsafe_b64decode(packet + '=' * (-len(packet) % 4))
    for part in (b'students', b'notes', b'text', token.partition('.')[2].encode()):
        assert part not in raw


async def test_a_packet_with_one_bit_changed_is_refused_and_nothing_is_kept(day):
    token, _home = await day.join('Ann')
    packet = sealed(token, [a_note('Four of 28 students.')])
    raw = bytearray(base64.urlsafe_b64decode(packet + '=' * (-len(packet) % 4)))
    raw[-30] ^= 1
    (one,) = await brought(day, base64.urlsafe_b64encode(raw).decode().rstrip('='))
    assert (one.kind, one.notes) == ('bad_input', 0)
    assert 'Scan the code once more' in one.sentence
    assert await texts_of(day, token) == []


async def test_a_packet_of_a_stranger_is_refused(day):
    token, _home = await day.join('Ann')
    round_id = token.partition('.')[0]
    (one,) = await brought(day, sealed(f'{round_id}.made-up-secret', [a_note('Not from here.')]))
    assert one.kind == 'not_found'
    (gone,) = await brought(day, sealed('no-such-round.made-up-secret', [a_note('Not from here.')]))
    assert gone.kind == 'gone'


@pytest.mark.parametrize('packet', ['', 'x', '!!!', 'AQ', 'A' * 400, '_' * 400, 'é'])
async def test_what_is_no_packet_is_refused_in_a_sentence(day, packet):
    (one,) = await brought(day, packet)
    assert one.kind
    assert one.sentence


async def test_somebody_who_tries_packets_has_to_wait(day):
    with pytest.raises(TooMany):
        await brought(day, *['x'] * 21)


async def test_one_bad_note_does_not_block_its_neighbours(day):
    token, _home = await day.join('Ann')
    notes = [a_note('Kept.'), {'id': 'short', 'rev': 1}, a_note('', classroom=1), a_note('x', classroom=99), 'nothing']
    (one,) = await brought(day, sealed(token, notes))
    assert (one.notes, one.kind) == (1, 'refused')
    assert 'Kept' not in one.sentence
    assert await texts_of(day, token) == ['Kept.']


async def test_after_the_round_is_closed_a_packet_is_refused_in_a_sentence(day):
    token, _home = await day.join('Ann')
    packet = sealed(token, [a_note('Too late.')])
    await day.at(Stage.CLOSED)
    (one,) = await brought(day, packet)
    assert (one.kind, one.notes) == ('refused', 0)


async def test_a_packet_that_is_a_bomb_is_not_opened_further_than_it_may_be(day):
    token, _home = await day.join('Ann')
    (one,) = await brought(day, sealed(token, [a_note('x' * 30_000_000)]))
    assert one.kind == 'bad_input'


def test_a_file_is_read_and_any_other_is_named():
    good = json.dumps({'format': 'rounds-rescued/1', 'packets': ['a', 'b']}).encode()
    assert packets_of(good) == ['a', 'b']
    for bad in (
        b'',
        b'{}',
        b'[]',
        b'{"format": "rounds-rescued/1", "packets": [1]}',
        b'{"format": "rounds/1"}',
        b'\xff',
    ):
        with pytest.raises(BadInput, match='not a file'):
            packets_of(bad)
