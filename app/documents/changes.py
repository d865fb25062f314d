"""What a new version of the document says of the one before: a sentence for each thing that is different."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from app.texts import _, ngettext

from .outcome import Outcome, PrintedPattern, PrintedTheory
from .words import no_name


def same_contents(one: Outcome, other: Outcome) -> bool:
    """Whether a reader would find the same in both; the dates of close and purge are no contents."""
    return _contents(one) == _contents(other)


def changes_since(before: Outcome, now: Outcome) -> tuple[str, ...]:
    """Sentences, in the order of the document; at least one where anything is different."""
    if same_contents(before, now):
        return ()
    found = tuple(_sentences(before, now))
    return found or (_('Details were corrected.'),)


def _contents(outcome: Outcome) -> Outcome:
    return replace(outcome, version=0, released_on=None, changes=(), purged=False, closed_on=None)


def _sentences(before: Outcome, now: Outcome) -> Iterator[str]:
    if (before.school, before.title, before.date, before.logo) != (now.school, now.title, now.date, now.logo):
        yield _('The cover is a new one.')
    if (before.problem_of_practice, before.focus_statements) != (now.problem_of_practice, now.focus_statements):
        yield _('The focus has other words.')
    if before.numbers != now.numbers:
        yield _('The numbers of the round were counted again.')
    yield from _of_patterns(before.patterns, now.patterns)
    if before.predictions != now.predictions:
        yield _('The predictions were changed.')
    yield from _of_theories(before.theories, now.theories)
    if [step.taken_up for step in before.next_steps] != [step.taken_up for step in now.next_steps]:
        taken_up = sum(step.taken_up for step in now.next_steps)
        sentence = ngettext('The school now takes up {n} step.', 'The school now takes up {n} steps.', taken_up)
        yield sentence.format(n=taken_up)
    if [replace(step, taken_up=False) for step in before.next_steps] != [
        replace(step, taken_up=False) for step in now.next_steps
    ]:
        yield _('The next level of work was changed.')
    if before.paper is not now.paper:
        yield _('It is set on another size of paper.')


def _of_patterns(before: Sequence[PrintedPattern], now: Sequence[PrintedPattern]) -> Iterator[str]:
    """Patterns are known by their titles."""
    old, new = ({pattern.title: pattern for pattern in patterns} for patterns in (before, now))
    for title in [title for title in old if title not in new]:
        yield _('The pattern “{title}” is no longer in it.').format(title=title or no_name())
    for title, pattern in new.items():
        if title not in old:
            yield _('The pattern “{title}” is new.').format(title=title or no_name())
        elif replace(pattern, number=0) != replace(old[title], number=0):
            yield _('The pattern “{title}” has other words or cards.').format(title=title or no_name())


def _of_theories(before: Sequence[PrintedTheory], now: Sequence[PrintedTheory]) -> Iterator[str]:
    for number, (old, new) in enumerate(zip_longest(before, now), 1):
        if old is None:
            yield _('Theory of action {n} is new.').format(n=number)
        elif new is None:
            yield _('Theory of action {n} is no longer in it.').format(n=number)
        elif (old.when, old.so, old.then) != (new.when, new.so, new.then):
            yield _('Theory of action {n} has new words.').format(n=number)
        elif old != new:
            yield _('What is said beside theory of action {n} was changed.').format(n=number)
