"""Patterns: cards moved together, named, joined and taken apart."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.errors import BadInput, Changed, NotFound
from app.ids import new_id
from app.store import RoundWork
from app.texts import _, ngettext
from app.wording import worded

from .cards import the_card
from .model import Card, CardState, Pattern

LONGEST_TITLE = 200
LONGEST_TEXT = 2_000
SHOWN_TITLE = 40


async def move(work: RoundWork, card_ids: Sequence[str], pattern_id: str) -> str:
    """Put cards into a pattern; '' leaves them unsorted. Returns what that is called.

    None of them moves when a card or the pattern is gone (`NotFound`) or a card is not on the wall (`BadInput`).
    """
    pattern = await the_pattern(work, pattern_id) if pattern_id else None
    cards = await on_the_wall(work, card_ids)
    for card in cards:
        if card.pattern != pattern_id:
            await work.cards.put(replace(card, pattern=pattern_id))
    if pattern is None:
        return ngettext('Take a card out of its pattern', 'Take {n} cards out of their patterns', len(cards)).format(
            n=len(cards)
        )
    sentence = ngettext('Move a card to {pattern}', 'Move {n} cards to {pattern}', len(cards))
    return sentence.format(n=len(cards), pattern=called(pattern))


async def add(work: RoundWork, title: str, card_ids: Sequence[str] = ()) -> Pattern:
    """A new pattern, last in order, with these cards; it can be named later (sorting is silent)."""
    title = worded(title, LONGEST_TITLE, _('The name of a pattern'), empty=True, lines=False)
    place = 1 + max((pattern.place for pattern in await work.patterns.all()), default=0)
    pattern = Pattern(id=new_id(), title=title, place=place)
    await work.patterns.put(pattern)
    for card in await on_the_wall(work, card_ids):
        await work.cards.put(replace(card, pattern=pattern.id))
    return pattern


async def change(work: RoundWork, pattern_id: str, field: str, text: str, seen: str | None) -> Pattern:
    """Other words for a pattern's `title`, `summary` or `exception`; gives it as it was before.

    Raises `Changed` when somebody else has written there since it read `seen` (None: whatever it read).
    """
    pattern = await the_pattern(work, pattern_id)
    what = {
        'title': _('The name of a pattern'),
        'summary': _('What a pattern says'),
        'exception': _('What speaks against a pattern'),
    }
    if field not in what:
        raise BadInput(_('A pattern has no such part.'))
    most = LONGEST_TITLE if field == 'title' else LONGEST_TEXT
    text = worded(text, most, what[field], empty=True, lines=field != 'title')
    now: str = getattr(pattern, field)
    if text != now and seen is not None and seen != now:
        raise changed_meanwhile(now, text)
    changed: dict[str, Any] = {field: text}
    await work.patterns.put(replace(pattern, **changed))
    return pattern


async def merge(work: RoundWork, into_id: str, other_ids: Sequence[str]) -> str:
    """All cards of the others go into one pattern, with what was written of them; what cites them cites it."""
    into = await the_pattern(work, into_id)
    others = [await the_pattern(work, key) for key in dict.fromkeys(other_ids) if key != into_id]
    if not others:
        raise BadInput(_('Choose at least two patterns to join.'))
    for other in others:
        for card in await work.cards.all(pattern=other.id):
            await work.cards.put(replace(card, pattern=into.id))
        await work.patterns.remove(other.id)
    into = replace(
        into,
        title=into.title or next((other.title for other in others if other.title), ''),
        summary=_joined([into.summary, *(other.summary for other in others)]),
        exception=_joined([into.exception, *(other.exception for other in others)]),
    )
    await work.patterns.put(into)
    await _cite_instead(work, {other.id for other in others}, into.id)
    return _('Join patterns into {pattern}').format(pattern=called(into))


async def split(work: RoundWork, pattern_id: str, card_ids: Sequence[str], title: str) -> Pattern:
    """Some cards of a pattern become a new one. Raises `BadInput` when none of them is in it."""
    pattern = await the_pattern(work, pattern_id)
    cards = [card for card in await on_the_wall(work, card_ids) if card.pattern == pattern.id]
    if not cards:
        raise BadInput(_('Choose the cards that form a pattern of their own.'))
    return await add(work, title, [card.id for card in cards])


async def remove(work: RoundWork, pattern_id: str) -> str:
    """The pattern goes, its cards are unsorted again, and nothing cites it any more."""
    pattern = await the_pattern(work, pattern_id)
    for card in await work.cards.all(pattern=pattern_id):
        await work.cards.put(replace(card, pattern=''))
    await work.patterns.remove(pattern_id)
    await _cite_instead(work, {pattern_id}, '')
    return _('Remove {pattern}').format(pattern=called(pattern))


async def order(work: RoundWork, pattern_ids: Sequence[str]) -> None:
    """Put patterns in this order; those that are not named follow as they were."""
    patterns = sorted(await work.patterns.all(), key=lambda pattern: pattern.place)
    wanted = {key: place for place, key in enumerate(dict.fromkeys(pattern_ids))}
    patterns.sort(key=lambda pattern: wanted.get(pattern.id, len(wanted)))
    for place, pattern in enumerate(patterns, 1):
        if pattern.place != place:
            await work.patterns.put(replace(pattern, place=place))


async def the_pattern(work: RoundWork, pattern_id: str) -> Pattern:
    """The pattern; raises `NotFound` when somebody has removed it or joined it to another."""
    pattern = await work.patterns.get(pattern_id)
    if pattern is None:
        raise NotFound(_('This pattern is gone: somebody removed it or joined it to another. Nothing was moved.'))
    return pattern


async def on_the_wall(work: RoundWork, card_ids: Sequence[str]) -> list[Card]:
    """These cards, each once; raises `NotFound` or `BadInput` when one of them is not on the wall (any more)."""
    cards = [await the_card(work, key) for key in dict.fromkeys(card_ids)]
    if any(card.state is not CardState.ACCEPTED for card in cards):
        raise BadInput(_('Only cards on the wall can be sorted: one of these was sent back. Nothing was moved.'))
    return cards


async def cited(work: RoundWork, pattern_ids: Sequence[str]) -> tuple[str, ...]:
    """Patterns to cite, each once; raises `NotFound` when one is gone."""
    for key in pattern_ids:
        if await work.patterns.get(key) is None:
            raise NotFound(_('A pattern that you cite is gone. Choose the patterns again; your words are not lost.'))
    return tuple(dict.fromkeys(pattern_ids))


def called(pattern: Pattern) -> str:
    """A pattern in a sentence."""
    title = pattern.title if len(pattern.title) <= SHOWN_TITLE else pattern.title[: SHOWN_TITLE - 1].rstrip() + '…'
    return _('“{title}”').format(title=title) if title else _('a pattern without a name')


def changed_meanwhile(theirs: object, yours: object) -> Changed:
    """Two people wrote in the same place; carries both, so that none is lost."""
    sentence = _('Somebody else has changed this meanwhile. Yours has not been lost: choose which one stays.')
    return Changed(sentence, theirs=theirs, yours=yours)


async def _cite_instead(work: RoundWork, gone: set[str], instead: str) -> None:
    """Predictions and theories cite `instead` of what is gone; '' means nothing."""
    for prediction in await work.predictions.all():
        if gone.intersection(prediction.patterns):
            await work.predictions.put(replace(prediction, patterns=_instead(prediction.patterns, gone, instead)))
    for theory in await work.theories.all():
        if gone.intersection(theory.patterns):
            await work.theories.put(replace(theory, patterns=_instead(theory.patterns, gone, instead)))


def _instead(keys: tuple[str, ...], gone: set[str], instead: str) -> tuple[str, ...]:
    put = (instead if key in gone else key for key in keys)
    return tuple(dict.fromkeys(key for key in put if key))


def _joined(texts: Sequence[str]) -> str:
    return '\n'.join(dict.fromkeys(text for text in texts if text))
