"""What happens to one note that a phone has sent: kept once, answered the same again, or refused by name."""

import datetime as dt
import unicodedata
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.errors import WrongStage
from app.rounds.model import Classroom, Round
from app.rounds.stages import LATE_FROM, Act, Stage, require
from app.store import RoundWork
from app.texts import _
from app.wording import worded

from .model import Note, NoteRevision, Observer

#: The longest note, in code points.
LONGEST_NOTE = 2000
_ENDLESS = 10**9

#: Called inside the same work for each note that was kept: with the note, and as it was before (None: new).
Follower = Callable[[RoundWork, Note, Note | None], Awaitable[None]]
#: Called once at the end of a work that kept notes.
Keeper = Callable[[RoundWork], Awaitable[None]]


class State(StrEnum):
    """How a note was received. `older`: a later revision is here, or the note was deleted for good."""

    STORED = 'stored'
    SAME = 'same'
    OLDER = 'older'


class Reason(StrEnum):
    """Why a note, or its choice for the wall, was refused."""

    TOO_LONG = 'too_long'
    EMPTY = 'empty'
    UNKNOWN_CLASSROOM = 'unknown_classroom'
    NOT_YOURS = 'not_yours'
    OTHER_TEXT = 'other_text'
    ROUND_GONE = 'round_gone'
    WRONG_STAGE = 'wrong_stage'
    MALFORMED = 'malformed'


@dataclass(frozen=True, kw_only=True)
class SentNote:
    """A note as a phone sent it: its form is checked, its contents are not. `chosen` None: as it was."""

    id: str
    rev: int
    classroom: int
    text: str = ''
    lens: str | None = None
    written_at: str = ''
    chosen: bool | None = None
    deleted: bool = False


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """This revision has arrived; `seq` and `chosen` are what the server holds of the note now."""

    id: str
    rev: int
    seq: int
    state: State
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Why not, with a sentence for its author. `field` names the only part that was refused (the rest is kept)."""

    id: str
    rev: int
    reason: Reason
    sentence: str
    field: str = ''


class Refused(Exception):
    """One note is refused; its neighbours are not concerned."""

    def __init__(self, reason: Reason, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason
        self.sentence = sentence


@dataclass(frozen=True, kw_only=True)
class Receiving:
    """One request of an observer, inside a work on the round."""

    work: RoundWork
    round: Round
    observer: Observer
    classrooms: Mapping[int, Classroom]
    followers: tuple[Follower, ...]
    now: dt.datetime

    async def receive(self, sent: SentNote) -> tuple[Note, Note | None, State]:
        """Keep the note as its revision says: the note as it is now, as it was before, and how it was received.

        Raises `Refused`. What the followers do belongs to the same work.
        """
        before = await self.work.notes.get(sent.id)
        if before is not None and before.observer != self.observer.id:
            raise Refused(Reason.NOT_YOURS, _('This note belongs to somebody else. Keep yours as a new note.'))
        text = self._text(sent)
        if before is not None and (before.deleted or sent.rev <= before.rev):
            return before, before, self._again(sent, text, before)
        self._require_open()
        classroom = self._classroom(sent)
        note = await self._note(sent, text, classroom, before)
        if before is not None:
            await self.work.revisions.put(_revision(before))
        await self.work.notes.put(note)
        for follow in self.followers:
            await follow(self.work, note, before)
        return note, before, State.STORED

    def why_not_chosen(self, sent: SentNote, note: Note) -> str:
        """The sentence why the choice for the wall was not kept, though the note was; empty when it was."""
        if sent.chosen is None or sent.chosen == note.chosen or note.deleted or sent.rev < note.rev:
            return ''
        try:
            require(_choosing(note.late), self.round.stage)
        except WrongStage as error:
            return error.sentence
        return ''

    def _again(self, sent: SentNote, text: str, before: Note) -> State:
        if before.deleted:
            return State.SAME if sent.deleted and sent.rev == before.rev else State.OLDER
        if sent.rev < before.rev:
            return State.OLDER
        if text != before.text or sent.deleted:
            raise Refused(Reason.OTHER_TEXT, _('The server holds other words for this note. Both can be kept.'))
        return State.SAME

    def _require_open(self) -> None:
        try:
            require(Act.SEND_NOTES, self.round.stage)
        except WrongStage as error:
            gone = self.round.stage in (Stage.CLOSED, Stage.PURGED)
            raise Refused(Reason.ROUND_GONE if gone else Reason.WRONG_STAGE, error.sentence) from error

    def _text(self, sent: SentNote) -> str:
        if sent.deleted:
            return ''
        text = worded(sent.text, _ENDLESS, '', empty=True)
        if all(unicodedata.category(mark) in ('Cf', 'Zs', 'Cc', 'Zl', 'Zp') for mark in text):
            raise Refused(Reason.EMPTY, _('There are no words in this note.'))
        if len(text) > LONGEST_NOTE:
            sentence = _('This note has {n} characters; {most} fit. Make two notes of it: one thing seen is one note.')
            raise Refused(Reason.TOO_LONG, sentence.format(n=f'{len(text):,}', most=f'{LONGEST_NOTE:,}'))
        return text

    def _classroom(self, sent: SentNote) -> Classroom:
        classroom = self.classrooms.get(sent.classroom)
        if classroom is None:
            sentence = _('This round has no classroom {n}. Choose the classroom that you were in.')
            raise Refused(Reason.UNKNOWN_CLASSROOM, sentence.format(n=sent.classroom))
        return classroom

    async def _note(self, sent: SentNote, text: str, classroom: Classroom, before: Note | None) -> Note:
        late = before.late if before else self.round.stage.place >= LATE_FROM.place
        return Note(
            id=sent.id,
            rev=sent.rev,
            observer=self.observer.id,
            group=(before.group if before else '') or self.observer.group,
            classroom=classroom.id,
            lens=sent.lens if sent.lens in self.round.lenses else None,
            text=text,
            written_at=_label(sent.written_at),
            received_at=self.now,
            seq=self.work.ledger.next_seq(),
            chosen=self._chosen(sent, before, late=late),
            deleted=sent.deleted,
            late=late,
        )

    def _chosen(self, sent: SentNote, before: Note | None, *, late: bool) -> bool:
        chosen = before.chosen if before else False
        wanted = False if sent.deleted else sent.chosen
        if wanted is None or wanted == chosen:
            return chosen
        try:
            require(_choosing(late), self.round.stage)
        except WrongStage:
            return chosen
        return wanted


def _choosing(late: bool) -> Act:
    return Act.CHOOSE_LATE if late else Act.CHOOSE


def _label(written_at: str) -> str:
    """The phone's clock as it was sent, or nothing: it orders nothing, so that a wrong one does no harm."""
    try:
        return dt.datetime.fromisoformat(written_at).isoformat()
    except ValueError:
        return ''


def _revision(note: Note) -> NoteRevision:
    return NoteRevision(
        id=f'{note.id}.{note.rev}',
        note=note.id,
        rev=note.rev,
        lens=note.lens,
        text=note.text,
        received_at=note.received_at,
    )
