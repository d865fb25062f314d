"""What we ask of any place where rounds are kept.

A *work* is one thing somebody does, whole or not at all:

    async with store.round(round_id) as work:
        note = await work.notes.get(key)
        await work.notes.put(replace(note, rev=2))
        (after the block: it is on disk, or an exception was raised and nothing has changed)

Works on one round run one after the other. The block is left only when everything that it has read or written is on
disk, so that an answer given after it is true after a power cut. What is read are frozen models: nobody can
change the store by changing them. Nothing slow is awaited inside a block, and blocks are not nested
(`RuntimeError`). When the disk fails, what was not synced yet is undone and whoever waits for it gets `NotKept`.
"""

from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol, TypeVar

from app.accounts.model import Account, Session
from app.debrief.model import (
    Agenda,
    Ballot,
    Card,
    Change,
    DebriefAct,
    Pattern,
    Pile,
    Prediction,
    PrivateNotes,
    Screen,
    Sorting,
    Vote,
)
from app.documents.model import Released, Version
from app.observation.model import Device, Note, NoteRevision, Observer
from app.rounds.model import Classroom, Code, Group, Holding, Link, Period, Round, RoundHead, Visit
from app.schools.model import Invitation, Logo, Network, School
from app.theory.model import NextStep, Theory


class Kept(Protocol):
    """Anything that is kept: a frozen dataclass with an `id` that is unique in its collection."""

    @property
    def id(self) -> str: ...


T = TypeVar('T', bound=Kept)


class Collection(Protocol[T]):
    """All models of one kind, by id, in the order in which they were first put."""

    async def get(self, key: str) -> T | None:
        """The model with this id, or None; the cost does not grow with their number."""

    async def all(self, **equal: object) -> list[T]:
        """Those whose fields equal what is given; all of them without arguments."""

    async def put(self, model: T) -> None:
        """Add it, or replace the one with its id (which keeps its place in the order)."""

    async def remove(self, key: str) -> None:
        """Remove it; nothing happens if it is not there."""

    async def clear(self) -> None:
        """Remove all."""


class Opener(Protocol):
    """How a backend opens a collection for a work: name, the model's class, fields that `all` is often asked for."""

    def __call__(self, name: str, model: type[T], *indexed: str) -> Collection[T]: ...


class IndexWork:
    """A work on what is not inside one round."""

    def __init__(self, opened: Opener) -> None:
        self.networks = opened('networks', Network)
        self.schools = opened('schools', School)
        self.logos = opened('logos', Logo)
        self.accounts = opened('accounts', Account, 'email', 'school')
        self.sessions = opened('sessions', Session, 'account')
        self.invitations = opened('invitations', Invitation)
        self.heads = opened('heads', RoundHead, 'school')
        self.codes = opened('codes', Code, 'round')
        self.links = opened('links', Link, 'round')


class RoundWork:
    """A work on one round. `plans` holds one `Round`, under the round's id."""

    def __init__(self, round_id: str, opened: Opener, ledger: 'Ledger') -> None:
        self.round_id = round_id
        self.ledger = ledger
        self.plans = opened('plans', Round)
        self.periods = opened('periods', Period)
        self.classrooms = opened('classrooms', Classroom)
        self.groups = opened('groups', Group)
        self.visits = opened('visits', Visit, 'group', 'classroom')
        self.observers = opened('observers', Observer, 'group')
        self.devices = opened('devices', Device, 'observer')
        self.notes = opened('notes', Note, 'observer')
        self.revisions = opened('revisions', NoteRevision, 'note')
        self.cards = opened('cards', Card, 'note', 'pattern')
        self.patterns = opened('patterns', Pattern)
        self.sortings = opened('sortings', Sorting)
        self.piles = opened('piles', Pile, 'group')
        self.predictions = opened('predictions', Prediction)
        self.theories = opened('theories', Theory)
        self.next_steps = opened('next_steps', NextStep)
        self.acts = opened('acts', DebriefAct, 'seq', 'turn')
        self.screens = opened('screens', Screen)
        self.votes = opened('votes', Vote)
        self.ballots = opened('ballots', Ballot, 'vote')
        self.agendas = opened('agendas', Agenda)
        self.holdings = opened('holdings', Holding)
        self.private_notes = opened('private_notes', PrivateNotes)
        self.released = opened('released', Released)
        self.versions = opened('versions', Version)


class Ledger(Protocol):
    """What a work on a round has changed so far, and the round's own order."""

    def next_seq(self) -> int:
        """The next number of the round's order: grows by one, never given twice, kept with the work."""

    def changes(self) -> tuple[Change, ...]:
        """Every document that this work has changed so far, once, as it was before the work and as it is now."""

    def set(self, collection: str, key: str, document: dict[str, Any] | None) -> None:
        """Put a document back as plain data (None removes it): how an act is undone."""

    def document(self, collection: str, key: str) -> dict[str, Any] | None:
        """A document as plain data, as it is now in this work; to compare with a `Change`."""


class Store(Protocol):
    """One instance's data. Every method can raise `NotKept` when the disk refuses."""

    def index(self) -> AbstractAsyncContextManager[IndexWork]:
        """A work on networks, schools, accounts, sessions, heads, codes and links."""

    def round(self, round_id: str) -> AbstractAsyncContextManager[RoundWork]:
        """A work on one round; raises `NotFound` where there is none."""

    async def create_round(self, round_id: str) -> None:
        """An empty place for a new round, on disk when this returns."""

    async def delete_round(self, round_id: str) -> None:
        """Everything of the round is gone from the disk when this returns."""

    async def rewrite_round(self, round_id: str) -> None:
        """After a purge: no byte of what was removed is left in this round's files."""

    async def rewrite_index(self) -> None:
        """The same for the index."""

    async def close(self) -> None:
        """Everything is on disk and the folder is free for another process."""
