"""A round in its debrief: two groups of observers, their notes, a facilitator, the services that the hall uses."""

import datetime as dt
from dataclasses import dataclass, field, replace

from app.accounts.model import Account, Facilitator, Session
from app.accounts.service import AccountService
from app.announce import Announcer
from app.debrief import phone
from app.debrief.acts import record_author
from app.debrief.agenda import AgendaService, agenda_part
from app.debrief.cards import follow
from app.debrief.model import CardState
from app.debrief.moments import MomentService
from app.debrief.service import DebriefService
from app.debrief.sortings import SortingService
from app.debrief.votes import VoteService, vote_part
from app.ids import hashed, new_id
from app.observation.model import Device, Observer, ObserverAsker
from app.observation.receiving import SentNote
from app.observation.service import ObservationService
from app.rounds.access import Access
from app.rounds.model import Classroom, Group, Link, LinkKind, Round, RoundHead
from app.rounds.stages import Stage
from app.store import Store
from app.theory import phone as theory_phone
from app.theory.phone import drafts_part
from app.theory.service import TheoryService
from app.theory.view import theory_part
from tests.builders import QUICK

ROUND = 'autumn-round'
NOW = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
OBSERVERS = {'Ruth': 'g1', 'Tom': 'g1', 'Nia': 'g2', 'Owen': 'g2'}
ON_THE_WALL = ('cards', 'patterns', 'predictions', 'theories', 'next_steps')


@dataclass
class Hall:
    store: Store
    announcer: Announcer = field(default_factory=Announcer)

    def __post_init__(self):
        self.accounts = AccountService(self.store, hashes=QUICK)
        access = Access(self.store, self.accounts)
        self.observation = ObservationService(
            self.store, self.announcer, access, followers=(follow,), keeps=record_author
        )
        self.debrief = DebriefService(
            self.store,
            self.announcer,
            access,
            parts=(agenda_part, vote_part, theory_part),
            group_parts=(drafts_part,),
            phone_acts={**phone.KINDS, **theory_phone.KINDS},
        )
        self.sorting = SortingService(self.store, self.announcer, access)
        self.agenda = AgendaService(self.store, self.announcer, access)
        self.votes = VoteService(self.store, self.announcer, access)
        self.moments = MomentService(self.store, self.announcer, access)
        self.theory = TheoryService(self.store, self.announcer, access)

    async def open(self):
        await self.store.create_round(ROUND)
        self.who = await self.facilitator('ama', 'harbour')
        async with self.store.index() as work:
            await work.heads.put(
                RoundHead(
                    id=ROUND,
                    school='harbour',
                    title='Autumn round',
                    date=dt.date(2026, 11, 20),
                    stage=Stage.SELECTION,
                    created_at=NOW,
                )
            )
            await work.links.put(Link(id=hashed('hall'), round=ROUND, kind=LinkKind.PROJECTION, created_at=NOW))
            await work.links.put(Link(id=hashed('paper'), round=ROUND, kind=LinkKind.OUTCOME, created_at=NOW))
        async with self.store.round(ROUND) as work:
            await work.plans.put(
                Round(
                    id=ROUND,
                    title='Autumn round',
                    network='Five Bays',
                    host_school='Harbour View',
                    date=dt.date(2026, 11, 20),
                    timezone='Europe/London',
                    stage=Stage.SELECTION,
                )
            )
            for number in (1, 2, 3):
                await work.classrooms.put(Classroom(id=f'c{number}', number=number, room=f'Lab {number}'))
            for number in (1, 2):
                await work.groups.put(Group(id=f'g{number}', number=number, name=f'Group {number}'))
            for name, group in OBSERVERS.items():
                await work.observers.put(Observer(id=f'o-{name}', display_name=name, school='s', group=group))
                await work.devices.put(Device(id=f'd-{name}', observer=f'o-{name}', created_at=NOW))

    async def facilitator(self, name, school):
        async with self.store.index() as work:
            account = Account(
                id=name, email=f'{name}@x.example', name=name, school=school, passphrase='', created_at=NOW
            )
            await work.accounts.put(account)
            await work.sessions.put(
                Session(id=hashed(name), account=name, created_at=NOW, expires_at=NOW + dt.timedelta(days=9_000))
            )
        return Facilitator(session=hashed(name), account=name, school=school, name=name)

    def asker(self, name):
        return ObserverAsker(round=ROUND, observer=f'o-{name}', device=f'd-{name}')

    async def at(self, stage):
        async with self.store.round(ROUND) as work:
            await work.plans.put(replace(await work.plans.get(ROUND), stage=stage))

    async def note(self, name, text, *, classroom=1, rev=1, key=None, **more):
        """A note that is chosen, sent from a phone."""
        key = key or new_id()
        sent = SentNote(id=key, rev=rev, classroom=classroom, text=text, **{'chosen': True, **more})
        answer = await self.observation.receive_notes(self.asker(name), [sent])
        assert not answer.refused
        return key

    async def card(self, note):
        """The card of a note."""
        async with self.store.round(ROUND) as work:
            return next(iter(await work.cards.all(note=note)), None)

    async def accepted(self, *texts, name='Ruth'):
        """Cards on the wall, as many as texts, from visits to classrooms 1, 2, 3 in turn; their ids."""
        ids = []
        for n, text in enumerate(texts):
            note = await self.note(name, text, classroom=n % 3 + 1)
            card = await self.card(note)
            ids.append(card.id)
            async with self.store.round(ROUND) as work:
                await work.cards.put(replace(card, state=CardState.ACCEPTED))
                await record_author(work)  # in the log, and nothing to undo
        return ids

    async def state(self):
        """All that stands on the wall, in theories and next steps."""
        async with self.store.round(ROUND) as work:
            return {name: {model.id: model for model in await getattr(work, name).all()} for name in ON_THE_WALL}

    async def control(self):
        return await self.debrief.control_view(self.who, ROUND)

    async def projection(self):
        return await self.debrief.projection_view(self.who, ROUND)

    async def group(self, name):
        return await self.debrief.group_view(self.asker(name))
