"""The data of a language: lists and rules as people write them, and in the one form that both places read."""

from functools import cache
from pathlib import Path
from typing import Any

from .rules import RuleBook, compiled

WORDING = Path(__file__).parents[1] / 'wording'
KINDS = ('evaluation', 'inference', 'prescription', 'leave', 'figure')


Wording = dict[str, dict[str, Any]]


@cache
def rule_book(language: str = 'en') -> RuleBook:
    """The rules of a language, ready to use."""
    data = words_of(language)
    classes: dict[str, list[str]] = {}
    for name, words in data['words'].items():
        for word in words.split(' '):
            classes.setdefault(word, []).append(name)
    rules = [compiled(kind, pattern) for kind in KINDS for pattern in data['rules'][kind]]
    return RuleBook(rules, data['words'], {word: tuple(names) for word, names in classes.items()})


@cache
def words_of(language: str) -> Wording:
    """Everything in `wording/LANGUAGE/*.txt`: lists under `[name]`, rules under `[[kind]]`, comments after “# ”."""
    words: dict[str, dict[str, None]] = {}
    rules: dict[str, dict[str, None]] = {kind: {} for kind in KINDS}
    for file in sorted((WORDING / language).glob('*.txt')):
        into: dict[str, None] = {}
        ruled = False
        for written in file.read_text('utf-8').splitlines():
            line = '' if written.startswith('# ') else written.strip()
            if line.startswith('[['):
                into, ruled = rules[line.strip('[]')], True
            elif line.startswith('[') and line.endswith(']') and ' ' not in line:
                into, ruled = words.setdefault(line.strip('[]'), {}), False
            elif line and ruled:
                into[in_order(line)] = None
            elif line:
                for word in line.split():
                    into.update(dict.fromkeys(forms(word)))
    words['first'] |= words['lower']  # who is known without a capital is known with one
    return {
        'words': {name: ' '.join(sorted(found)) for name, found in words.items()},
        'rules': {kind: sorted(found) for kind, found in rules.items()},
    }


def in_order(pattern: str) -> str:
    """`-a` is about the word before the match, wherever it is written. Sorted, it packs better."""
    parts = [_sorted(part) for part in pattern.split()]
    before = [part for part in parts if len(part) > 1 and part.startswith('-')]
    return ' '.join([*before, *(part for part in parts if part not in before)])


def _sorted(part: str) -> str:
    """The alternatives of one step, each once."""
    lead = part[0] if len(part) > 1 and part[0] in '-!' else ''
    tail = '?' if len(part) > 1 and part[-1] == '?' and not lead else ''
    words = part[len(lead) : len(part) - len(tail)].split('|')
    return lead + '|'.join(sorted(set(words))) + tail


def forms(entry: str) -> list[str]:
    """A word as it is; `enjoy/v` with its endings (enjoys, enjoyed, enjoying); `class/n` with its plural."""
    word, _slash, what = entry.partition('/')
    if what == 'n':
        return [word, _with_s(word)]
    if what == 'v':
        stem = word[:-1] if word.endswith('e') and not word.endswith(('ee', 'oe', 'ye')) else word
        past = word[:-1] + 'ied' if word.endswith('y') and word[-2] not in 'aeiou' else stem + 'ed'
        return [word, _with_s(word), past, stem + 'ing']
    if what == 'vv':  # doubles its last letter
        return [word, _with_s(word), word + word[-1] + 'ed', word + word[-1] + 'ing']
    return [word]


def _with_s(word: str) -> str:
    if word.endswith('y') and word[-2] not in 'aeiou':
        return word[:-1] + 'ies'
    return word + ('es' if word.endswith(('s', 'x', 'z', 'ch', 'sh')) else 's')
