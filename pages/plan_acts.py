"""The planning components' acts, for one facilitator and one round."""

import datetime as dt
from typing import Any

from app.accounts.model import Facilitator
from app.observation.lessons import LessonService
from app.rounds.clock import now_in
from app.rounds.guests import Guest
from app.rounds.model import Link, LinkKind, Visit
from app.rounds.service import RoundService
from app.schools.model import School


class Acts:
    """Hands every act on to the service of rounds, or of lessons; see `components.plan.acts.PlanActs`."""

    def __init__(
        self,
        rounds: RoundService,
        lessons: LessonService,
        who: Facilitator,
        round_id: str,
        *,
        address: str,
        timezone: str,
    ) -> None:
        self.rounds = rounds
        self.lessons = lessons
        self.of = (who, round_id)
        self.address = address
        self.timezone = timezone

    def now(self) -> dt.datetime:
        return now_in(self.timezone)

    async def change(self, row: str, field: str, value: object, seen: object) -> object:
        kept = await self.rounds.change(*self.of, field, value, seen=seen)
        return getattr(kept.sizes, field.removeprefix('sizes.')) if field.startswith('sizes.') else getattr(kept, field)

    async def change_school(self, row: str, field: str, value: object, seen: object) -> object:
        return (await self.rounds.schools.change(*self.of, row, value, seen=seen)).name

    async def add_schools(self, names: list[str]) -> None:
        await self.rounds.schools.add(*self.of, names)

    async def add_school(self, name: str) -> None:
        await self.rounds.schools.add_one(*self.of, name)

    async def remove_school(self, row: str) -> None:
        await self.rounds.schools.remove(*self.of, row)

    async def network(self) -> list[School]:
        return await self.rounds.schools.in_network(*self.of)

    async def divide(self, people: object) -> None:
        await self.rounds.groups.divide(*self.of, people)

    async def add_group(self, name: str) -> None:
        await self.rounds.groups.add(*self.of, name)

    async def change_group(self, row: str, field: str, value: object, seen: object) -> object:
        return getattr(await self.rounds.groups.change(*self.of, row, field, value, seen=seen), field)

    async def remove_group(self, row: str) -> None:
        await self.rounds.groups.remove(*self.of, row)

    async def add_classrooms(self, rows: list[dict[str, Any]]) -> None:
        await self.rounds.classrooms.add(*self.of, rows)

    async def change_classroom(self, row: str, field: str, value: object, seen: object) -> object:
        return getattr(await self.rounds.classrooms.change(*self.of, row, field, value, seen=seen), field)

    async def remove_classroom(self, row: str) -> None:
        await self.rounds.classrooms.remove(*self.of, row)

    async def add_periods(self, rows: list[dict[str, Any]]) -> None:
        await self.rounds.bells.add(*self.of, rows)

    async def change_period(self, row: str, field: str, value: object, seen: object) -> object:
        return getattr(await self.rounds.bells.change(*self.of, row, field, value, seen=seen), field)

    async def remove_period(self, row: str) -> None:
        await self.rounds.bells.remove(*self.of, row)

    async def make_rota(self) -> None:
        await self.rounds.rota.make(*self.of)

    async def put_visit(self, group: str, classroom: str, start: str, end: str) -> None:
        await self.rounds.rota.put(*self.of, group, classroom, start, end)

    async def move_visit(self, seen: Visit, classroom: str, start: str, end: str) -> None:
        await self.rounds.rota.move(*self.of, seen, classroom, start, end)

    async def swap_visits(self, one: Visit, other: Visit) -> None:
        await self.rounds.rota.swap(*self.of, one, other)

    async def remove_visit(self, seen: Visit) -> None:
        await self.rounds.rota.remove(*self.of, seen)

    async def new_code(self, classroom: str) -> None:
        if classroom:
            await self.rounds.classrooms.new_code(*self.of, classroom)
        else:
            await self.rounds.new_join_code(*self.of)

    async def new_slip_code(self, classroom: str) -> None:
        await self.lessons.replace_code(*self.of, classroom)

    async def make_link(self, kind: LinkKind) -> str:
        place = 'show' if kind is LinkKind.PROJECTION else 'outcome'
        return f'{self.address}/{place}/{await self.rounds.make_link(*self.of, kind)}'

    async def links(self) -> list[Link]:
        return await self.rounds.links(*self.of)

    async def revoke_link(self, link: str) -> None:
        await self.rounds.revoke_link(*self.of, link)

    async def guests(self) -> list[Guest]:
        return await self.rounds.guests.all(*self.of)

    async def invite_guest(self, email: str) -> None:
        await self.rounds.guests.invite(*self.of, email)

    async def remove_guest(self, account: str) -> None:
        await self.rounds.guests.remove(*self.of, account)

    async def copy(self, title: str, date: str) -> str:
        return await self.rounds.copy(*self.of, title, date)

    async def archive(self, archived: bool) -> None:
        await self.rounds.archive(*self.of, archived)

    async def what_is_deleted(self) -> tuple[str, ...]:
        return await self.rounds.what_is_deleted(*self.of)

    async def delete(self, typed: str) -> None:
        await self.rounds.delete(*self.of, typed=typed)
