"""What an observer does from a phone: look, join, choose a group, send notes, hear what changes."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace

from app.announce import Announcer, Hint
from app.errors import BadInput, Gone, NotFound, NotSignedIn, NotYours, TooLarge
from app.ids import CODE_LENGTH, hashed, read_code
from app.rounds.access import Access
from app.rounds.model import Classroom, Code, CodeKind, Group, Round, Visit
from app.rounds.stages import Stage
from app.schools.model import NetworkWords
from app.store import RoundWork, Store
from app.texts import _

from .joining import Joining, WrongReturnCode, let_in, require_not_gone, round_is_over
from .limits import WrongCodes
from .model import Note, Observer, ObserverAsker
from .receiving import Follower, Keeper, Reason, Receipt, Receiving, Refusal, Refused, SentNote
from .words import words_of_round

#: Notes in one request.
MOST_NOTES = 200
#: What phones hear of; a change of the plan reaches them as a change of the rota.
_HEARD = {kind: kind for kind in ('stage', 'rota', 'words', 'card', 'vote', 'receipt')}
_HEARD |= {'plan': 'rota', 'sorting': 'card'}


@dataclass(frozen=True, kw_only=True)
class Home:
    """All that an observer's phone shows of a round but the notes. `observer` None: somebody who only looks.

    `seen` is where to go on listening; `classroom` the number that a door's code stands for; `words` the network's.
    """

    round: Round
    groups: tuple[Group, ...]
    classrooms: tuple[Classroom, ...] = ()
    visits: tuple[Visit, ...] = ()
    observer: Observer | None = None
    seen: str = ''
    classroom: int | None = None
    words: NetworkWords = field(default_factory=NetworkWords)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What became of each note of a request."""

    received: tuple[Receipt, ...]
    refused: tuple[Refusal, ...]


@dataclass(frozen=True, kw_only=True)
class Heard:
    """Something of this kind changed; `id` is where to go on after a break. `reload`: too much was missed."""

    id: str
    seq: int
    kind: str


class ObservationService:
    """`followers` are called for every note that is kept, inside the same work: the wall's cards follow notes.

    `keeps` is called once at the end of such a work: what it has changed at the wall is written down.
    """

    def __init__(
        self,
        store: Store,
        announcer: Announcer,
        access: Access,
        followers: Sequence[Follower] = (),
        keeps: Keeper | None = None,
    ) -> None:
        self.store = store
        self.announcer = announcer
        self.access = access
        self.followers = tuple(followers)
        self.keeps = keeps
        self.wrong_codes = WrongCodes()

    async def look(self, code: str, *, address: str) -> Home:
        """What a code opens, before joining: the round's title, its schools and groups.

        Raises `NotFound` for a wrong code, `TooMany` after many of them, `Gone` for a replaced one or a purged round.
        """
        found = await self._find(code, address)
        async with self.store.round(found.round) as work:
            plan = await _plan(work)
            require_not_gone(plan)
            groups = await work.groups.all()
            classroom = await work.classrooms.get(found.classroom)
        return Home(round=plan, groups=tuple(groups), classroom=classroom.number if classroom else None)

    async def join(self, joining: Joining, *, address: str) -> tuple[str, Home]:
        """A token for a new observer, or for a known one who types the return code; and what the phone shows.

        Raises what `look` and `let_in` raise.
        """
        found = await self._find(joining.code, address)
        try:
            async with self.store.round(found.round) as work:
                observer, secret = await let_in(work, await _plan(work), joining, _now())
                home = await self._home(work, observer)
                classroom = await work.classrooms.get(found.classroom)
        except WrongReturnCode:
            self.wrong_codes.count(address)
            raise
        self.announcer.announce(found.round, 'people')
        home = replace(home, classroom=classroom.number if classroom else None)
        return f'{found.round}.{secret}', await self._with_words(home)

    async def asker(self, token: str | None) -> ObserverAsker:
        """Who asks with this bearer token.

        Raises `NotSignedIn`, `Gone` when the round was purged or deleted, and `NotYours` for the token that types in
        a sheet of somebody else's: it sends notes and is shown none.
        """
        asker = await self.sender(token)
        if asker.typist:
            raise NotYours(_('With this one can type in notes from a sheet. Only their author can read them.'))
        return asker

    async def sender(self, token: str | None) -> ObserverAsker:
        """Who sends notes with this bearer token: an observer, or who types in a sheet of theirs. Raises as `asker`."""
        round_id, dot, secret = (token or '').partition('.')
        if not dot:
            raise NotSignedIn(_no_longer_known())
        try:
            async with self.store.round(round_id) as work:
                plan = await _plan(work)
                device = await work.devices.get(hashed(secret))
        except NotFound as error:
            raise Gone(_('This round has been deleted. There is nothing to do here.')) from error
        require_not_gone(plan)
        if device is None:
            raise NotSignedIn(_no_longer_known())
        return ObserverAsker(round=round_id, observer=device.observer, device=device.id, typist=device.typist)

    async def home(self, asker: ObserverAsker) -> Home:
        """The round as this observer's phone shows it now."""
        async with self.store.round(asker.round) as work:
            home = await self._home(work, await present(work, asker))
        return await self._with_words(home)

    async def receive_notes(
        self, asker: ObserverAsker, notes: Sequence[SentNote], *, unsent: int | None = None
    ) -> Answer:
        """Keep each note, or say why not; when this returns, what was received is on disk.

        `unsent` is how many more the phone holds, for the facilitator. Raises `TooLarge` above `MOST_NOTES`.
        """
        received: list[Receipt] = []
        refused: list[Refusal] = []
        kinds: set[str] = set()
        async with self.store.round(asker.round) as work:
            observer = await present(work, asker)
            if len(notes) > MOST_NOTES:
                raise TooLarge(_('{n} notes fit into one request. Send the others in the next.').format(n=MOST_NOTES))
            receiving = await self._receiving(work, observer)
            for sent in notes:
                try:
                    note, before, state = await receiving.receive(sent)
                except Refused as error:
                    refused.append(Refusal(id=sent.id, rev=sent.rev, reason=error.reason, sentence=error.sentence))
                    continue
                received.append(Receipt(id=sent.id, rev=sent.rev, seq=note.seq, state=state, chosen=note.chosen))
                kinds |= _changed(note, before)
                if why := receiving.why_not_chosen(sent, note):
                    reason = Reason.WRONG_STAGE
                    refused.append(Refusal(id=sent.id, rev=sent.rev, reason=reason, sentence=why, field='chosen'))
            if self.keeps is not None:
                await self.keeps(work)
            # What a typist's device still holds says nothing of the author's own phone.
            if not asker.typist and await _say_unsent(work, observer, unsent):
                kinds.add('people')
        self._announce(asker, kinds)
        return Answer(received=tuple(received), refused=tuple(refused))

    async def notes_of(self, asker: ObserverAsker) -> list[tuple[Note, int]]:
        """The observer's own notes as the server holds them, deleted ones too, each with its classroom's number."""
        async with self.store.round(asker.round) as work:
            await present(work, asker)
            numbers = {classroom.id: classroom.number for classroom in await work.classrooms.all()}
            notes = await work.notes.all(observer=asker.observer)
        return [(note, numbers.get(note.classroom, 0)) for note in notes]

    async def choose_group(self, asker: ObserverAsker, group: str) -> Home:
        """Go with this group from now on; notes that were sent without a group belong to it too."""
        async with self.store.round(asker.round) as work:
            observer = await present(work, asker)
            chosen = await work.groups.get(group)
            if chosen is None or not (chosen.size or observer.group == group):
                raise BadInput(_('This group is not in the plan any more. Choose one from the list.'), field='group')
            observer = replace(observer, group=group)
            await work.observers.put(observer)
            for note in await work.notes.all(observer=observer.id):
                if not note.group:
                    moved = replace(note, group=group)
                    await work.notes.put(moved)
                    for follow in self.followers:
                        await follow(work, moved, note)
            if self.keeps is not None:
                await self.keeps(work)
            home = await self._home(work, observer)
        self.announcer.announce(asker.round, 'people')
        return await self._with_words(home)

    async def hear(self, asker: ObserverAsker, last: str = '', *, pause: float = 0.1) -> AsyncIterator[Heard]:
        """What changes for this observer from now on, or since `last` (the `id` of what was heard last).

        Ends when the token is revoked or the round is gone. A burst is told once.
        """
        with self.announcer.listening(asker.round) as queue:
            for heard in self._missed(asker, last):
                yield heard
            while True:
                hints = [await queue.get()]
                await asyncio.sleep(pause)
                while not queue.empty():
                    hints.append(queue.get_nowait())
                told = self._told(asker, hints)
                if told and not await self._still_here(asker):
                    return
                for heard in told:
                    yield heard

    async def _with_words(self, home: Home) -> Home:
        """The words of the network stand in the index, and works are not nested."""
        async with self.store.index() as work:
            return replace(home, words=await words_of_round(work, home.round.id))

    def _missed(self, asker: ObserverAsker, last: str) -> list[Heard]:
        if not last:
            return []
        run, dash, number = last.rpartition('-')
        known = dash and run == self.announcer.run and number.isdigit()
        hints = self.announcer.since(asker.round, int(number)) if known else None
        if hints is None:
            seq = self.announcer.latest(asker.round)
            return [Heard(id=f'{self.announcer.run}-{seq}', seq=seq, kind='reload')]
        return self._told(asker, hints)

    def _told(self, asker: ObserverAsker, hints: Sequence[Hint]) -> list[Heard]:
        """The last hint of each kind that concerns this observer, in their order."""
        last: dict[str, Hint] = {}
        for hint in hints:
            own = hint.kind in ('receipt', 'sorting') and hint.device == asker.device
            if hint.kind in _HEARD and hint.observer in ('', asker.observer) and not own:
                last[_HEARD[hint.kind]] = hint
        ordered = sorted(last.items(), key=lambda item: item[1].seq)
        return [Heard(id=f'{self.announcer.run}-{hint.seq}', seq=hint.seq, kind=kind) for kind, hint in ordered]

    async def _still_here(self, asker: ObserverAsker) -> bool:
        try:
            async with self.store.round(asker.round) as work:
                await present(work, asker)
        except (NotFound, NotSignedIn):
            return False
        return True

    def _announce(self, asker: ObserverAsker, kinds: set[str]) -> None:
        for kind in sorted(kinds - {'receipt'}):
            self.announcer.announce(asker.round, kind)
        if 'receipt' in kinds:
            self.announcer.announce(asker.round, 'receipt', asker.observer, asker.device)

    async def _find(self, typed: str, address: str) -> Code:
        async with self.store.index() as work:
            code = await work.codes.get(read_code(typed))
            head = await work.heads.get(code.round) if code is not None else None
        if code is None:
            self.wrong_codes.count(address)
            sentence = _('No round has this code. It has {n} characters, as on the card at the door or in the hall.')
            raise NotFound(sentence.format(n=CODE_LENGTH))
        if head is not None and head.stage is Stage.PURGED:
            raise round_is_over()
        if code.replaced:
            raise Gone(_('This code was replaced by a new one. Ask the facilitator, or scan the new card.'))
        if code.kind is CodeKind.LESSON:
            sentence = _(
                'This code is on a slip for a teacher: it opens the notes of a lesson, at /lesson. Nobody joins by it.'
            )
            raise NotFound(sentence)
        if code.kind is CodeKind.SHEET:
            sentence = _(
                'This code is on a paper sheet. Join with the code of the hall, then choose “Type in a paper sheet”.'
            )
            raise NotFound(sentence)
        return code

    async def _home(self, work: RoundWork, observer: Observer) -> Home:
        seen = f'{self.announcer.run}-{self.announcer.latest(work.round_id)}'
        return Home(
            round=await _plan(work),
            groups=tuple(await work.groups.all()),
            classrooms=tuple(sorted(await work.classrooms.all(), key=lambda classroom: classroom.number)),
            visits=tuple(sorted(await work.visits.all(), key=lambda visit: visit.start)),
            observer=observer,
            seen=seen,
        )

    async def _receiving(self, work: RoundWork, observer: Observer) -> Receiving:
        classrooms = {classroom.number: classroom for classroom in await work.classrooms.all()}
        return Receiving(
            work=work,
            round=await _plan(work),
            observer=observer,
            classrooms=classrooms,
            followers=self.followers,
            now=_now(),
        )


async def _plan(work: RoundWork) -> Round:
    plan = await work.plans.get(work.round_id)
    if plan is None:
        raise Gone(_('This round has been deleted. There is nothing to do here.'))
    return plan


async def present(work: RoundWork, asker: ObserverAsker) -> Observer:
    """The observer who asks, checked anew inside the work: a token can be revoked between two requests.

    Raises `NotSignedIn`.
    """
    device = await work.devices.get(asker.device)
    observer = await work.observers.get(asker.observer)
    if device is None or device.observer != asker.observer or observer is None:
        raise NotSignedIn(_no_longer_known())
    return observer


def _changed(note: Note, before: Note | None) -> set[str]:
    """The kinds that this note's receipt is announced as: numbers, never its text."""
    if note is before:
        return set()
    chosen = note.chosen or (before is not None and before.chosen)
    return {'note', 'receipt', 'card'} if chosen else {'note', 'receipt'}


async def _say_unsent(work: RoundWork, observer: Observer, unsent: int | None) -> bool:
    """Keep what the phone says of itself, when it says something new."""
    if unsent is None or (unsent == 0 and observer.unsent == 0):
        return False
    await work.observers.put(replace(observer, unsent=max(0, min(unsent, 9999)), unsent_at=_now()))
    return unsent != observer.unsent


def _no_longer_known() -> str:
    return _('This phone is no longer known to the round. Join again; notes that are still on the phone are kept.')


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
