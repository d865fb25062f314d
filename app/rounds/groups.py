"""The groups in which observers go from classroom to classroom."""

from dataclasses import replace
from string import ascii_uppercase

from app.accounts.model import Facilitator
from app.errors import BadInput, NotFound
from app.ids import new_id
from app.store import RoundWork
from app.texts import _, ngettext

from .fields import GROUP_FIELDS, as_seen, number, read
from .model import Group
from .part import FOR_PHONES, PlanPart, agree
from .plan import the_round

MOST_PEOPLE = 120
MOST_GROUPS = 26


class Groups(PlanPart):
    """Made from a number of people, or one by one."""

    async def divide(self, who: Facilitator, round_id: str, people: object) -> list[Group]:
        """Groups for so many people, of the planned size and as even as can be, in place of those there were.

        Raises `BadInput` when observers have chosen their group already.
        """
        async with self.planning(who, round_id, tell=FOR_PHONES) as work:
            n = number(1, MOST_PEOPLE, lambda: _('The number of visitors'))(people)
            if any(observer.group for observer in await work.observers.all()):
                raise BadInput(_('Visitors are in these groups already. Change the groups one by one.'))
            sizes = even_sizes(n, (await the_round(work)).sizes.group_size)
            if len(sizes) > MOST_GROUPS:
                raise BadInput(_('That makes more than {n} groups. Please make them larger.').format(n=MOST_GROUPS))
            old = sorted(await work.groups.all(), key=lambda group: group.number)
            for group in old[len(sizes) :]:
                await _take_out(work, group)
            made = []
            for place, size in enumerate(sizes):
                kept = old[place] if place < len(old) else _group(place + 1, [group.name for group in old])
                made.append(replace(kept, number=place + 1, size=size))
                await work.groups.put(made[-1])
        return made

    async def add(self, who: Facilitator, round_id: str, name: str = '') -> Group:
        """One more group, of the planned size; without a name it gets the next letter."""
        async with self.planning(who, round_id, tell=FOR_PHONES) as work:
            there = await work.groups.all()
            if len(there) >= MOST_GROUPS:
                raise BadInput(_('A round has at most {n} groups.').format(n=MOST_GROUPS))
            group = _group(max((group.number for group in there), default=0) + 1, [group.name for group in there])
            group = replace(group, size=(await the_round(work)).sizes.group_size)
            if name.strip():
                group = replace(group, name=read(GROUP_FIELDS, 'name', name))
                await _check_name(work, group)
            await work.groups.put(group)
        return group

    async def change(
        self, who: Facilitator, round_id: str, key: str, field: str, value: object, *, seen: object
    ) -> Group:
        """Keep `value` in a field of a group; see `RoundService.change`."""
        async with self.planning(who, round_id, tell=FOR_PHONES) as work:
            group = await work.groups.get(key)
            if group is None:
                raise NotFound(_('This group has been taken out of the plan meanwhile.'))
            new = read(GROUP_FIELDS, field, value)
            if not agree(as_seen(GROUP_FIELDS, field, seen), getattr(group, field), new, group.name):
                return group
            changed: Group = replace(group, **{field: new})
            await _check_name(work, changed)
            await work.groups.put(changed)
        return changed

    async def remove(self, who: Facilitator, round_id: str, key: str) -> None:
        """Take a group and its visits out. Raises `BadInput` while observers are in it."""
        async with self.planning(who, round_id, tell=FOR_PHONES) as work:
            group = await work.groups.get(key)
            if group is None:
                return
            n = len(await work.observers.all(group=key))
            if n:
                one, many = _('{n} visitor is in {group}.'), _('{n} visitors are in {group}.')
                sentence = ngettext(one, many, n).format(n=n, group=group.name)
                raise BadInput(sentence + ' ' + _('On the page of the day two groups can be joined.'))
            await _take_out(work, group)


def even_sizes(people: int, size: int) -> list[int]:
    """The fewest groups of at most `size`, differing by at most one: 10 people in fours are 4, 3 and 3."""
    n = -(-people // size)
    return [people // n + (place < people % n) for place in range(n)]


def _group(number_: int, names: list[str]) -> Group:
    free = [letter for letter in ascii_uppercase if _('Group {letter}').format(letter=letter) not in names]
    preferred = ascii_uppercase[number_ - 1 : number_]
    letter = preferred if preferred in free else next(iter(free), str(number_))
    return Group(id=new_id(), number=number_, name=_('Group {letter}').format(letter=letter))


async def _check_name(work: RoundWork, group: Group) -> None:
    for other in await work.groups.all():
        if other.id != group.id and other.name.casefold() == group.name.casefold():
            raise BadInput(
                _('Another group is called “{name}”. Please choose a different name.').format(name=group.name)
            )


async def _take_out(work: RoundWork, group: Group) -> None:
    for visit in await work.visits.all(group=group.id):
        await work.visits.remove(visit.id)
    await work.groups.remove(group.id)
