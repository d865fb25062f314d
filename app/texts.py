"""Every text that a person reads goes through `_`; English is the source language."""

import gettext
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LOCALE = Path(__file__).parent / 'locale'
language: ContextVar[str] = ContextVar('language', default='en')


@cache
def _translations(name: str) -> gettext.NullTranslations:
    return gettext.translation('rounds', LOCALE, [name], fallback=True)


def _(text: str) -> str:
    """`text` in the language of whoever is asking; a language without a catalogue reads English."""
    return _translations(language.get()).gettext(text)


def ngettext(one: str, many: str, n: int) -> str:
    """`one` or `many`, whichever the language uses for `n`."""
    return _translations(language.get()).ngettext(one, many, n)
