"""The classrooms that can be visited, in a table that is filled in like a spreadsheet."""

from dataclasses import asdict
from typing import Any

from app.rounds.model import Classroom
from app.rounds.pasted import PastedClassroom, pasted_classrooms
from app.rounds.plan import Plan
from app.texts import _
from components.layout import text
from components.plan.paste import Paste
from components.plan.section import Section, button, row, sheet
from components.plan.sheet import Column, Row, Sheet


class Classrooms(Section):
    """One line a lesson."""

    async def draw(self) -> None:
        """The table, and how to paste into it."""
        with sheet(_('Classrooms'), _('One line for each lesson that can be visited. The number goes on the door.')):
            self.table = Sheet(
                f'classrooms-{self.plan.round.id}',
                _columns(self.plan),
                _rows(self.plan),
                self.acts.change_classroom,
                now=self.now,
                on_add=self._add,
                add=_('Add'),
                on_remove=self.acts.remove_classroom,
                changeable=self.plan.changeable,
            )
            if self.plan.changeable:
                with row():
                    button(_('Paste from a spreadsheet'), self._paste)
            text(
                'p',
                _('There is no place for a teacher’s name, on purpose: a round looks at teaching, never at a person.')
                + ' '
                + _('“No devices” marks rooms in which visitors write on paper.'),
                'plan-note',
            )

    async def show(self, plan: Plan) -> None:
        """Every line from the plan, but fields in which somebody types."""
        await super().show(plan)
        self.table.show(_rows(plan), changeable=plan.changeable, columns=_columns(plan))

    async def _add(self, values: dict[str, Any]) -> None:
        await self.acts.add_classrooms([values])

    async def _paste(self) -> None:
        periods = {period.id: period.name for period in self.plan.periods}

        def cells(room: PastedClassroom) -> tuple[str, ...]:
            marks = _('no devices') if room.no_devices else ''
            students = '' if room.students is None else str(room.students)
            return room.room, room.subject, room.year_group, students, periods.get(room.period, _('any')), marks

        Paste(
            title=_('Paste classrooms'),
            hint=_('One classroom a line: room, subject, year group, students. A line with headings may come first.'),
            read=lambda pasted: pasted_classrooms(pasted, periods),
            heads=(_('Room'), _('Subject'), _('Year group'), _('Students'), _('Only in'), ''),
            cells=cells,
            take=self._take,
        ).open()

    async def _take(self, rooms: list[PastedClassroom]) -> None:
        await self.acts.add_classrooms([asdict(room) for room in rooms])


def _columns(plan: Plan) -> list[Column]:
    periods = (('', _('any')), *((period.id, period.name) for period in plan.periods))
    return [
        Column(field='number', label=_('No.'), kind='number', width='given'),
        Column(field='room', label=_('Room'), example='M4', width='narrow'),
        Column(field='subject', label=_('Subject')),
        Column(field='year_group', label=_('Year group'), width='narrow'),
        Column(field='students', label=_('Students'), kind='number'),
        Column(field='period', label=_('Only in'), kind='choice', choices=periods, width='narrow'),
        Column(field='no_devices', label=_('No devices'), kind='tick'),
        Column(field='left_out', label=_('Left out'), kind='tick'),
    ]


def _rows(plan: Plan) -> list[Row]:
    return [_row(room) for room in plan.classrooms]


def _row(room: Classroom) -> Row:
    fields = ('number', 'room', 'subject', 'year_group', 'students', 'period', 'no_devices', 'left_out')
    label = _('classroom {n} ({room})').format(n=room.number, room=room.room)
    return Row(id=room.id, label=label, values={field: getattr(room, field) for field in fields})
