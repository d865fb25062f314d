"""Text that people type, as it may be kept."""

import pytest

from app.errors import BadInput
from app.wording import worded


@pytest.mark.parametrize(
    ('typed', 'kept'),
    [
        ('  two\r\nlines \r', 'two\nlines'),
        ('bell\x07 and\x00 escape\x1b[31m', 'bell and escape[31m'),
        ('a\tb', 'a b'),
        ('e\u0301', 'é'),
        ('half \ud83d emoji', 'half  emoji'),
        ('👩🏽‍🏫 שלום \u202eabc', '👩🏽‍🏫 שלום \u202eabc'),
        ('<b>&amp;</b>', '<b>&amp;</b>'),
    ],
)
def test_text_is_kept_as_it_was_typed_but_for_what_nobody_can_see(typed, kept):
    assert worded(typed, 100, 'It') == kept


@pytest.mark.parametrize('typed', ['', ' \n\t', '\x00', '\u200b\u200d', '\u202e', '\ufeff \u2060', '\ud83d'])
def test_what_shows_nothing_is_empty(typed):
    assert worded(typed, 100, 'It', empty=True) == ''
    with pytest.raises(BadInput, match='It is empty'):
        worded(typed, 100, 'It')


def test_a_text_is_never_cut_and_counted_in_characters_as_people_count_them():
    assert worded('👩' * 100, 100, 'It') == '👩' * 100
    with pytest.raises(BadInput, match='It has 2,001 characters, and 2,000 fit'):
        worded('x' * 2001, 2000, 'It')
