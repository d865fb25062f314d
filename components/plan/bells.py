"""When the bells ring."""

from dataclasses import asdict
from typing import Any

from app.rounds.model import Period
from app.rounds.pasted import PastedPeriod, pasted_periods
from app.rounds.plan import Plan
from app.texts import _
from components.layout import text
from components.plan.paste import Paste
from components.plan.section import Section, button, row, sheet
from components.plan.sheet import Column, Row, Sheet


class Bells(Section):
    """One line a period; a break is what lies between two."""

    async def draw(self) -> None:
        """The table, and how to paste into it."""
        with sheet(_('Bells'), _('The periods in which classrooms can be visited; breaks are what lies between.')):
            self.table = Sheet(
                f'periods-{self.plan.round.id}',
                [
                    Column(field='name', label=_('Period'), example=_('Next number')),
                    Column(field='start', label=_('Begins'), kind='time', example='8:50'),
                    Column(field='end', label=_('Ends'), kind='time', example='9:50'),
                ],
                _rows(self.plan),
                self.acts.change_period,
                now=self.now,
                on_add=self._add,
                add=_('Add'),
                on_remove=self.acts.remove_period,
                changeable=self.plan.changeable,
            )
            if self.plan.changeable:
                with row():
                    button(_('Paste from a spreadsheet'), self._paste)
            self.zone = text('p', '', 'plan-note')
        self._say_zone()

    async def show(self, plan: Plan) -> None:
        """Every line from the plan, but fields in which somebody types."""
        await super().show(plan)
        self.table.show(_rows(plan), changeable=plan.changeable)
        self._say_zone()

    def _say_zone(self) -> None:
        sentence = _('Local time in {zone}, where it is {now} now. A visit never crosses a bell.')
        zone = self.plan.round.timezone.replace('_', ' ')
        self.zone.set_text(sentence.format(zone=zone, now=f'{self.now():%H:%M}'))

    async def _add(self, values: dict[str, Any]) -> None:
        await self.acts.add_periods([values])

    async def _paste(self) -> None:
        Paste(
            title=_('Paste bell times'),
            hint=_('One period a line: name, beginning, end. “08:50–09:50” in one column will do too.'),
            read=pasted_periods,
            heads=(_('Period'), _('Begins'), _('Ends')),
            cells=lambda period: (period.name, f'{period.start:%H:%M}', f'{period.end:%H:%M}'),
            take=self._take,
        ).open()

    async def _take(self, periods: list[PastedPeriod]) -> None:
        await self.acts.add_periods([asdict(period) for period in periods])


def _rows(plan: Plan) -> list[Row]:
    return [_row(period) for period in plan.periods]


def _row(period: Period) -> Row:
    return Row(id=period.id, label=period.name, values={'name': period.name, 'start': period.start, 'end': period.end})
