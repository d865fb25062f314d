"""The rounds of a school as they stand on the start page, the next one with what is to be done in it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from babel.dates import format_date
from nicegui import ui

from app.rounds.model import RoundHead
from app.rounds.stages import Stage, stage_name
from app.texts import _, language
from components.layout import heading, paragraph, text


def next_round(heads: Sequence[RoundHead], today: dt.date) -> RoundHead | None:
    """The round that somebody has most likely come for: one that is going on, else the next to come."""
    there = [head for head in heads if not head.archived and not head.sample]
    going_on = [head for head in there if Stage.OPEN.place <= head.stage.place <= Stage.NEXT_LEVEL.place]
    to_come = sorted((head for head in there if head.stage is Stage.PLANNED and head.date >= today), key=_by_date)
    return next(iter([*sorted(going_on, key=lambda head: abs(head.date - today)), *to_come]), None)


def next_step(head: RoundHead, today: dt.date) -> tuple[str, str, str]:
    """What is to be done in a round now: in a sentence, on a button, and where."""
    at = f'/rounds/{head.id}'
    if head.stage is Stage.PLANNED:
        if head.date == today:
            return _('It is today. Open the visits when everybody is here.'), _('Open the day'), f'{at}/day'
        if head.date < today:
            return _('Its day has passed without being opened.'), _('Look at the plan'), at
        return _('It is being planned.'), _('Go on planning'), at
    if head.stage in (Stage.OPEN, Stage.SELECTION):
        return _('Visits and notes are going on.'), _('Open the day'), f'{at}/day'
    if head.stage.place <= Stage.NEXT_LEVEL.place:
        sentence = _('The debrief is at “{stage}”.').format(stage=stage_name(head.stage))
        return sentence, _('Go on with the debrief'), f'{at}/control'
    return _('It is closed; its outcome can be read and downloaded.'), _('Read the outcome'), f'{at}/outcome'


def show_next_round(head: RoundHead, today: dt.date) -> None:
    """The next round, large, with one button."""
    sentence, button, address = next_step(head, today)
    with ui.element('section').classes('sheet next-round').props('aria-labelledby=next-round'):
        text('p', _when(head.date, today), 'soft')
        heading(head.title, 2).props('id=next-round')
        paragraph(sentence)
        with ui.element('div').classes('ways'):
            ui.link(button, address).classes('go')
            if address != f'/rounds/{head.id}':
                ui.link(_('Plan'), f'/rounds/{head.id}').classes('go quiet')


def show_rounds(title: str, heads: Sequence[RoundHead], today: dt.date, *, folded: bool = False) -> None:
    """A list of rounds, a line each; `folded` opens by a tap. Nothing when there are none."""
    if not heads:
        return
    with _folded(f'{title} ({len(heads)})') if folded else _section(title), ui.element('ul').classes('rounds'):
        for head in heads:
            with ui.element('li'):
                text('span', _short(head.date), 'soft num')
                ui.link(head.title, next_step(head, today)[2]).classes('grow')
                text('span', _('Sample') if head.sample else stage_name(head.stage), 'soft')


@contextmanager
def _section(title: str) -> Iterator[None]:
    with ui.element('section').classes('part'):
        heading(title, 2)
        yield


@contextmanager
def _folded(title: str) -> Iterator[None]:
    with ui.element('details').classes('part'):
        text('summary', title)
        yield


def _by_date(head: RoundHead) -> dt.date:
    return head.date


def _short(date: dt.date) -> str:
    return format_date(date, 'd MMM y', locale=language.get())


def _when(date: dt.date, today: dt.date) -> str:
    day = format_date(date, 'EEEE d MMMM', locale=language.get())
    days = (date - today).days
    if days == 0:
        return _('Today, {day}').format(day=day)
    if days == 1:
        return _('Tomorrow, {day}').format(day=day)
    return day if 0 < days < 300 else format_date(date, 'EEEE d MMMM y', locale=language.get())
