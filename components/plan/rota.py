"""The rota as a grid, groups by times; each visit can be changed by hand."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from app.rounds.model import Group, Visit
from app.rounds.plan import Plan
from app.rounds.rota import shortfall
from app.rounds.rota_by_hand import Clash
from app.rounds.rota_clashes import span, why_not
from app.texts import _, ngettext
from components.layout import text
from components.messages import say
from components.plan.focus import row_of, shown
from components.plan.section import Section, box, button, on_page, row, sheet, typing
from components.plan.sheet import Column, Sheet


class Rota(Section):
    """Sizes, the button that makes the rota, what is wrong with it, and the grid."""

    async def draw(self) -> None:
        """Two sheets."""
        with sheet(_('How visits go'), _('Made for these sizes; change them and have the rota made again.')):
            self.sizes = Sheet(
                f'visits-{self.plan.round.id}',
                _columns(),
                [row_of(self.plan.round)],
                self.acts.change,
                now=self.now,
                table=False,
                changeable=self.plan.changeable,
                shown=shown,
            )
        with sheet(_('Rota')):
            self.state = ui.element('div').props('aria-live=polite').classes('plan-section')
            self.grid = ui.element('div').classes('plan-section')
        self._draw_rota()

    async def show(self, plan: Plan) -> None:
        """The grid anew when something in it has changed."""
        before = self.plan
        await super().show(plan)
        self.sizes.show([row_of(plan.round)], changeable=plan.changeable)
        if _basis(before) != _basis(plan):
            self._draw_rota()

    def _draw_rota(self) -> None:
        clashes = self.plan.clashes() if self.plan.visits else ()
        self.state.clear()
        with self.state:
            self._say_state(clashes)
        self.grid.clear()
        with self.grid:
            if self.plan.visits:
                self._draw_grid()

    def _say_state(self, clashes: tuple[str, ...]) -> None:
        plan = self.plan
        if not plan.visits:
            text('p', _('There is no rota yet. It is made from groups, classrooms, bells and the sizes above.'))
        elif clashes:
            sentence = ngettext('{n} thing clashes:', '{n} things clash:', len(clashes)).format(n=len(clashes))
            with ui.element('div').classes('rota-clashes'):
                text('p', '⚠ ' + sentence, 'problem')
                with ui.element('ul'):
                    for clash in clashes:
                        text('li', clash)
        else:
            text('p', '✓ ' + _('Nothing clashes: no two groups in a room, no visit across a bell.'), 'kept')
            short = shortfall(plan.visits, plan.groups, plan.round.sizes, plan.classrooms)
            if short:
                text('p', short)
        if plan.changeable:
            with row():
                if plan.visits:
                    button(_('Make the rota again'), self._ask_to_make)
                else:
                    button(_('Make the rota'), self._make, 'first')
                if plan.classrooms and any(group.size for group in plan.groups):
                    button(_('Add a visit by hand'), self._add_visit)

    def _draw_grid(self) -> None:
        times = sorted({(visit.start, visit.end) for visit in self.plan.visits})
        gaps = {
            start
            for (start, _end), (_start, before) in zip(times[1:], times, strict=False)
            if self._bell(before, start)
        }
        with (
            ui.element('div').classes('rota-scroll').props(f'tabindex=0 role=region aria-label="{_("The rota")}"'),
            ui.element('table').classes('rota rota-visits'),
        ):
            with ui.element('thead'), ui.element('tr'):
                text('th', _('Group')).props('scope=col')
                for start, end in times:
                    head = text('th', f'{start:%H:%M}–{end:%H:%M}', 'gap' if start in gaps else '')
                    head.props('scope=col')
            with ui.element('tbody'):
                on_the_way = {visit.group for visit in self.plan.visits}
                for group in (one for one in self.plan.groups if one.size or one.id in on_the_way):
                    with ui.element('tr'):
                        text('th', group.name).props('scope=row')
                        for start, end in times:
                            with ui.element('td').classes('gap' if start in gaps else ''):
                                self._draw_cell(group, start, end)
        words = _('Number and room of the classroom.')
        if self.plan.changeable:
            words = _('Number and room of the classroom. Press one to change it.')
        text('p', words, 'plan-note')

    def _bell(self, before: object, start: object) -> bool:
        """Whether a period ends between two times."""
        return any(before <= period.end <= start for period in self.plan.periods)  # type: ignore[operator]

    def _draw_cell(self, group: Group, start: object, end: object) -> None:
        here = [
            visit for visit in self.plan.visits if visit.group == group.id and (visit.start, visit.end) == (start, end)
        ]
        for visit in here:
            self._draw_visit(group, visit)
        if not here:
            text('span', '–', 'soft').props('aria-hidden=true')
            text('span', _('free'), 'unseen')

    def _draw_visit(self, group: Group, visit: Visit) -> None:
        room = self.plan.classroom(visit.classroom)
        wrong = why_not(
            visit, self.plan.visits, self.plan.periods, self.plan.classrooms, self.plan.groups, self.plan.round.sizes
        )
        number, label = (str(room.number), room.room) if room else ('?', _('taken out'))
        name = _('{group}, {time}: classroom {number}, {room}')
        element = ui.element('button').classes('wrong' if wrong else '').props('type=button')
        element.props['aria-label'] = name.format(group=group.name, time=span(visit), number=number, room=label) + (
            '. ' + _('It clashes: {why}').format(why=wrong) if wrong else ''
        )
        if not self.plan.changeable:
            element.props('disabled')
        with element:
            text('b', number)
            text('small', ('⚠ ' if wrong else '') + label)

        async def change() -> None:
            VisitBox(self, visit).open()

        element.on('click', on_page(change))

    async def _make(self) -> None:
        await self.acts.make_rota()
        say(_('The rota is made.'))

    async def _ask_to_make(self) -> None:
        with box(_('Make the rota again?')) as dialog:
            text('p', _('The rota is replaced, with all that was changed in it by hand.'))

            async def make() -> None:
                await self._make()
                dialog.close()

            async def leave() -> None:
                dialog.close()

            with ui.element('div').classes('buttons'):
                button(_('Make it again'), make, 'first')
                button(_('Leave it'), leave)

    async def _add_visit(self) -> None:
        VisitBox(self, None).open()


class VisitBox:
    """A dialog for one visit: another classroom, other times, a swap, or take it out."""

    def __init__(self, rota: Rota, visit: Visit | None) -> None:
        self.plan = rota.plan
        self.acts = rota.acts
        self.visit = visit

    def open(self) -> None:
        """Open the dialog."""
        visit, plan = self.visit, self.plan
        group = plan.group(visit.group) if visit else None
        title = _('{group}, {time}').format(group=group.name, time=span(visit)) if visit and group else _('Add a visit')
        with box(title) as self.dialog:
            if visit is None:
                groups = {one.id: one.name for one in plan.groups if one.size}
                self.group = _choice(_('Group'), groups, next(iter(groups)))
            rooms = {room.id: _room_words(plan, room.id) for room in plan.classrooms}
            chosen = visit.classroom if visit and visit.classroom in rooms else next(iter(rooms), '')
            self.classroom = _choice(_('Classroom'), rooms, chosen)
            with row():
                self.start = typing(_('From'), f'{visit.start:%H:%M}' if visit else '', 'short', 'maxlength=8')
                self.end = typing(_('To'), f'{visit.end:%H:%M}' if visit else '', 'short', 'maxlength=8')
            self.problem = ui.element('div').props('role=alert').classes('problem')
            with ui.element('div').classes('buttons'):
                button(_('Keep'), self._keep, 'first')
                if visit is not None:
                    button(_('Take it out'), self._remove, 'stop')
                button(_('Cancel'), self._close)

    async def _keep(self) -> None:
        classroom, start, end = str(self.classroom.value or ''), self.start.value, self.end.value
        try:
            if self.visit is None:
                await self.acts.put_visit(str(self.group.value or ''), classroom, start, end)
            else:
                await self.acts.move_visit(self.visit, classroom, start, end)
        except Clash as clash:
            self._say(clash)
            return
        await self._close()

    def _say(self, clash: Clash) -> None:
        other = clash.more.get('swap')
        self.problem.clear()
        with self.problem:
            text('p', '⚠ ' + clash.sentence)
            if isinstance(other, Visit) and self.visit is not None:
                group = self.plan.group(other.group)
                words = _('Change rooms with {group}').format(group=group.name if group else '')
                button(words, self._swapping(self.visit, other))

    def _swapping(self, visit: Visit, other: Visit) -> Callable[[], Awaitable[None]]:
        async def swap() -> None:
            await self.acts.swap_visits(visit, other)
            await self._close()

        return swap

    async def _remove(self) -> None:
        if self.visit is not None:
            await self.acts.remove_visit(self.visit)
        await self._close()

    async def _close(self) -> None:
        self.dialog.close()


def _choice(label: str, options: dict[str, str], value: str) -> ui.select:
    """A choice by id; the ids are ours, so no user text is a key."""
    return ui.select(options, value=value, label=label).props('outlined options-dense').classes('w-full')


def _room_words(plan: Plan, key: str) -> str:
    room = plan.classroom(key)
    if room is None:
        return ''
    more = ' · '.join(part for part in (room.room, room.subject, room.year_group) if part)
    return f'{room.number}  {more}' + (' · ' + _('left out') if room.left_out else '')


def _basis(plan: Plan) -> tuple[object, ...]:
    return plan.visits, plan.periods, plan.classrooms, plan.groups, plan.round.sizes, plan.changeable


def _columns() -> tuple[Column, ...]:
    return (
        Column(field='sizes.minutes', label=_('Minutes of a visit'), kind='number'),
        Column(field='sizes.visits_per_group', label=_('Visits of each group'), kind='number'),
        Column(field='sizes.most_in_room', label=_('Observers in a room, at most'), kind='number'),
        Column(field='sizes.walk_minutes', label=_('Minutes to walk between'), kind='number'),
        Column(field='sizes.settle_minutes', label=_('Minutes left alone after the bell'), kind='number'),
    )
