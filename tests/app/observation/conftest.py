"""A round on its day: three classrooms, two groups, an observer's way in."""

import datetime as dt
from dataclasses import dataclass, field, replace

import pytest

from app.accounts.service import AccountService
from app.announce import Announcer
from app.debrief.model import Card
from app.observation.joining import Joining
from app.observation.model import Note, ObserverAsker
from app.observation.service import Home, ObservationService
from app.observation.sheets import SheetService
from app.rounds.access import Access
from app.rounds.model import Classroom, Code, CodeKind, Group, Round, RoundSchool, Visit
from app.rounds.stages import Stage
from app.store import RoundWork, Store
from tests.builders import QUICK

ROUND = 'spring-round'
HALL = 'HALL22'


@dataclass
class Day:
    store: Store
    announcer: Announcer = field(default_factory=Announcer)
    followed: list[tuple[Note, Note | None]] = field(default_factory=list)

    def __post_init__(self):
        access = Access(self.store, AccountService(self.store, hashes=QUICK))
        self.observation = ObservationService(self.store, self.announcer, access, followers=(self._follow,))
        self.sheets = SheetService(self.store, access, self.observation.wrong_codes)

    async def _follow(self, work: RoundWork, note: Note, before: Note | None) -> None:
        self.followed.append((note, before))
        if note.chosen:
            await work.cards.put(Card(id=f'card-{note.id}', note=note.id, group='', visit='', text=note.text, place=0))

    async def plan(self) -> None:
        await self.store.create_round(ROUND)
        async with self.store.index() as work:
            await work.codes.put(Code(id=HALL, round=ROUND, kind=CodeKind.JOIN))
            await work.codes.put(Code(id='RMVED2', round=ROUND, kind=CodeKind.JOIN, replaced=True))
            for number in (1, 2, 3):
                door = f'DR222{number + 1}'
                await work.codes.put(Code(id=door, round=ROUND, kind=CodeKind.CLASSROOM, classroom=f'c{number}'))
        async with self.store.round(ROUND) as work:
            await work.plans.put(
                Round(
                    id=ROUND,
                    title='Spring round',
                    network='Five Bays',
                    host_school='Harbour View',
                    date=dt.date(2026, 11, 24),
                    timezone='Europe/London',
                    stage=Stage.OPEN,
                    problem_of_practice='Students explain their thinking to each other too rarely.',
                    schools=(
                        RoundSchool(id='s1', name='Harbour View', host=True),
                        RoundSchool(id='s2', name='Tidewell'),
                    ),
                    join_code=HALL,
                )
            )
            for number in (1, 2, 3):
                room = Classroom(id=f'c{number}', number=number, room=f'B{number}', code=f'DR222{number + 1}')
                await work.classrooms.put(room)
            for number in (1, 2):
                await work.groups.put(Group(id=f'g{number}', number=number, name=f'Group {number}'))
            times = {'start': dt.time(9, 0), 'end': dt.time(9, 20)}
            await work.visits.put(Visit(id='v1', group='g1', classroom='c1', **times))

    async def at(self, stage: Stage, **changes) -> None:
        async with self.store.round(ROUND) as work:
            await work.plans.put(replace(await work.plans.get(ROUND), stage=stage, **changes))
        self.announcer.announce(ROUND, 'stage')

    async def join(self, name='Ann', school='s2', **more) -> tuple[str, Home]:
        joining = Joining(**{'code': HALL, 'display_name': name, 'school': school, **more})
        return await self.observation.join(joining, address='10.0.0.1')

    async def asker(self, name='Ann', **more) -> ObserverAsker:
        token, _home = await self.join(name, **more)
        return await self.observation.asker(token)


@pytest.fixture
async def day(store: Store) -> Day:
    made = Day(store)
    await made.plan()
    return made
