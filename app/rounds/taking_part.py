"""The schools whose people visit: the host and those that are invited."""

from collections.abc import Sequence
from dataclasses import replace

from app.accounts.model import Facilitator
from app.errors import BadInput, NotFound
from app.ids import new_id
from app.schools.model import School
from app.store import RoundWork
from app.texts import _
from app.wording import worded

from .model import RoundSchool
from .part import FOR_PHONES, PlanPart, agree
from .plan import the_round

MOST_SCHOOLS = 60


class TakingPart(PlanPart):
    """Observers choose their school from these when they join."""

    async def in_network(self, who: Facilitator, round_id: str) -> list[School]:
        """The schools of the host's network that are not in the round yet, by name."""
        head = await self.access.facilitator(who, round_id)
        async with self.store.index() as index:
            host = await index.schools.get(head.school)
            schools = await index.schools.all(network=host.network) if host else []
        async with self.store.round(round_id) as work:
            there = {school.id for school in (await the_round(work)).schools}
        return sorted((school for school in schools if school.id not in there), key=lambda school: school.name)

    async def add(self, who: Facilitator, round_id: str, names: Sequence[str]) -> list[RoundSchool]:
        """Schools by name, in this order; those that take part already are left as they are.

        A school of the network keeps its identity, so that theories can be followed across rounds.
        """
        known = {school.name.casefold(): school.id for school in await self.in_network(who, round_id)}
        wanted = list(dict.fromkeys(worded(name, 120, _('The name of a school'), lines=False) for name in names))
        async with self.planning(who, round_id, tell=FOR_PHONES) as work:
            planned = await the_round(work)
            there = {school.name.casefold() for school in planned.schools}
            ids = {school.id for school in planned.schools}
            added = [
                RoundSchool(
                    id=key if (key := known.get(name.casefold(), '')) and key not in ids else new_id(), name=name
                )
                for name in wanted
                if name.casefold() not in there
            ]
            if len(planned.schools) + len(added) > MOST_SCHOOLS:
                raise BadInput(_('At most {n} schools take part in a round.').format(n=MOST_SCHOOLS))
            await work.plans.put(replace(planned, schools=planned.schools + tuple(added)))
        return added

    async def add_one(self, who: Facilitator, round_id: str, name: str) -> RoundSchool:
        """One school by its name. Raises `BadInput` where it takes part already: nothing would have been added."""
        added = await self.add(who, round_id, [name])
        if not added:
            raise BadInput(_('“{name}” takes part already.').format(name=name.strip()))
        return added[0]

    async def change(self, who: Facilitator, round_id: str, key: str, name: object, *, seen: object) -> RoundSchool:
        """Rename a school; the host's name is the one that is printed."""
        async with self.planning(who, round_id, tell=FOR_PHONES) as work:
            planned = await the_round(work)
            school = next((school for school in planned.schools if school.id == key), None)
            if school is None:
                raise NotFound(_('This school has been taken out of the plan meanwhile.'))
            new = worded(str(name or ''), 120, _('The name of a school'), lines=False)
            if not agree(seen, school.name, new, school.name):
                return school
            if any(other.id != key and other.name.casefold() == new.casefold() for other in planned.schools):
                raise BadInput(_('“{name}” takes part already.').format(name=new))
            changed = replace(school, name=new)
            schools = tuple(changed if other.id == key else other for other in planned.schools)
            host = new if school.host else planned.host_school
            await work.plans.put(replace(planned, schools=schools, host_school=host))
        return changed

    async def remove(self, who: Facilitator, round_id: str, key: str) -> None:
        """Take a school out. Raises `BadInput` for the host and for a school whose people have joined."""
        async with self.planning(who, round_id, tell=FOR_PHONES) as work:
            planned = await the_round(work)
            school = next((school for school in planned.schools if school.id == key), None)
            if school is None:
                return
            if school.host:
                raise BadInput(_('The host school always takes part.'))
            await _check_nobody(work, school)
            kept = tuple(other for other in planned.schools if other.id != key)
            await work.plans.put(replace(planned, schools=kept))


async def _check_nobody(work: RoundWork, school: RoundSchool) -> None:
    if any(observer.school == school.id for observer in await work.observers.all()):
        raise BadInput(_('Visitors of {name} have joined already, so it stays.').format(name=school.name))
