"""How alike cards are: the words they share, the moves of teaching and learning they tell of, and the lens.

A pattern is about what teachers and students do, in one subject as in another; the words of the subject hide it. So
letters weigh the more the farther they are spread over the classrooms of the round, and words for the same move
(`wording/en/moves.txt`) count as one. Slow, and made of large libraries: to be called in the press.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer
from sklearn.preprocessing import normalize

from .pieces import Piece

#: How much each side of a card weighs. Tried on rounds that are kept with the tests; `make bench` shows what they give.
LETTERS, MOVES, LENS = 1.0, 0.8, 0.3
WORDING = Path(__file__).parent / 'wording'
Matrix = NDArray[np.float64]


def likeness(pieces: Sequence[Piece]) -> Matrix:
    """How alike any two pieces are, from -1 to 1 (of the form n × n)."""
    if not pieces:
        return np.zeros((0, 0))
    texts = [plain(piece.text) for piece in pieces]
    lenses = sorted({piece.lens for piece in pieces if piece.lens})
    lens = np.array([[piece.lens == one for one in lenses] for piece in pieces], float).reshape(len(pieces), -1)
    sides = np.hstack([LETTERS * normalize(_letters(texts, pieces)), MOVES * normalize(_moves(texts)), LENS * lens])
    whole = normalize(sides)
    alike: Matrix = whole @ whole.T
    return alike


def _letters(texts: Sequence[str], pieces: Sequence[Piece]) -> Matrix:
    """Runs of three to five letters (typos and endings matter less than with words), by how far they are spread."""
    try:
        found = TfidfVectorizer(analyzer='char_wb', ngram_range=(3, 5), sublinear_tf=True, min_df=2).fit_transform(
            texts
        )
    except ValueError:  # no run of letters is in two of them
        return np.zeros((len(texts), 1))
    rooms = sorted({piece.room for piece in pieces})
    where = np.array([rooms.index(piece.room) for piece in pieces])
    spread = sum((found[where == room] > 0).sum(axis=0) > 0 for room in range(len(rooms)))
    weighed: Matrix = found.toarray() * np.log1p(np.asarray(spread, float)).ravel()
    return weighed


def _moves(texts: Sequence[str]) -> Matrix:
    counts = np.array([[len(move.findall(text)) for move in _book().values()] for text in texts], float)
    told = (counts > 0).sum(axis=0)
    weighed: Matrix = np.log1p(counts) * np.log1p(len(texts) / np.maximum(told, 1))
    return weighed


def plain(text: str) -> str:
    """As it is compared: small letters, one kind of apostrophe, no clock time."""
    text = text.lower().replace('’', "'").replace('‘', "'")
    return re.sub(r'\b\d{1,2}[:.]\d{2}\b', ' ', text)


def moves_in(text: str) -> dict[str, list[str]]:
    """The moves that a text tells of, each with the words that say so."""
    compared = plain(text)
    found = {move: list(dict.fromkeys(rule.findall(compared))) for move, rule in _book().items()}
    return {move: words for move, words in found.items() if words}


@cache
def _book(language: str = 'en') -> dict[str, re.Pattern[str]]:
    """Each move with a rule that finds its words; the longest first."""
    lines = (WORDING / language / 'moves.txt').read_text('utf-8').splitlines()
    book = {}
    for line in lines:
        move, _colon, words = line.partition(': ')
        if words and not line.startswith('#'):
            rules = sorted((word.strip() for word in words.split(',')), key=len, reverse=True)
            book[move] = re.compile('|'.join(_rule(word) for word in rules))
    return book


def _rule(word: str) -> str:
    escaped = re.escape(word).replace(r'\*', r"[\w']*").replace(r'\ ', r'\s+')
    return rf"(?<![\w']){escaped}(?!\w)"


def words_in(text: str) -> set[str]:
    """The words of a text that say something by themselves."""
    return {word for word in re.findall(r"[^\W\d_][\w']{2,}", plain(text)) if word not in ENGLISH_STOP_WORDS}
