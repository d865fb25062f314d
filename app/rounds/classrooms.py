"""The classrooms of a round: one lesson each, with a number and a code on its door. Never a teacher."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.accounts.model import Facilitator
from app.errors import BadInput, NotFound, Taken
from app.ids import new_id
from app.store import RoundWork
from app.texts import _

from .codes import fresh_codes, mark_replaced
from .fields import CLASSROOM_FIELDS, as_seen, read
from .model import Classroom, CodeKind
from .part import FOR_PHONES, PlanPart, agree, somebody_joined
from .plan import the_round
from .stages import Act, require

#: The numbers on doors have two digits at most: the printed address stays short.
MOST_CLASSROOMS = 99


class Classrooms(PlanPart):
    """Added, changed, taken out, and given new codes."""

    async def add(self, who: Facilitator, round_id: str, rows: Sequence[Mapping[str, Any]]) -> list[Classroom]:
        """New classrooms, in this order, all or none. A row has `room`, and other fields of a classroom if known.

        Numbers go on after the highest. Raises `BadInput` that names the row which does not fit.
        """
        await self.access.facilitator(who, round_id)
        read_rows = [_read(row, n, len(rows)) for n, row in enumerate(rows, start=1)]
        async with self.store.round(round_id) as work:
            require(Act.PLAN, (await the_round(work)).stage)
            await _check_many(work, len(rows))
        keys = [new_id() for _row in rows]
        async with self.store.index() as index:
            codes = await fresh_codes(index, round_id, [(CodeKind.CLASSROOM, key) for key in keys])
        async with self.planning(who, round_id, tell=FOR_PHONES) as work:
            await _check_many(work, len(rows))
            there = await work.classrooms.all()
            periods = {period.id for period in await work.periods.all()}
            first = max((room.number for room in there), default=0) + 1
            added = []
            for n, (key, values, code) in enumerate(zip(keys, read_rows, codes, strict=True)):
                if values.get('period', '') not in periods:
                    values['period'] = ''
                added.append(Classroom(**{**values, 'id': key, 'number': first + n, 'code': code.id}))
                await work.classrooms.put(added[-1])
        return added

    async def change(
        self, who: Facilitator, round_id: str, key: str, field: str, value: object, *, seen: object
    ) -> Classroom:
        """Keep `value` in a field of a classroom; see `RoundService.change`. A number in use raises `Taken`."""
        async with self.planning(who, round_id, tell=FOR_PHONES) as work:
            room = await _room(work, key)
            new = read(CLASSROOM_FIELDS, field, value)
            if not agree(
                as_seen(CLASSROOM_FIELDS, field, seen),
                getattr(room, field),
                new,
                _('Classroom {n}').format(n=room.number),
            ):
                return room
            if field == 'number':
                await _check_number(work, new)
            if field == 'period' and new and await work.periods.get(new) is None:
                raise BadInput(_('This period has been removed meanwhile. Please choose another one.'))
            changed: Classroom = replace(room, **{field: new})
            await work.classrooms.put(changed)
        return changed

    async def remove(self, who: Facilitator, round_id: str, key: str) -> None:
        """Take a classroom out of the plan, and its visits out of the rota.

        Once somebody has joined it can only be left out: its number stands on phones and doors.
        """
        async with self.planning(who, round_id, tell=FOR_PHONES) as work:
            room = await work.classrooms.get(key)
            if room is None:
                return
            if await somebody_joined(work):
                sentence = _('Visitors have joined already, so classroom {n} keeps its number. Mark it as left out.')
                raise BadInput(sentence.format(n=room.number))
            for visit in await work.visits.all(classroom=key):
                await work.visits.remove(visit.id)
            await work.classrooms.remove(key)
        await self._replaced(room.code)

    async def new_code(self, who: Facilitator, round_id: str, key: str) -> str:
        """A new code for a door; its card has to be printed again, and the old code answers kindly."""
        await self.access.facilitator(who, round_id)
        async with self.store.round(round_id) as work:
            await _room(work, key)
        async with self.store.index() as index:
            [code] = await fresh_codes(index, round_id, [(CodeKind.CLASSROOM, key)])
        async with self.planning(who, round_id, None) as work:
            room = await _room(work, key)
            await work.classrooms.put(replace(room, code=code.id))
        await self._replaced(room.code)
        return code.id

    async def new_join_code(self, who: Facilitator, round_id: str) -> str:
        """A new code for the hall; see `RoundService.new_join_code`."""
        await self.access.facilitator(who, round_id)
        async with self.store.index() as index:
            [code] = await fresh_codes(index, round_id, [(CodeKind.JOIN, '')])
        async with self.planning(who, round_id, None) as work:
            planned = await the_round(work)
            await work.plans.put(replace(planned, join_code=code.id))
        await self._replaced(planned.join_code)
        return code.id

    async def _replaced(self, code: str) -> None:
        # NOTE: last of the three works. After a crash before it, two codes open the same door, and none is dead.
        if code:
            async with self.store.index() as index:
                await mark_replaced(index, [code])


async def _room(work: RoundWork, key: str) -> Classroom:
    room = await work.classrooms.get(key)
    if room is None:
        raise NotFound(_('This classroom has been taken out of the plan meanwhile.'))
    return room


async def _check_number(work: RoundWork, number: int) -> None:
    if await somebody_joined(work):
        raise BadInput(_('Visitors have joined already, so numbers stay as they are on doors and phones.'))
    other = next(iter(await work.classrooms.all(number=number)), None)
    if other is not None:
        sentence = _('Number {n} belongs to room {room}. Please choose a number that is free.')
        raise Taken(sentence.format(n=number, room=other.room))


async def _check_many(work: RoundWork, more: int) -> None:
    highest = max((room.number for room in await work.classrooms.all()), default=0)
    if highest + more > MOST_CLASSROOMS:
        sentence = _('A round has at most {n} classrooms, so these do not fit. Nothing was added.')
        raise BadInput(sentence.format(n=MOST_CLASSROOMS))


def _read(row: Mapping[str, Any], n: int, of: int) -> dict[str, Any]:
    known = ('room', 'subject', 'year_group', 'period', 'students', 'no_devices')
    try:
        return {field: read(CLASSROOM_FIELDS, field, row.get(field)) for field in known}
    except BadInput as error:
        if of == 1:
            raise
        raise BadInput(_('Row {n}: {why}').format(n=n, why=error.sentence)) from error
