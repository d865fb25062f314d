"""How the projected wall is cut into pages: few large things at a time, the same on every laptop."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.rounds.stages import Stage
from app.texts import _
from app.theory.model import Horizon, Level
from components.debrief_board import View

#: Focus of the screen that stands for the cards in no pattern.
UNSORTED = 'unsorted'
#: Options of a vote on one page, at most.
OPTIONS = 10
#: From Hangul on: most texts have a dash or a curly quotation mark at most.
_MAY_BE_WIDE = re.compile('[\u1100-\U0010ffff]')
#: Letters of what is looked for that stand whole in the foot of every page; see projection.css.
FOOT_HOLDS = 400
WALL_STAGES = (Stage.SCREENING, Stage.RED_DOTS)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What a page can hold: rows of `columns` places; a place shows `lines` lines of `letters` letters."""

    columns: int
    rows: int
    letters: int
    lines: int


WALL = Sheet(columns=3, rows=2, letters=27, lines=7)
BESIDE_A_PATTERN = Sheet(columns=2, rows=2, letters=28, lines=8)
PATTERNS = Sheet(columns=3, rows=2, letters=26, lines=5)
PREDICTIONS = Sheet(columns=2, rows=2, letters=46, lines=7)
THEORIES = Sheet(columns=2, rows=1, letters=42, lines=17)


def pages_of(view: View) -> list[list[dict[str, Any]]]:
    """The pages of what the screen shows now; at least one. Each is a list of {id, row, column, span, rows}."""
    screen, stage = view['screen'], view['stage']
    if screen['shows']:
        return _pages_of_vote(view['vote'] if screen['shows'] == 'vote' else None)
    if stage in WALL_STAGES or (stage == Stage.ANALYSIS and not view['patterns']):
        return packed(_cards(_on_wall(view)), WALL)
    if stage == Stage.ANALYSIS:
        return _pages_of_analysis(view, screen['focus'])
    if stage == Stage.PREDICTION:
        written = packed([(p['id'], p['text'] + _cited(p, view)) for p in view['predictions']], PREDICTIONS)
        return [[], *(page for page in written if page)]  # first the question alone
    if stage == Stage.THEORIES:
        return _pages_of_theories(view)
    return _pages_of_next_level(view['next_steps']) if stage == Stage.NEXT_LEVEL else [[]]


def packed(items: list[tuple[str, str]], sheet: Sheet) -> list[list[dict[str, Any]]]:
    """Items (id, text) in their order on pages of `sheet`: each as wide as its text needs, row by row."""
    pages: list[list[dict[str, Any]]] = []
    free: list[int] = []  # places left in each row of the last page
    for key, text in items:
        span, rows = _needed(text, sheet)
        row = next((row for row, left in enumerate(free) if left >= span), None) if rows == 1 else None
        if row is None:
            pages.append([])
            free = [sheet.columns] * sheet.rows
            row = 0
        column = sheet.columns - free[row]
        for taken in range(row, row + rows):
            free[taken] -= span
        pages[-1].append({'id': key, 'row': row + 1, 'column': column + 1, 'span': span, 'rows': rows})
    return pages or [[]]


@lru_cache(maxsize=2048)
def _needed(text: str, sheet: Sheet) -> tuple[int, int]:
    """Columns and rows for `text`; what is longer than all gets a page, in smaller letters."""
    for span in range(1, sheet.columns + 1):
        if lines_of(text, sheet.letters * span + (span - 1) * 2) <= sheet.lines:
            return span, 1
    return sheet.columns, sheet.rows


def lines_of(text: str, letters: int) -> int:
    """About how many lines `text` takes where `letters` letters stand in a line; wide scripts count double."""
    return sum(max(1, -(-_width(line) // letters)) for line in text.split('\n'))


def _width(line: str) -> int:
    return len(line) + sum(unicodedata.east_asian_width(letter) in 'WF' for letter in _MAY_BE_WIDE.findall(line))


def _pages_of_analysis(view: View, focus: str) -> list[list[dict[str, Any]]]:
    if focus == UNSORTED:
        return packed(_cards([card for card in _on_wall(view) if not card['pattern']]), WALL)
    if any(pattern['id'] == focus for pattern in view['patterns']):
        cards = [card for card in _on_wall(view) if card['pattern'] == focus]
        return packed(_cards(cards), BESIDE_A_PATTERN)
    heading = _('Exception')
    tiles = [
        (p['id'], p['title'] + (f'\n{heading} {p["exception"]}' if p['exception'] else '')) for p in view['patterns']
    ]
    return packed(tiles, PATTERNS)


def _pages_of_next_level(steps: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """One grid of three by three where all of it can be read from the back of a hall, else a page a horizon."""
    lines = dict.fromkeys(Horizon, 1)
    for horizon in Horizon:
        for owner in Level:
            here = [step['text'] for step in steps if (step['horizon'], step['owner']) == (horizon, owner)]
            lines[horizon] = max(lines[horizon], sum(lines_of(text, 30) + 1 for text in here))
    if sum(lines.values()) <= 16:
        return [[{'id': 'grid'}]]
    return [[{'id': horizon.value}] for horizon in Horizon]


def _on_wall(view: View) -> list[dict[str, Any]]:
    return [card for card in view['cards'] if card.get('state', 'accepted') == 'accepted']


def _cards(cards: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(card['id'], card['text']) for card in cards]


def _theory_text(theory: dict[str, Any], view: View) -> str:
    parts = (theory['when'], theory['so'], theory['then'], theory['wrong_if'])
    return '\n'.join(part for part in parts if part) + _cited(theory, view, counted=26)


def _cited(thing: dict[str, Any], view: View, *, counted: int = 0) -> str:
    """The lines that the patterns it rests on take, in smaller letters, with `counted` letters behind each title."""
    titles = {pattern['id']: pattern['title'] + ' ' * counted for pattern in view['patterns']}
    return '\n' * sum(lines_of(titles.get(pattern, ''), 56) for pattern in thing['patterns'])


def _pages_of_theories(view: View) -> list[list[dict[str, Any]]]:
    """Two on a page where there is room; two that were put side by side always."""
    theories, focus, beside = view['theories'], view['screen']['focus'], view['screen']['beside']
    shown = _focused(theories, focus)
    if beside and len(shown) == 1:
        return [[{'id': theory['id']} for theory in (*shown, *_exactly(theories, beside))]]
    return packed([(theory['id'], _theory_text(theory, view)) for theory in shown], THEORIES)


def _pages_of_vote(vote: dict[str, Any] | None) -> list[list[dict[str, Any]]]:
    """As many options a page as can be read from the back; the one with the most dots first once they are revealed."""
    if vote is None:
        return [[]]
    counts = vote.get('counts', {})
    pages: list[list[dict[str, Any]]] = [[]]
    for option in sorted(vote['options'], key=lambda option: -counts.get(option['id'], 0)):
        if pages[-1] and not _fit_on_a_page([*pages[-1], option]):
            pages.append([])
        pages[-1].append(option)
    return [[{'id': option['id']} for option in page] for page in pages]


def _fit_on_a_page(options: list[dict[str, Any]]) -> bool:
    """Up to five stand below each other, more in two columns, in letters of 32 px; a box takes 1.3 lines more."""
    columns, letters = (2, 44) if len(options) > 5 else (1, 96)
    lines = [lines_of(option['text'], letters) for option in options]
    rows = [max(lines[start : start + columns]) for start in range(0, len(lines), columns)]
    return len(options) <= OPTIONS and sum(row + 1.3 for row in rows) <= 15.5


def _exactly(items: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    return [item for item in items if item['id'] == key]


def _focused(items: list[dict[str, Any]], focus: str) -> list[dict[str, Any]]:
    return [item for item in items if item['id'] == focus] or items
