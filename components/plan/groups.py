"""Who comes: the schools, and the groups in which visitors go round."""

from typing import Any

from nicegui import ui

from app.errors import BadInput
from app.rounds.model import Group, RoundSchool
from app.rounds.pasted import PastedVisitor, pasted_visitors
from app.rounds.plan import Plan
from app.texts import _, ngettext
from components.layout import text
from components.plan.focus import row_of, shown
from components.plan.paste import Paste
from components.plan.section import Section, button, row, sheet, typing
from components.plan.sheet import Column, Row, Sheet


class Groups(Section):
    """Schools first, then the number of people, then the groups."""

    async def draw(self) -> None:
        """Two sheets."""
        with sheet(_('Schools'), _('Visitors choose their school when they join. No list of names is kept here.')):
            self.schools = Sheet(
                f'schools-{self.plan.round.id}',
                [Column(field='name', label=_('School'), example=_('Name of a visiting school'))],
                _school_rows(self.plan),
                self.acts.change_school,
                now=self.now,
                on_add=self._add_school,
                add=_('Add the school'),
                on_remove=self.acts.remove_school,
                changeable=self.plan.changeable,
            )
            self.near = ui.element('div').classes('plan-row')
            await self._offer_network()
            if self.plan.changeable:
                with row():
                    button(_('Paste a list of visitors'), self._paste)
        with sheet(_('Groups'), _('A group goes from classroom to classroom together; four people are usual.')):
            self._people()
            self.groups = Sheet(
                f'groups-{self.plan.round.id}',
                [
                    Column(field='name', label=_('Group'), example=_('Next letter')),
                    Column(field='size', label=_('People'), kind='number', width='given'),
                ],
                _group_rows(self.plan),
                self.acts.change_group,
                now=self.now,
                on_add=self._add_group,
                add=_('Add a group'),
                on_remove=self.acts.remove_group,
                changeable=self.plan.changeable,
            )

    async def show(self, plan: Plan) -> None:
        """Every field from the plan, but those in which somebody types."""
        before = self.plan
        await super().show(plan)
        self.schools.show(_school_rows(plan), changeable=plan.changeable)
        self.groups.show(_group_rows(plan), changeable=plan.changeable)
        self.size.show([row_of(plan.round)], changeable=plan.changeable)
        if before.round.schools != plan.round.schools:
            await self._offer_network()

    def _people(self) -> None:
        with ui.element('div').classes('plan-people'):
            self.size = Sheet(
                f'size-{self.plan.round.id}',
                [Column(field='sizes.group_size', label=_('People in a group'), kind='number')],
                [row_of(self.plan.round)],
                self.acts.change,
                now=self.now,
                table=False,
                changeable=self.plan.changeable,
                shown=shown,
            )
            if self.plan.changeable:
                people = sum(group.size for group in self.plan.groups) or 24
                self.people = typing(_('Visitors in all'), str(people), 'short', 'inputmode=numeric maxlength=3')
                button(_('Make the groups'), self._divide, 'first')

    async def _divide(self) -> None:
        await self.acts.divide(self.people.value)

    async def _add_school(self, values: dict[str, Any]) -> None:
        await self.acts.add_school(str(values.get('name') or ''))

    async def _add_group(self, values: dict[str, Any]) -> None:
        await self.acts.add_group(str(values.get('name') or ''))

    async def _offer_network(self) -> None:
        schools = await self.acts.network() if self.plan.changeable else []
        self.near.clear()
        if not schools:
            return
        with self.near:
            text('span', _('Of your network:'), 'soft')
            for school in schools[:20]:
                self._offer(school.name)

    def _offer(self, name: str) -> None:
        async def add() -> None:
            await self.acts.add_school(name)

        button('+ ' + name, add, name=_('Add {name}').format(name=name))

    async def _paste(self) -> None:
        Paste(
            title=_('Paste a list of visitors'),
            hint=_('One visitor a line: name and school. Only the schools and the number of people are taken.'),
            read=pasted_visitors,
            heads=(_('School'), _('Visitors')),
            cells=None,
            summary=_visitors_of,
            take=self._take_visitors,
        ).open()

    async def _take_visitors(self, visitors: list[PastedVisitor]) -> None:
        schools = list(dict.fromkeys(visitor.school for visitor in visitors if visitor.school.strip()))
        if not schools:
            raise BadInput(_('No line names a school. Write it behind the name, with a tab or a semicolon between.'))
        await self.acts.add_schools(schools)
        if hasattr(self, 'people'):
            self.people.value = str(len(visitors))


def _visitors_of(visitors: list[PastedVisitor]) -> list[tuple[str, ...]]:
    counts: dict[str, int] = {}
    for visitor in visitors:
        school = visitor.school or _('(no school)')
        counts[school] = counts.get(school, 0) + 1
    return [(school, ngettext('{n} visitor', '{n} visitors', n).format(n=n)) for school, n in counts.items()]


def _school_rows(plan: Plan) -> list[Row]:
    return [_school_row(school) for school in plan.round.schools]


def _school_row(school: RoundSchool) -> Row:
    label = _('{name} (host)').format(name=school.name) if school.host else school.name
    return Row(id=school.id, label=label, values={'name': school.name}, removable=not school.host)


def _group_rows(plan: Plan) -> list[Row]:
    return [_group_row(group) for group in plan.groups]


def _group_row(group: Group) -> Row:
    return Row(id=group.id, label=group.name, values={'name': group.name, 'size': group.size})
