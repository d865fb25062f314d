"""The print pack of a round, for its facilitators: whole, by parts, or for one classroom that has changed."""

from collections.abc import Sequence

from app.accounts.model import Facilitator
from app.documents.print_pack.cards import door_cards
from app.documents.print_pack.material import Material
from app.documents.print_pack.pack import Part, print_pack, print_part, print_slip
from app.errors import BadInput, Gone, NotFound
from app.observation.lessons import LessonService
from app.observation.sheets import SheetService
from app.press import Press
from app.rounds.access import Access
from app.rounds.plan import the_round
from app.rounds.stages import Stage
from app.settings import Settings
from app.store import Store
from app.texts import _


class PrintingService:
    """Reads a plan in one work and prints it after it, in a process of its own."""

    def __init__(
        self,
        store: Store,
        access: Access,
        lessons: LessonService,
        sheets: SheetService,
        settings: Settings,
        press: Press,
    ) -> None:
        self.store = store
        self.access = access
        self.lessons = lessons
        self.sheets = sheets
        self.settings = settings
        self.press = press

    async def pack(self, who: Facilitator, round_id: str, parts: Sequence[Part] = tuple(Part)) -> bytes:
        """These parts in one PDF.

        Raises `BadInput` as long as the public address is not set or nothing is planned, and `Gone` for a purged round.
        """
        return await self.press.make(print_pack, await self._material(who, round_id), tuple(parts))

    async def part(self, who: Facilitator, round_id: str, part: Part, number: int | None = None) -> bytes:
        """One part alone; of the door cards and slips also that of the classroom with this `number` alone.

        Raises as `pack` does, and `NotFound` when no classroom has this number.
        """
        material = await self._material(who, round_id)
        if number is None:
            return await self.press.make(print_part, material, part)
        room = next((room for room in material.visited if room.number == number), None)
        if room is None:
            raise NotFound(_('No classroom of this round has the number {n}.').format(n=number))
        if part is Part.SLIPS:
            return await self.press.make(print_slip, material, room.id)
        if part is Part.DOORS:
            given = (material.round, [room], material.periods, material.address)
            return await self.press.make(door_cards, *given)
        raise BadInput(_('Only door cards and slips are printed for one classroom.'))

    async def _material(self, who: Facilitator, round_id: str) -> Material:
        await self.access.facilitator(who, round_id)
        if not self.settings.address:
            raise BadInput(_('Set the public address of this server first (ROUNDS_ADDRESS): the codes lead to it.'))
        async with self.store.round(round_id) as work:
            if (await the_round(work)).stage is Stage.PURGED:
                raise Gone(_('This round is over and its codes open nothing any more, so there is nothing to print.'))
        codes = await self.lessons.codes(who, round_id)
        sheets = await self.sheets.codes(who, round_id)
        async with self.store.round(round_id) as work:
            planned = await the_round(work)
            return Material(
                round=planned,
                classrooms=tuple(await work.classrooms.all()),
                periods=tuple(await work.periods.all()),
                groups=tuple(await work.groups.all()),
                visits=tuple(await work.visits.all()),
                address=self.settings.address,
                lesson_codes=codes,
                sheet_codes=sheets,
            )
