"""The page of whoever teaches in a room that is visited: the notes of that lesson, and how to say no.

A host teacher may read the notes of the own visit, by a code, until they are deleted (`practice.md`: who sees what).
"""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from app.accounts.model import Facilitator
from app.announce import Announcer
from app.errors import Gone, NotFound, WrongStage
from app.ids import CODE_LENGTH, read_code
from app.rounds.access import Access
from app.rounds.clock import now_at
from app.rounds.codes import fresh_codes, mark_replaced
from app.rounds.model import Classroom, Code, CodeKind, Round, RoundHead
from app.rounds.plan import Plan, read_plan
from app.rounds.stages import Stage
from app.store import IndexWork, Store
from app.texts import _

from .day_changes import RoomOut, change_day, preview_of
from .joining import require_not_gone, round_is_over
from .limits import WrongCodes


@dataclass(frozen=True, kw_only=True)
class LessonNote:
    """A note of the lesson, without its author and its time."""

    text: str
    lens: str


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """What the page shows: the round, the classroom, and its notes from when the visits are over (`readable`)."""

    round: Round
    classroom: Classroom
    readable: bool
    notes: tuple[LessonNote, ...]


class LessonService:
    """What a host teacher may see and do, by the code of the slip; and how facilitators get these codes."""

    def __init__(self, store: Store, announcer: Announcer, access: Access, wrong_codes: WrongCodes) -> None:
        self.store = store
        self.announcer = announcer
        self.access = access
        self.wrong_codes = wrong_codes

    async def codes(self, who: Facilitator, round_id: str) -> dict[str, str]:
        """The slip's code of every classroom (by the classroom's id); those that are missing are made now."""
        await self.access.facilitator(who, round_id)
        async with self.store.round(round_id) as work:
            rooms = [room.id for room in await work.classrooms.all()]
        async with self.store.index() as index:
            known = await _codes_of(index, round_id)
            missing = [(CodeKind.LESSON, room) for room in rooms if room not in known]
            made = await fresh_codes(index, round_id, missing)
        return {room: code for room, code in known.items() if room in rooms} | {one.classroom: one.id for one in made}

    async def replace_code(self, who: Facilitator, round_id: str, classroom_id: str) -> str:
        """A new code for a slip that has gone astray; the old one answers kindly."""
        await self.access.facilitator(who, round_id)
        async with self.store.index() as index:
            known = await _codes_of(index, round_id)
            await mark_replaced(index, [known[classroom_id]] if classroom_id in known else [])
            [code] = await fresh_codes(index, round_id, [(CodeKind.LESSON, classroom_id)])
        return code.id

    async def lesson(self, typed: str, *, address: str) -> Lesson:
        """What a code opens. The notes come in an order that tells neither author nor time.

        Raises `NotFound` for a wrong code, `TooMany` after many of them, `Gone` for a replaced one or a purged round.
        """
        code, head = await self._find(typed, address)
        async with self.store.round(code.round) as work:
            plan = await read_plan(work, head)
            classroom = _classroom(plan, code)
            written = await work.notes.all(classroom=classroom.id)
        readable = plan.round.stage.place >= Stage.SELECTION.place
        order = sorted(
            (note for note in written if readable and not note.deleted),
            key=lambda note: hashlib.sha256(f'{code.id}{note.id}'.encode()).digest(),
        )
        notes = tuple(LessonNote(text=note.text, lens=note.lens or '') for note in order)
        return Lesson(round=plan.round, classroom=classroom, readable=readable, notes=notes)

    async def say_no(self, typed: str, *, address: str) -> Lesson:
        """The lesson leaves the rota: nobody visits it. Groups are sent elsewhere where that is possible.

        Raises as `lesson` does, and `WrongStage` when the visits are over.
        """
        code, head = await self._find(typed, address)
        async with self.store.round(code.round) as work:
            plan = await read_plan(work, head)
            classroom = _classroom(plan, code)
            if plan.round.stage.place > Stage.OPEN.place:
                raise WrongStage(_('The visits are over, so there is no visit to take back. Ask the facilitator.'))
            if not classroom.left_out:
                now = now_at(plan.round)
                at = now.time() if now.date() == plan.round.date else dt.time(0)
                observers = await work.observers.all()
                preview = preview_of(RoomOut(classroom=classroom.id), plan, at, observers)
                await change_day(work, preview, plan, at, observers)
        self.announcer.announce(code.round, 'rota')
        return await self.lesson(typed, address=address)

    async def _find(self, typed: str, address: str) -> tuple[Code, RoundHead]:
        async with self.store.index() as work:
            code = await work.codes.get(read_code(typed))
            head = await work.heads.get(code.round) if code is not None else None
        if code is None or code.kind is not CodeKind.LESSON:
            self.wrong_codes.count(address)
            sentence = _('No lesson has this code. It has {n} characters, as on the slip that you were given.')
            raise NotFound(sentence.format(n=CODE_LENGTH))
        if head is None or head.stage is Stage.PURGED:
            raise round_is_over()
        if code.replaced:
            raise Gone(_('This code was replaced by a new one. Ask whoever gave you the slip for the new one.'))
        return code, head


async def _codes_of(index: IndexWork, round_id: str) -> dict[str, str]:
    codes: Sequence[Code] = await index.codes.all(round=round_id, kind=CodeKind.LESSON)
    return {code.classroom: code.id for code in codes if not code.replaced}


def _classroom(plan: Plan, code: Code) -> Classroom:
    require_not_gone(plan.round)
    for room in plan.classrooms:
        if room.id == code.classroom:
            return room
    raise Gone(_('This lesson is not part of the round any more: nobody will visit it.'))
