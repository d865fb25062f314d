"""`make gather`: what the coach's lists have from packages: first names, and words that look like our own.

`first_names.txt` holds the first names that Faker knows in these languages, without those that are words of English
or of the coach. Printed are the English words that stand one slip away from a word of judgement and are in no list yet:
those that somebody would write are added to `lookalikes.txt` by hand, since they are no misspellings.
"""

import importlib
import re
from pathlib import Path

from english_words import get_english_words_set

from app.observation.language.spelling import SHORTEST, targets
from app.observation.language.words import WORDING, words_of

LANGUAGES = ('en_GB',)
#: Names that are words, or too short to tell: never taken from the packages.
WORDS = {*(Path(__file__).parent / 'not_names.txt').read_text('utf-8').split()}


def main() -> None:
    """Write the names; print the words that `lookalikes.txt` may miss."""
    names = sorted(name for name in _names() if name not in _known())
    _write('first_names.txt', 'First names, gathered from Faker (MIT) by tests/coach/gather.py.', 'first', names)
    one, other = (get_english_words_set([name]) for name in ('web2', 'gcide'))
    english = {word for word in one & {word.lower() for word in other} if word.isalpha() and word.isascii()}
    known = _known(all_words=True)
    near = {key for word in targets(words_of('en')['words']) for key in _keys(word)}
    alike = (word for word in english - known if len(word) >= SHORTEST and not near.isdisjoint(_keys(word)))
    print(*sorted(alike))


def _names() -> set[str]:
    found = set()
    for language in LANGUAGES:
        provider = importlib.import_module(f'faker.providers.person.{language}').Provider
        for part in dir(provider):
            if 'first_name' in part and isinstance(getattr(provider, part), tuple | list | dict):
                found.update(name for name in getattr(provider, part) if re.fullmatch(r'[A-Za-zÀ-ž]{3,7}', name))
    return {name.lower() for name in found}


def _known(*, all_words: bool = False) -> set[str]:
    words = words_of('en')
    names = () if all_words else ('first', 'wordname', 'figure')
    listed = {word for name, found in words['words'].items() if name not in names for word in found.split(' ')}
    return listed | WORDS


def _keys(word: str) -> set[str]:
    """The word, and the word without each of its letters: two words one slip apart have one of these in common."""
    return {word[0] + word, *(word[0] + word[:at] + word[at + 1 :] for at in range(1, len(word)))}


def _write(name: str, what: str, group: str, words: list[str]) -> None:
    lines, line = [f'# {what}', '', f'[{group}]'], ''
    for word in words:
        if len(line) + len(word) > 118:
            lines.append(line)
            line = ''
        line = f'{line} {word}'.strip()
    (WORDING / 'en' / name).write_text('\n'.join([*lines, line]) + '\n', 'utf-8')


if __name__ == '__main__':
    main()
