"""What can be printed and downloaded of a round."""

from collections.abc import Collection

from app.accounts.model import Facilitator
from app.documents.outcome import Outcome
from app.documents.pdf.outcome_pdf import outcome_pdf
from app.documents.reading import read_material
from app.errors import Gone
from app.press import Press
from app.rounds.access import Access
from app.rounds.join_card import door_cards, join_card
from app.rounds.model import LinkKind, Round
from app.rounds.plan import the_round
from app.rounds.stages import Stage
from app.settings import Settings
from app.store import Store
from app.texts import _


class DocumentService:
    """Reads a round in one work and makes the document after it, in a process of its own."""

    def __init__(self, store: Store, access: Access, settings: Settings) -> None:
        self.store = store
        self.access = access
        self.settings = settings
        self.press = Press()

    async def outcome(self, who: Facilitator, round_id: str) -> Outcome:
        """Everything that the outcome document prints, to look at on a page."""
        await self.access.facilitator(who, round_id)
        return await self._outcome(round_id)

    async def outcome_pdf(self, who: Facilitator, round_id: str) -> bytes:
        """The outcome document of a round of the facilitator's; as long as the round is open, a draft of it."""
        return await self.press.make(outcome_pdf, await self.outcome(who, round_id))

    async def outcome_by_link(self, secret: str) -> Outcome:
        """The outcome for whoever was given its link; raises `NotFound` when the link was revoked."""
        return await self._outcome(await self.access.link(secret, LinkKind.OUTCOME))

    async def outcome_pdf_by_link(self, secret: str) -> bytes:
        """The outcome document for whoever was given its link; raises `NotFound` when the link was revoked."""
        return await self.press.make(outcome_pdf, await self.outcome_by_link(secret))

    async def report(self, round_id: str) -> bytes:
        """The outcome document for the operator of this server, who has its files anyway."""
        return await self.press.make(outcome_pdf, await self._outcome(round_id))

    async def door_cards(self, who: Facilitator, round_id: str, numbers: Collection[int] | None = None) -> bytes:
        """A card for each classroom, or for those with these `numbers`.

        Raises `BadInput` as long as the public address is not set, or when there is no classroom to print; `Gone` for
        a purged round.
        """
        await self.access.facilitator(who, round_id)
        async with self.store.round(round_id) as work:
            round_ = _with_codes(await the_round(work))
            classrooms = await work.classrooms.all()
            periods = await work.periods.all()
        if numbers is not None:
            classrooms = [classroom for classroom in classrooms if classroom.number in numbers]
        return await self.press.make(door_cards, round_, classrooms, periods, self.settings.address)

    async def join_card(self, who: Facilitator, round_id: str) -> bytes:
        """The card for the hall where visitors arrive. Raises `BadInput` like `door_cards`."""
        await self.access.facilitator(who, round_id)
        async with self.store.round(round_id) as work:
            round_ = _with_codes(await the_round(work))
        return await self.press.make(join_card, round_, self.settings.address)

    async def aclose(self) -> None:
        """Nothing runs on after this."""
        await self.press.aclose()

    async def _outcome(self, round_id: str) -> Outcome:
        async with self.store.round(round_id) as work:
            material = await read_material(work)
        return material.outcome()


def _with_codes(round_: Round) -> Round:
    if round_.stage is Stage.PURGED:
        raise Gone(_('This round is over and its codes open nothing any more, so there are no cards to print.'))
    return round_
