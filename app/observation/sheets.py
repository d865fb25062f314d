"""Paper in place of a phone: somebody at base types in the sheets of a group, each under the name of who wrote it.

Who types is told whose sheets they may be, the people of the own group, and gets a token that sends notes for one of
them and reads nothing: no note of anybody comes back this way.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from app.accounts.model import Facilitator
from app.errors import BadInput, Gone, NotFound
from app.ids import CODE_LENGTH, hashed, new_secret, read_code
from app.rounds.access import Access
from app.rounds.codes import fresh_codes
from app.rounds.model import Code, CodeKind, Group, Round
from app.rounds.plan import the_round
from app.rounds.stages import Act, require
from app.store import IndexWork, RoundWork, Store
from app.texts import _

from .joining import require_not_gone, school_of
from .limits import WrongCodes
from .model import Device, Observer, ObserverAsker
from .service import present

#: The visit that a sheet is for: ids of a group and a classroom.
Visited = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Writer:
    """Somebody whose sheet it may be. `you`: who types."""

    id: str
    display_name: str
    school_name: str
    you: bool


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What a sheet's code opens: the classroom's number, and whose sheet it may be; who types comes first."""

    classroom: int
    writers: tuple[Writer, ...]


class SheetService:
    """The codes of the sheets, and typing them in."""

    def __init__(self, store: Store, access: Access, wrong_codes: WrongCodes) -> None:
        self.store = store
        self.access = access
        self.wrong_codes = wrong_codes

    async def codes(self, who: Facilitator, round_id: str) -> dict[Visited, str]:
        """The code of the sheet of every visit on the rota; those that are missing are made now."""
        await self.access.facilitator(who, round_id)
        async with self.store.round(round_id) as work:
            visited = {(visit.group, visit.classroom) for visit in await work.visits.all()}
        async with self.store.index() as index:
            known = await _codes_of(index, round_id)
            missing: defaultdict[str, list[tuple[CodeKind, str]]] = defaultdict(list)
            for group, classroom in sorted(visited - set(known)):
                missing[group].append((CodeKind.SHEET, classroom))
            for group, kinds in missing.items():
                made = await fresh_codes(index, round_id, kinds, group)
                known |= {(group, code.classroom): code.id for code in made}
        return {visit: code for visit, code in known.items() if visit in visited}

    async def sheet(self, asker: ObserverAsker, typed: str, *, address: str) -> Sheet:
        """What the code of a sheet opens for this observer; a door's code stands for a sheet of the own group.

        Raises `NotFound` for a wrong code and one of another round, `TooMany` after many of them, `Gone` for a
        replaced one, `BadInput` for a sheet of another group, `WrongStage` when no notes are taken.
        """
        async with self.store.round(asker.round) as work:
            await present(work, asker)
        code = await self._find(asker, typed, address)
        async with self.store.round(asker.round) as work:
            return await _opened(work, asker, code)

    async def token_for(self, asker: ObserverAsker, typed: str, writer: str, *, address: str) -> str:
        """A token that sends notes of this sheet under the name of `writer` (an observer's id), and reads nothing.

        Raises as `sheet` does, and `BadInput` for a writer who is not of the own group.
        """
        async with self.store.round(asker.round) as work:
            await present(work, asker)
        code = await self._find(asker, typed, address)
        secret = new_secret()
        async with self.store.round(asker.round) as work:
            sheet = await _opened(work, asker, code)
            if writer not in {one.id for one in sheet.writers}:
                raise BadInput(_('Whose sheet this is has changed group. Somebody of their group types it in.'))
            now = dt.datetime.now(dt.UTC)
            device = Device(id=hashed(secret), observer=writer, created_at=now, typist=asker.observer)
            await work.devices.put(device)
        return f'{asker.round}.{secret}'

    async def _find(self, asker: ObserverAsker, typed: str, address: str) -> Code:
        async with self.store.index() as index:
            code = await index.codes.get(read_code(typed))
        if code is None or code.round != asker.round:
            self.wrong_codes.count(address)
            sentence = _('No sheet of this round has this code. It has {n} characters, at the head of the sheet.')
            raise NotFound(sentence.format(n=CODE_LENGTH))
        if code.replaced:
            raise Gone(_('This code was replaced by a new one. Choose the classroom from the list instead.'))
        if code.kind not in (CodeKind.SHEET, CodeKind.CLASSROOM):
            sentence = _('This is not the code of a sheet. It stands at the head of the sheet, under “To type it in”.')
            raise NotFound(sentence)
        return code


async def _opened(work: RoundWork, asker: ObserverAsker, code: Code) -> Sheet:
    observer, planned = await present(work, asker), await the_round(work)
    require_not_gone(planned)
    require(Act.SEND_NOTES, planned.stage)
    classroom = await work.classrooms.get(code.classroom)
    if classroom is None:
        raise Gone(_('The classroom of this sheet is not in the plan any more. Ask the facilitator.'))
    await _require_own_group(work, observer, code)
    others = await work.observers.all(group=observer.group) if observer.group else []
    by_name = sorted((one for one in others if one.id != observer.id), key=lambda one: one.display_name.casefold())
    writers = tuple(_writer(one, planned, you=one is observer) for one in (observer, *by_name))
    return Sheet(classroom=classroom.number, writers=writers)


def _writer(observer: Observer, planned: Round, *, you: bool) -> Writer:
    school = school_of(planned, observer.school).name
    return Writer(id=observer.id, display_name=observer.display_name, school_name=school, you=you)


async def _require_own_group(work: RoundWork, observer: Observer, code: Code) -> None:
    group: Group | None = await work.groups.get(code.group) if code.group else None
    # A group that was joined into another has nobody left: its sheets are typed in by those who took it in.
    if group is None or not group.size or group.id == observer.group:
        return
    if not observer.group:
        raise BadInput(_('Choose your group first, under “You”: sheets are typed in within a group.'))
    sentence = _('This sheet is of {group}. Somebody of that group types it in.')
    raise BadInput(sentence.format(group=group.name))


async def _codes_of(index: IndexWork, round_id: str) -> dict[Visited, str]:
    codes: Sequence[Code] = await index.codes.all(round=round_id, kind=CodeKind.SHEET)
    return {(code.group, code.classroom): code.id for code in codes if not code.replaced}
