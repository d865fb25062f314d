"""How a round begins, is copied, put away and deleted."""

import datetime as dt
from dataclasses import replace

from app.accounts.model import Account, Facilitator
from app.errors import BadInput, NotFound, NotYours
from app.ids import new_id
from app.store import IndexWork, RoundWork
from app.texts import _, ngettext
from app.wording import worded

from .clock import day_in_words, is_past
from .codes import fresh_codes
from .fields import ROUND_FIELDS, read
from .model import Classroom, Code, CodeKind, Group, Round, RoundHead, RoundSchool, Visit
from .part import PlanPart
from .plan import Plan, read_plan, the_round
from .rota import visit_id
from .stages import Stage


class Life(PlanPart):
    """From the first title to the last byte."""

    async def create(self, who: Facilitator, title: str, date: dt.date | str) -> str:
        """A new, empty plan; see `RoundService.create`."""
        return await self._begin(who, title, date, None)

    async def copy(self, who: Facilitator, round_id: str, title: str, date: dt.date | str) -> str:
        """A new plan that begins with that of `round_id`; see `RoundService.copy`."""
        head = await self.access.facilitator(who, round_id)
        async with self.store.round(round_id) as work:
            pattern = await read_plan(work, head)
        return await self._begin(who, title, date, pattern)

    async def archive(self, who: Facilitator, round_id: str, archived: bool) -> None:
        """Put the round away, or take it out again."""
        await self.access.facilitator(who, round_id)
        async with self.store.index() as index:
            head = await self._own(index, who, round_id)
            await index.heads.put(replace(head, archived=archived))

    async def what_is_deleted(self, who: Facilitator, round_id: str) -> tuple[str, ...]:
        """Numbers of what would be gone; what is not there is not mentioned."""
        await self.access.facilitator(who, round_id)
        async with self.store.round(round_id) as work:
            counts = await _counts(work)
        return tuple(ngettext(one, many, n).format(n=f'{n:,}') for one, many, n in counts if n)

    async def delete(self, who: Facilitator, round_id: str, typed: str) -> None:
        """Delete the round. Its head, codes and links go first: a crash leaves nothing that still opens it."""
        await self.access.facilitator(who, round_id)
        async with self.store.round(round_id) as work:
            title = (await the_round(work)).title
        if worded(typed, 200, _('The title'), empty=True, lines=False).casefold() != title.casefold():
            raise BadInput(_('This is not the title of the round. Please type it as it stands above.'))
        async with self.store.index() as index:
            await self._own(index, who, round_id)
            for code in await index.codes.all(round=round_id):
                await index.codes.remove(code.id)
            for link in await index.links.all(round=round_id):
                await index.links.remove(link.id)
            for session in await index.sessions.all():
                if session.only_round == round_id:
                    await index.sessions.remove(session.id)
            await index.heads.remove(round_id)
        await self.store.delete_round(round_id)
        self.announcer.announce(round_id, 'stage')

    async def _own(self, index: IndexWork, who: Facilitator, round_id: str) -> RoundHead:
        """The head, for somebody of its own school: a guest plans along, but does not put away or delete."""
        account = await self.access.accounts.account_in(index, who)
        head = await index.heads.get(round_id)
        if head is None:
            raise NotFound(_('There is no such round. It may have been deleted.'))
        if head.school != account.school:
            raise NotYours(_('Only a facilitator of the host school can do this. Please ask one of them.'))
        return head

    async def _begin(self, who: Facilitator, title: str, date: dt.date | str, pattern: Plan | None) -> str:
        async with self.store.index() as index:
            account = await self.access.accounts.account_in(index, who)
            title, day, round_id = read(ROUND_FIELDS, 'title', title), read(ROUND_FIELDS, 'date', date), new_id()
            planned = await _first_draft(index, account, round_id, title, day)
            refuse_past(day, planned.timezone)
            kinds = [(CodeKind.JOIN, '')]
            rooms = _rooms_of(pattern, account.school)
            kinds += [(CodeKind.CLASSROOM, room.id) for room in rooms]
            codes = await fresh_codes(index, round_id, kinds)
        await self.store.create_round(round_id)
        async with self.store.round(round_id) as work:
            planned = _taken_over(replace(planned, join_code=codes[0].id), pattern)
            await work.plans.put(planned)
            if pattern is not None:
                await _put_copy(work, pattern, rooms, codes[1:], same_host=pattern.head.school == account.school)
        async with self.store.index() as index:
            await index.heads.put(_head(planned, account.school))
        return round_id


def refuse_past(day: dt.date, timezone: str) -> None:
    """Raise `BadInput` for a day that is over at the host school."""
    if is_past(day, timezone):
        sentence = _('{day} is over. Please choose today or a day to come.')
        raise BadInput(sentence.format(day=day_in_words(day)))


async def _first_draft(index: IndexWork, account: Account, round_id: str, title: str, day: dt.date) -> Round:
    school = await index.schools.get(account.school)
    if school is None:
        raise NotFound(_('Your school is not known here any more. Please ask another facilitator of the network.'))
    network = await index.networks.get(school.network)
    return Round(
        id=round_id,
        title=title,
        network=network.name if network else '',
        host_school=school.name,
        date=day,
        timezone=school.timezone,
        paper=school.paper,
        schools=(RoundSchool(id=school.id, name=school.name, host=True),),
    )


def _head(planned: Round, school: str) -> RoundHead:
    return RoundHead(
        id=planned.id,
        school=school,
        title=planned.title,
        date=planned.date,
        stage=Stage.PLANNED,
        created_at=dt.datetime.now(dt.UTC),
    )


def _taken_over(planned: Round, pattern: Plan | None) -> Round:
    """The draft with the focus, lenses, sizes and schools of an earlier round."""
    if pattern is None:
        return planned
    before, host = pattern.round, planned.schools[0]
    others = tuple(replace(school, host=False) for school in before.schools if school.id != host.id)
    same_host = pattern.head.school == host.id
    return replace(
        planned,
        host_school=before.host_school if same_host else planned.host_school,
        problem_of_practice=before.problem_of_practice,
        focus_statements=before.focus_statements,
        focus_checks=before.focus_checks if same_host else (),
        lenses=before.lenses,
        sizes=before.sizes,
        schools=before.schools if same_host else (host, *others),
    )


def _rooms_of(pattern: Plan | None, school: str) -> tuple[Classroom, ...]:
    """The classrooms of a copy, with ids of their own; none when another school is the host."""
    if pattern is None or pattern.head.school != school:
        return ()
    return tuple(replace(room, id=new_id(), code='', left_out=False, cover=False) for room in pattern.classrooms)


async def _put_copy(
    work: RoundWork, pattern: Plan, rooms: tuple[Classroom, ...], codes: list[Code], *, same_host: bool
) -> None:
    groups = {group.id: replace(group, id=new_id()) for group in pattern.groups}
    for group in groups.values():
        await work.groups.put(group)
    if not same_host:
        return
    periods = {period.id: replace(period, id=new_id()) for period in pattern.periods}
    for period in periods.values():
        await work.periods.put(period)
    new_rooms: dict[str, Classroom] = {}
    for before, room, code in zip(pattern.classrooms, rooms, codes, strict=True):
        only = periods.get(room.period)
        new_rooms[before.id] = replace(room, code=code.id, period=only.id if only else '')
        await work.classrooms.put(new_rooms[before.id])
    for visit in pattern.visits:
        if visit.group in groups and visit.classroom in new_rooms:
            await work.visits.put(_moved(visit, groups[visit.group], new_rooms[visit.classroom]))


def _moved(visit: Visit, group: Group, room: Classroom) -> Visit:
    return replace(visit, id=visit_id(group.id, room.id), group=group.id, classroom=room.id)


async def _counts(work: RoundWork) -> list[tuple[str, str, int]]:
    return [
        (_('the plan with {n} classroom'), _('the plan with {n} classrooms'), len(await work.classrooms.all())),
        (_('{n} group'), _('{n} groups'), len(await work.groups.all())),
        (_('{n} observer'), _('{n} observers'), len(await work.observers.all())),
        (_('{n} note'), _('{n} notes'), len(await work.notes.all(deleted=False))),
        (_('{n} card of the wall'), _('{n} cards of the wall'), len(await work.cards.all())),
        (_('{n} pattern'), _('{n} patterns'), len(await work.patterns.all())),
        (_('{n} prediction'), _('{n} predictions'), len(await work.predictions.all())),
        (_('{n} theory of action'), _('{n} theories of action'), len(await work.theories.all())),
        (_('{n} next step'), _('{n} next steps'), len(await work.next_steps.all())),
    ]
