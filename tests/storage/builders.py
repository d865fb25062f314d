"""Models to keep, and ways to look at all that a place holds."""

import datetime as dt
from typing import Any

from app.debrief.model import Card, Change, DebriefAct
from app.observation.model import Note
from app.store import RoundWork, Store

NOW = dt.datetime(2026, 11, 22, 10, 42, tzinfo=dt.UTC)


def note(key: str, *, seq: int = 0, rev: int = 1, text: str = 'Six of nine write', observer: str = 'o1') -> Note:
    return Note(
        id=key,
        rev=rev,
        observer=observer,
        group='g1',
        classroom='c1',
        lens='task',
        text=text,
        written_at='2026-11-22T10:42:00+00:00',
        received_at=NOW,
        seq=seq,
    )


def card(key: str, *, pattern: str = '', place: int = 0) -> Card:
    return Card(
        id=key, note=f'note-{key}', group='g1', visit='g1:c1', text='Six of nine write', place=place, pattern=pattern
    )


def act(key: str, changes: tuple[Change, ...] = ()) -> DebriefAct:
    return DebriefAct(id=key, seq=1, kind='sort', sentence='A card was moved', at=NOW, changes=changes)


async def put_note(store: Store, round_id: str, key: str, text: str = 'Six of nine write') -> int:
    """One work that puts one note; its place in the round's order."""
    async with store.round(round_id) as work:
        seq = work.ledger.next_seq()
        await work.notes.put(note(key, seq=seq, text=text))
    return seq


async def everything(work: RoundWork) -> dict[str, dict[str, Any]]:
    """All collections of a round as plain data, in order."""
    return {
        name: {model.id: work.ledger.document(name, model.id) for model in await collection.all()}
        for name, collection in vars(work).items()
        if hasattr(collection, 'all')
    }
