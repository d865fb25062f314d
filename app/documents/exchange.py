"""Whole rounds in and out: files of the format `rounds/1`, and the sample round."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from app.accounts.model import Facilitator
from app.announce import Announcer
from app.errors import NotFound
from app.ids import new_id
from app.rounds.access import Access
from app.rounds.codes import fresh_codes
from app.rounds.model import CodeKind, RoundHead
from app.rounds.stages import Stage
from app.store import RoundWork, Store
from app.texts import _

from .round_file import read_round_file
from .round_file_write import written
from .sample_round import TIMEZONE, sample_documents, sample_id
from .whole_round import KINDS, Documents, Names, called, in_work, put_whole, read_whole

#: What the stage picker of the sample sets; the plan, its codes and who has joined stay.
_SET_BY_STAGE = ('notes', 'revisions', 'cards', 'patterns', 'predictions', 'theories', 'next_steps')
#: Of these, what people added to the sample is taken out too: it would not fit the other stage.
_OF_THE_WALL = frozenset(('patterns', 'predictions', 'theories', 'next_steps'))
_FORGOTTEN = (
    'acts', 'screens', 'released', 'versions', 'sortings', 'piles', 'votes', 'ballots', 'agendas', 'holdings',
    'private_notes',
)  # fmt: skip


@dataclass(frozen=True)
class ExchangeService:
    """What the operator does with files, and everybody with the sample.

    There is no export for facilitators: a file holds what only its author may read.
    """

    store: Store
    announcer: Announcer
    access: Access

    async def import_file(self, school_id: str, data: bytes) -> tuple[str, tuple[str, ...]]:
        """The id of a new round of this school with everything that the file holds, and a warning for each unknown key.

        It gets ids and codes of its own; the days until a closed one is purged count from now. Raises `BadInput` that
        names the line or key of a broken file: then nothing has changed.
        """
        read = read_round_file(data, timezone=await self._timezone(school_id) or 'UTC')
        round_id = new_id()
        names = _names(round_id, school_id, read.documents, lambda _kind, _key, _n: new_id())
        await self._begin(round_id, school_id, called(read.documents, names))
        return round_id, read.warnings

    async def export(self, round_id: str) -> dict[str, Any]:
        """Everything of a round but what opens something, as plain data; `NotFound` where there is none."""
        async with self.store.round(round_id) as work:
            documents = await read_whole(work)
        if not documents['plans']:
            raise NotFound(_('There is no such round here. Perhaps it was deleted.'))
        return written(documents)

    async def make_sample(self, school_id: str, today: dt.date | None = None) -> str:
        """The id of this school's sample round, at *analysis* when it is new, joinable and accepting notes.

        One of an earlier day is brought to today; one of today is left as it is. Without a school, as before the
        first one is set up, it belongs to none.
        """
        timezone = await self._timezone(school_id) or TIMEZONE
        now = _moment(today, timezone)
        async with self.store.index() as index:
            there = [head for head in await index.heads.all(school=school_id) if head.sample]
        if there:
            if there[0].date != now.date():
                await self._move_sample(there[0], Stage.ANALYSIS, now, timezone)
            return there[0].id
        round_id = new_id()
        await self._begin(round_id, school_id, _sample(round_id, school_id, Stage.ANALYSIS, now, timezone))
        return round_id

    async def move_sample(self, who: Facilitator, round_id: str, stage: Stage) -> None:
        """Show the sample in another stage, with what a round would hold then; notes of people who joined stay.

        What was sorted, named and written at the wall is replaced. Raises `NotFound` for a round that is no sample.
        """
        head = await self.access.facilitator(who, round_id)
        if not head.sample or stage is Stage.PURGED:
            raise NotFound(_('Only the sample round can be moved like this; in a round of yours, open the next stage.'))
        timezone = await self._timezone(head.school) or TIMEZONE
        await self._move_sample(head, stage, _moment(head.date, timezone), timezone)

    async def _begin(self, round_id: str, school_id: str, documents: Documents) -> None:
        """Keep a new round. Its head comes last: a crash before leaves nothing that anybody sees."""
        [plan] = documents['plans']
        if plan['stage'] != Stage.PURGED:
            await self._give_codes(round_id, documents)
        await self.store.create_round(round_id)
        try:
            async with self.store.round(round_id) as work:
                await put_whole(work, documents)
        except Exception:
            await self._leave_nothing(round_id)
            raise
        head = RoundHead(
            id=round_id,
            school=school_id,
            title=plan['title'],
            date=dt.date.fromisoformat(plan['date']),
            stage=Stage(plan['stage']),
            created_at=dt.datetime.now(dt.UTC),
            sample=plan['sample'],
        )
        async with self.store.index() as index:
            await index.heads.put(head)

    async def _leave_nothing(self, round_id: str) -> None:
        async with self.store.index() as index:
            for code in await index.codes.all(round=round_id):
                await index.codes.remove(code.id)
        await self.store.delete_round(round_id)

    async def _give_codes(self, round_id: str, documents: Documents) -> None:
        kinds = [(CodeKind.JOIN, ''), *((CodeKind.CLASSROOM, room['id']) for room in documents['classrooms'])]
        async with self.store.index() as index:
            hall, *doors = await fresh_codes(index, round_id, kinds)
        documents['plans'][0]['join_code'] = hall.id
        for room, code in zip(documents['classrooms'], doors, strict=True):
            room['code'] = code.id

    async def _move_sample(self, head: RoundHead, stage: Stage, now: dt.datetime, timezone: str) -> None:
        whole, new = (_sample(head.id, head.school, each, now, timezone) for each in (Stage.CLOSED, stage))
        async with self.store.round(head.id) as work:
            plan = await work.plans.get(head.id)
            if plan is None:
                raise NotFound(_('There is no such round here. Perhaps it was deleted.'))
            closed_at = dt.datetime.now(dt.UTC) if stage is Stage.CLOSED else None
            await work.plans.put(replace(plan, stage=stage, date=now.date(), closed_at=closed_at))
            for name in _SET_BY_STAGE:
                await _set_collection(work, name, whole, new)
            await _take_out_of_patterns(work, new)
            for name in _FORGOTTEN:
                await in_work(work, name).clear()
        async with self.store.index() as index:
            kept = await index.heads.get(head.id)
            if kept is not None:
                await index.heads.put(replace(kept, stage=stage, date=now.date()))
        for kind in ('stage', 'plan', 'card', 'note', 'words'):
            self.announcer.announce(head.id, kind)

    async def _timezone(self, school_id: str) -> str:
        async with self.store.index() as index:
            school = await index.schools.get(school_id) if school_id else None
        return school.timezone if school else ''


def _names(round_id: str, school_id: str, documents: Documents, mint: Callable[[str, str, int], str]) -> Names:
    """New ids; the host is the school that the round belongs to."""
    names = Names(mint)
    [plan] = documents['plans']
    names.give('round', plan['id'], round_id)
    host = next((school['id'] for school in plan['schools'] if school['host']), '')
    if host and school_id:
        names.give('schools', host, school_id)
    return names


def _sample(round_id: str, school_id: str, stage: Stage, now: dt.datetime, timezone: str) -> Documents:
    documents = sample_documents(stage, now, timezone)

    def mint(kind: str, key: str, _n: int) -> str:
        return sample_id(round_id, kind, key)

    return called(documents, _names(round_id, school_id, documents, mint))


def _moment(day: dt.date | None, timezone: str) -> dt.datetime:
    """Now on that day, local time of the school."""
    now = dt.datetime.now(ZoneInfo(timezone))
    return now if day is None else dt.datetime.combine(day, now.time(), now.tzinfo)


async def _set_collection(work: RoundWork, name: str, whole: Documents, new: Documents) -> None:
    ids, of_the_sample = ({document['id'] for document in documents[name]} for documents in (new, whole))
    for model in await in_work(work, name).all():
        if model.id not in ids and (model.id in of_the_sample or name in _OF_THE_WALL):
            await in_work(work, name).remove(model.id)
    for document in new[name]:
        await in_work(work, name).put(KINDS[name].validate_python(document))


async def _take_out_of_patterns(work: RoundWork, new: Documents) -> None:
    """Cards of people who joined: the patterns that they were sorted into are gone."""
    patterns = {pattern['id'] for pattern in new['patterns']}
    for card in await work.cards.all():
        if card.pattern and card.pattern not in patterns:
            await work.cards.put(replace(card, pattern=''))
