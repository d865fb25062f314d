"""Codes of doors and halls: unique in the instance, and kind when they were replaced."""

import pytest

from app import ids
from app.ids import CODE_ALPHABET
from app.rounds.codes import fresh_codes, mark_replaced
from app.rounds.model import CodeKind

pytestmark = pytest.mark.anyio


async def test_codes_are_kept_in_the_order_asked_for(store):
    async with store.index() as index:
        made = await fresh_codes(
            index, 'r', [(CodeKind.JOIN, ''), (CodeKind.CLASSROOM, 'c1'), (CodeKind.CLASSROOM, 'c2')]
        )
        assert await index.codes.all(round='r') == made
    assert [(code.kind, code.classroom) for code in made] == [
        (CodeKind.JOIN, ''),
        (CodeKind.CLASSROOM, 'c1'),
        (CodeKind.CLASSROOM, 'c2'),
    ]
    assert len({code.id for code in made}) == 3
    assert all(len(code.id) == 6 and set(code.id) <= set(CODE_ALPHABET) for code in made)


async def test_a_code_in_use_or_replaced_is_never_given_again(store, monkeypatch):
    drawn = iter('AAAAAA' 'BBBBBB' 'AAAAAA' 'BBBBBB' 'CCCCCC')  # fmt: skip
    monkeypatch.setattr(ids.secrets, 'choice', lambda _alphabet: next(drawn))
    async with store.index() as index:
        [first, second] = await fresh_codes(index, 'r', [(CodeKind.JOIN, ''), (CodeKind.CLASSROOM, 'c')])
        await mark_replaced(index, [second.id, 'UNKNOWN'])
        [third] = await fresh_codes(index, 'other', [(CodeKind.JOIN, '')])
        assert (await index.codes.get(second.id)).replaced
        assert not (await index.codes.get(first.id)).replaced
    assert (first.id, second.id, third.id) == ('AAAAAA', 'BBBBBB', 'CCCCCC')
