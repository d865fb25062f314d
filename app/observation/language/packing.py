"""The data of a language made small for the phone: what follows from another word is not written again.

Of the forms of a word only those endings are noted that follow a rule (`%` -s, `+` -ed, `@` -ing, `_` -ly, `~` un-). A
list stands in the order of the alphabet, and each word begins with how many letters it shares with the one before
(A none, B one, …). A word that a second list has as well (`ALSO`) is marked in the first and left out of the second.
`components/phone/coach_words.js` unpacks it.
"""

import json
from collections.abc import Collection, Iterable
from itertools import takewhile

from .words import words_of

#: Lists, and of which second list they say what of theirs it has.
ALSO = {'sure': 'often', 'mind': 'often', 'coarse': 'often', 'first': 'lower'}
#: The mark of a form, and of a word of a second list; capitals never stand in the data, nor do these marks.
_MARKS, _ALSO = '%+@_~', '`'
_MOST = 25


def as_module(language: str = 'en') -> str:
    """The ES module with the data of a language that the phone loads."""
    data = words_of(language)
    packed = {
        'also': ALSO,
        'words': _lists({name: words.split(' ') for name, words in data['words'].items()}),
        'rules': {
            kind: '\n'.join(sorted(_pattern(rule) for rule in patterns)) for kind, patterns in data['rules'].items()
        },
    }
    return (
        f'// Made from app/observation/wording/{language} by `make words`; change it there.\n'
        f'export default {json.dumps(packed, ensure_ascii=False, separators=(",", ":"))};\n'
    )


def _lists(lists: dict[str, list[str]]) -> dict[str, str]:
    """Every list packed; those that others speak for hold the rest."""
    left = {name: set(lists[name]) for name in ALSO.values() if name in lists}
    packed = {}
    for name, words in lists.items():
        if name not in left:
            also = left.get(ALSO.get(name, ''), set()) & set(words)
            packed[name] = shared(folded(words, also))
            if also:
                left[ALSO[name]] -= also
    return packed | {name: shared(folded(rest)) for name, rest in left.items()}


def folded(words: Iterable[str], also: Collection[str] = ()) -> list[str]:
    """The words in order, each with the marks of those of its forms that are in the list too and not said already.

    What is in `also` stands by itself, with a mark of its own.
    """
    wanted = sorted(words)
    here, said, kept = set(wanted), set[str](), []
    for word in wanted:
        if word in said:
            continue
        marks = ''
        for mark in _MARKS:
            form = _form(word, mark)
            if form in here and form not in said and form not in also and form > word and len(word) > 1:
                marks += mark
                said.add(form)
        kept.append(word + marks + (_ALSO if word in also else ''))
    return kept


def shared(words: list[str]) -> str:
    """Sorted words in one string, each behind a capital that says how many letters of the one before it begins with."""
    packed, before = '', ''
    for word in words:
        same = min(
            sum(1 for _same in takewhile(lambda pair: pair[0] == pair[1], zip(before, word, strict=False))), _MOST
        )
        packed += chr(ord('A') + same) + word[same:]
        before = word
    return packed


def _form(word: str, mark: str) -> str:
    stem = word.removesuffix('e')
    return {'%': word + 's', '+': stem + 'ed', '@': stem + 'ing', '_': word + 'ly', '~': 'un' + word}[mark]


def _pattern(rule: str) -> str:
    """A rule whose alternatives are folded; the brackets stand without their spaces."""
    steps = ' '.join(_step(step) if '|' in step else step for step in rule.split(' '))
    return steps.replace('[ ', '[').replace(' ]', ']')


def _step(step: str) -> str:
    lead = step[0] if step[0] in '-!' else ''
    tail = '?' if step[-1] == '?' and not lead else ''
    return lead + '|'.join(folded(step[len(lead) : len(step) - len(tail)].split('|'))) + tail
