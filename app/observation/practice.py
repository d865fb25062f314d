"""Practice before the first visit: five short statements, each describes or judges, and why (`evidence/GUIDE.md`).

The statements are a language's own: `wording/en/practice.json`. Phones have the same file (`phone/files.py`).
"""

import json
import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

STATEMENTS = Path(__file__).parent / 'wording' / 'en' / 'practice.json'


@dataclass(frozen=True, kw_only=True)
class Statement:
    """`words` are those that judge; `instead` is what could have been seen or heard."""

    text: str
    judges: bool
    why: str
    words: str = ''
    instead: str = ''


@dataclass(frozen=True, kw_only=True)
class Hands:
    """How many raised a hand for each answer, as the facilitator counted."""

    describes: int
    judges: int


@dataclass(frozen=True, kw_only=True)
class Practice:
    """The hall is at statement `at` of these; its answer is shown or not yet."""

    statements: tuple[Statement, ...]
    at: int = 0
    answered: bool = False
    hands: Hands | None = None

    @property
    def last(self) -> bool:
        """Nothing comes after this one."""
        return self.at == len(self.statements) - 1


@cache
def statements() -> tuple[tuple[Statement, ...], ...]:
    """The pool: five kinds, each with some that describe and some that judge."""
    return tuple(tuple(Statement(**one) for one in kind) for kind in json.loads(STATEMENTS.read_text('utf-8')))


def drawn(chance: random.Random | None = None) -> tuple[Statement, ...]:
    """One statement of each kind; two or three of the five judge, so that neither answer is the rule."""
    chance = chance or random.SystemRandom()
    while True:
        five = tuple(chance.choice(kind) for kind in statements())
        if sum(one.judges for one in five) in (2, 3):
            return five


def on_screen(practice: Practice | None) -> dict[str, Any] | None:
    """What the hall sees: the answer and the hands only when the answer is shown."""
    if practice is None:
        return None
    one = practice.statements[practice.at]
    shown: dict[str, Any] = {'n': practice.at + 1, 'all': len(practice.statements), 'text': one.text, 'answer': None}
    if practice.answered:
        start = one.text.find(one.words) if one.words else -1
        marks = [{'start': start, 'end': start + len(one.words)}] if start >= 0 else []
        shown['answer'] = {'judges': one.judges, 'why': one.why, 'instead': one.instead, 'marks': marks}
        shown['hands'] = vars(practice.hands) if practice.hands else None
    return shown
