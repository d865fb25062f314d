"""The day in numbers: where each group is, who has joined, what has arrived. Only what has changed is sent anew."""

import datetime as dt

from babel.dates import format_date
from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from app.observation.day_view import Day, GroupDay, Stop, Unsent
from app.rounds.model import Classroom
from app.rounds.stages import Stage
from app.texts import _, language, ngettext
from components.layout import heading, text


class DayBoard:
    """Draws a `Day`; `show` brings it up to date, and rebuilds the cards only when other groups are there."""

    def __init__(self, day: Day) -> None:
        with ui.element('section').classes('totals').props(f'aria-label="{_("The round in numbers")}"'):
            self.clock = _Number(_('at the school'))
            self.joined = _Number(_('have joined'))
            self.notes = _Number(_('notes received'))
            self.unsent = _Number(_('on phones, as they last said'))
            self.chosen = _Number(_('chosen for the wall'))
        self.remarks = text('p', '', 'soft').props('role=status')
        self.above_groups = ui.element('div')
        heading(_('Groups'), 2)
        self.empty = text('p', _('There are no groups yet. Make them in the plan.'), 'soft')
        self.place = ui.element('ul').classes('groups')
        self.cards: dict[str, _GroupCard] = {}
        self.show(day)

    def show(self, day: Day) -> None:
        """The same board with the numbers of now."""
        self.clock.show(f'{day.time:%H:%M}', _clock_label(day))
        self.joined.show(*_joined(day))
        self.notes.show(str(day.notes))
        self.unsent.show(str(day.unsent.notes), unsent_words(day.unsent, day.time), waiting=bool(day.unsent.notes))
        self.chosen.show(str(day.chosen))
        self.chosen.place.visible = day.chosen > 0 or day.round.stage.place >= Stage.SELECTION.place
        self.remarks.text = ' '.join(_remarks(day))
        self.remarks.visible = bool(self.remarks.text)
        self.empty.visible = not day.groups
        if list(self.cards) != [group.group.id for group in day.groups]:
            self.place.clear()
            with self.place:
                self.cards = {group.group.id: _GroupCard() for group in day.groups}
        for group in day.groups:
            self.cards[group.group.id].show(group, day)


class _Number:
    """A large number with what it counts beneath."""

    def __init__(self, label: str) -> None:
        with ui.element('div').classes('number') as self.place:
            self.value = text('span', '', 'value num')
            self.label = text('span', label, 'soft small')

    def show(self, value: str, label: str = '', *, waiting: bool = False) -> None:
        self.value.text = value
        if label:
            self.label.text = label
        self.place.classes(add='waiting' if waiting else '', remove='' if waiting else 'waiting')


class _GroupCard:
    """One group: now, next, and three numbers."""

    def __init__(self) -> None:
        with ui.element('li').classes('sheet group'):
            self.name = heading('', 3)
            with ui.element('dl') as self.where:
                self.now = _term(_('Now'))
                self.next = _term(_('Next'))
            with ui.element('p').classes('counts num'):
                self.joined = text('span', '')
                self.notes = text('span', '')
                self.unsent = text('span', '')

    def show(self, group: GroupDay, day: Day) -> None:
        self.name.text = group.group.name
        self.where.visible = day.round.stage.place < Stage.SCREENING.place
        self.now.set_text(_now(group, day))
        self.next.set_text(_next(group.next, day))
        more = group.joined > group.group.size
        sentence = _('{joined} joined, {size} expected') if more else _('{joined} of {size} joined')
        self.joined.set_text(sentence.format(joined=group.joined, size=group.group.size))
        self.notes.text = ngettext('{n} note', '{n} notes', group.notes).format(n=group.notes)
        holding = group.unsent.notes
        words = ngettext('{n} still on a phone', '{n} still on phones', holding).format(n=holding)
        self.unsent.text = f'{words} ({age(group.unsent.said_at, day.time)})' if holding else _('none on phones')
        self.unsent.classes(add='waiting' if holding else '', remove='' if holding else 'waiting')


def _joined(day: Day) -> tuple[str, str]:
    if day.joined > day.expected:
        return str(day.joined), _('have joined; {expected} were expected').format(expected=day.expected)
    return _('{joined} of {expected}').format(joined=day.joined, expected=day.expected), _('have joined')


def _term(name: str) -> TextElement:
    with ui.element('div'):
        text('dt', name, 'soft small')
        return text('dd', '')


def _now(group: GroupDay, day: Day) -> str:
    if group.now:
        return _('{room}, until {end}').format(room=room_name(group.now.classroom), end=f'{group.now.visit.end:%H:%M}')
    if not day.is_today:
        return _('not today')
    return _('on the way') if group.next else _('back in the hall')


def _next(stop: Stop | None, day: Day) -> str:
    if stop:
        return _('{room} at {start}').format(room=room_name(stop.classroom), start=f'{stop.visit.start:%H:%M}')
    return _('no more visits') if day.plan.visits else _('no rota yet')


def room_name(room: Classroom) -> str:
    """A classroom as one looks for it in the building, with the number on its door and what to know of it."""
    name = _('Room {room} (door {number})').format(room=room.room, number=room.number) if room.room else ''
    marks = [_('no devices')] * room.no_devices + [_('cover teacher')] * room.cover
    return ', '.join([name or _('Door {number}').format(number=room.number), *marks])


def unsent_words(unsent: Unsent, now: dt.datetime) -> str:
    """What the number of unsent notes means, and how old it is."""
    if not unsent.notes:
        return _('still on phones')
    return _('still on phones, as they last said ({age})').format(age=age(unsent.said_at, now))


def age(said_at: dt.datetime | None, now: dt.datetime) -> str:
    """How long ago something was said, in words."""
    if said_at is None:
        return _('at an unknown time')
    minutes = int((now - said_at).total_seconds() // 60)
    if minutes < 1:
        return _('just now')
    if minutes < 60:
        return _('{n} min ago').format(n=minutes)
    return _('at {time}').format(time=f'{said_at.astimezone(now.tzinfo):%H:%M}')


def _clock_label(day: Day) -> str:
    if day.is_today:
        return _('at the school now')
    planned = format_date(day.round.date, 'd MMMM', locale=language.get())
    return _('at the school; the round is on {date}').format(date=planned)


def _remarks(day: Day) -> list[str]:
    said = []
    if day.without_group:
        sentence = ngettext(
            '{n} observer has not chosen a group yet.', '{n} observers have not chosen a group yet.', day.without_group
        )
        said.append(sentence.format(n=day.without_group))
    if day.round.stage is Stage.SELECTION:
        sentence = _('{n} of {joined} observers have chosen at least {least} notes.')
        said.append(sentence.format(n=day.have_chosen, joined=day.joined, least=day.round.sizes.choose_least))
    if day.late:
        sentence = ngettext('{n} note came late.', '{n} notes came late.', day.late)
        said.append(sentence.format(n=day.late))
    out = [room_name(room) for room in day.classrooms if room.left_out]
    if out:
        said.append(_('Not visited: {rooms}.').format(rooms='; '.join(out)))
    return said
