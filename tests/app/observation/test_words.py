"""Words of a network: folded, bounded, told to the phones."""

import asyncio
import json

import pytest

from app.errors import BadInput, NotSignedIn
from app.ids import read_code
from app.observation.joining import Joining
from app.observation.words import LONGEST, MOST, Added, WordList
from app.rounds.stages import Stage
from app.schools.model import Network, NetworkWords
from storage.plain import kind

pytestmark = pytest.mark.anyio
FLAG, LEAVE = WordList.FLAG, WordList.LEAVE


async def joined(services, round_id, facilitator, name='Ann'):
    await services.rounds.go_to(facilitator, round_id, Stage.OPEN, seen=Stage.PLANNED)
    code = (await services.rounds.plan(facilitator, round_id)).round.join_code
    looked = await services.observation.look(code, address='10.0.0.1')
    joining = Joining(code=read_code(code), display_name=name, school=looked.round.schools[0].id)
    token, home = await services.observation.join(joining, address='10.0.0.1')
    return await services.observation.asker(token), home


async def test_words_are_read_from_lines_and_commas_and_kept_in_their_order(services, facilitator):
    added = await services.words.add(facilitator, FLAG, ' sparkly ,  wow \n\nvery   much so;zingy\r\n')
    assert added == Added(new=('sparkly', 'wow', 'very much so', 'zingy'))
    assert (await services.words.words(facilitator)).flag == ('sparkly', 'wow', 'very much so', 'zingy')


async def test_duplicates_and_what_holds_no_word_are_said_and_not_kept(services, facilitator):
    await services.words.add(facilitator, FLAG, 'sparkly, teacher’s pet')
    added = await services.words.add(facilitator, FLAG, "Sparkly\nteacher's  pet\n***\n—\nzingy\nZINGY")
    assert added == Added(new=('zingy',), again=('Sparkly', "teacher's pet", 'ZINGY'), blank=2)
    assert (await services.words.words(facilitator)).flag == ('sparkly', 'teacher’s pet', 'zingy')


async def test_a_word_stands_in_one_list_only(services, facilitator):
    await services.words.add(facilitator, FLAG, 'rigour, pace')
    assert (await services.words.add(facilitator, LEAVE, 'Pace')).moved == ('Pace',)
    assert await services.words.words(facilitator) == NetworkWords(flag=('rigour',), leave=('Pace',))


@pytest.mark.parametrize('typed', ['', ' \n , ', '*** , ???', 'a' * (LONGEST + 1), 'fine\n' + 'b' * 30_000])
async def test_what_cannot_be_kept_is_refused_whole(services, facilitator, typed):
    with pytest.raises(BadInput) as refused:
        await services.words.add(facilitator, FLAG, typed)
    assert refused.value.sentence.endswith('.')
    assert await services.words.words(facilitator) == NetworkWords()


async def test_a_list_is_bounded(services, facilitator):
    await services.words.add(facilitator, FLAG, '\n'.join(f'word {n}' for n in range(MOST)))
    with pytest.raises(BadInput, match=f'holds {MOST} words'):
        await services.words.add(facilitator, FLAG, 'one more')
    assert len((await services.words.words(facilitator)).flag) == MOST
    assert (await services.words.add(facilitator, FLAG, 'WORD 7')).again == ('WORD 7',)


async def test_signs_of_patterns_and_markup_are_words_like_others(services, facilitator):
    nasty = ('a.*b', '(?:x', 'c\\d', '<b>x</b>', '$& y', 'naïve e\u0301toile')
    await services.words.add(facilitator, LEAVE, '\n'.join(nasty))
    assert (await services.words.words(facilitator)).leave == (*nasty[:-1], 'naïve étoile')
    await services.words.remove(facilitator, LEAVE, 'a.*b')
    assert 'a.*b' not in (await services.words.words(facilitator)).leave


async def test_all_schools_of_the_network_share_them_and_nobody_else(services, facilitator, stranger):
    await services.words.add(stranger, FLAG, 'sparkly')
    assert (await services.words.words(facilitator)).flag == ('sparkly',)
    sample = await services.exchange.make_sample('')
    look = await services.accounts.who(await services.accounts.look_at_sample(sample))
    with pytest.raises(NotSignedIn):
        await services.words.add(look, FLAG, 'zingy')


async def test_phones_hear_of_words_at_once_and_read_them_with_the_round(services, facilitator, round_id):
    asker, home = await joined(services, round_id, facilitator)
    assert home.words == NetworkWords()
    heard = services.observation.hear(asker, pause=0)
    told = asyncio.ensure_future(anext(heard))
    await asyncio.sleep(0)
    await services.words.add(facilitator, FLAG, 'sparkly')
    assert (await asyncio.wait_for(told, 20)).kind == 'words'
    assert (await services.observation.home(asker)).words.flag == ('sparkly',)
    told = asyncio.ensure_future(anext(heard))
    await services.words.remove(facilitator, FLAG, 'SPARKLY')
    assert (await asyncio.wait_for(told, 20)).kind == 'words'
    assert (await services.observation.home(asker)).words == NetworkWords()
    await heard.aclose()


async def test_a_round_of_no_school_has_no_words_and_an_export_none(services, facilitator, round_id):
    await services.words.add(facilitator, FLAG, 'sparkly')
    of_nobody = await services.exchange.make_sample('')
    code = next(one.id for one in await codes_of(services, of_nobody) if not one.classroom)
    looked = await services.observation.look(code, address='10.0.0.1')
    joining = Joining(code=code, display_name='Ann', school=looked.round.schools[0].id)
    _token, home = await services.observation.join(joining, address='10.0.0.1')
    assert home.words == NetworkWords()
    assert 'sparkly' not in json.dumps(await services.exchange.export(round_id))


async def codes_of(services, round_id):
    async with services.store.index() as work:
        return await work.codes.all(round=round_id)


def test_a_network_that_was_kept_before_there_were_words_has_none():
    assert kind(Network).read({'id': 'n', 'name': 'Five Bays'}).words == NetworkWords()
