"""The periods of the day, from bell to bell, in the host school's local time."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.accounts.model import Facilitator
from app.errors import BadInput, NotFound
from app.ids import new_id
from app.store import RoundWork
from app.texts import _

from .fields import PERIOD_FIELDS, as_seen, read
from .model import Period
from .part import FOR_PHONES, PlanPart, agree

MOST_PERIODS = 20


class Bells(PlanPart):
    """Periods are added, changed and taken out; a rota that no longer fits says so itself."""

    async def add(self, who: Facilitator, round_id: str, rows: Sequence[Mapping[str, Any]]) -> list[Period]:
        """New periods, all or none. A row has `start` and `end`, and a `name` if it has one.

        Raises `BadInput` when one ends before it begins or overlaps another.
        """
        async with self.planning(who, round_id, tell=FOR_PHONES) as work:
            there = await work.periods.all()
            if len(there) + len(rows) > MOST_PERIODS:
                raise BadInput(_('A day has at most {n} periods here. Nothing was added.').format(n=MOST_PERIODS))
            added: list[Period] = []
            for row in rows:
                name = str(row.get('name') or '').strip() or _('Period {n}').format(n=len(there) + len(added) + 1)
                values = {'name': name, 'start': row.get('start'), 'end': row.get('end')}
                period = Period(id=new_id(), **{field: read(PERIOD_FIELDS, field, values[field]) for field in values})
                check_bells(period, [*there, *added])
                added.append(period)
                await work.periods.put(period)
        return added

    async def change(
        self, who: Facilitator, round_id: str, key: str, field: str, value: object, *, seen: object
    ) -> Period:
        """Keep `value` in a field of a period; see `RoundService.change`."""
        async with self.planning(who, round_id, tell=FOR_PHONES) as work:
            period = await _period(work, key)
            new = read(PERIOD_FIELDS, field, value)
            if not agree(as_seen(PERIOD_FIELDS, field, seen), getattr(period, field), new, period.name):
                return period
            changed: Period = replace(period, **{field: new})
            check_bells(changed, [other for other in await work.periods.all() if other.id != key])
            await work.periods.put(changed)
        return changed

    async def remove(self, who: Facilitator, round_id: str, key: str) -> None:
        """Take a period out; classrooms that could be visited only then can be visited at any time."""
        async with self.planning(who, round_id, tell=FOR_PHONES) as work:
            for room in await work.classrooms.all(period=key):
                await work.classrooms.put(replace(room, period=''))
            await work.periods.remove(key)


def check_bells(period: Period, others: Sequence[Period]) -> None:
    """Raise `BadInput` when a period has no length or runs into one of the others."""
    known = {'name': period.name, 'start': f'{period.start:%H:%M}', 'end': f'{period.end:%H:%M}'}
    if period.end <= period.start:
        raise BadInput(_('“{name}” would end at {end}, before it begins at {start}.').format(**known))
    for other in others:
        if period.start < other.end and other.start < period.end:
            sentence = _('“{name}” ({start}–{end}) would run into “{other}” ({other_start}–{other_end}).')
            raise BadInput(
                sentence.format(
                    other=other.name, other_start=f'{other.start:%H:%M}', other_end=f'{other.end:%H:%M}', **known
                )
            )


async def _period(work: RoundWork, key: str) -> Period:
    period = await work.periods.get(key)
    if period is None:
        raise NotFound(_('This period has been taken out of the plan meanwhile.'))
    return period
