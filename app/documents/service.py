"""What can be printed and downloaded of a round."""

import asyncio
import base64
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from app.accounts.model import Facilitator
from app.announce import Announcer
from app.documents.model import Version
from app.documents.office.spreadsheet import outcome_csv, outcome_xlsx
from app.documents.office.word_file import outcome_docx
from app.documents.outcome import Outcome
from app.documents.pdf.outcome_pdf import outcome_pdf
from app.documents.reading import read_material
from app.documents.releasing import Releasing
from app.pdf.sizes import Paper
from app.press import Press
from app.rounds.access import Access
from app.rounds.model import LinkKind
from app.settings import Settings
from app.store import Store


class Form(StrEnum):
    """What the outcome can be downloaded as; the value is the ending of the file's name."""

    PDF = 'pdf'
    WORD = 'docx'
    EXCEL = 'xlsx'
    CSV = 'zip'


MAKERS: dict[Form, Callable[[Outcome], bytes]] = {
    Form.PDF: outcome_pdf,
    Form.WORD: outcome_docx,
    Form.EXCEL: outcome_xlsx,
    Form.CSV: outcome_csv,
}


class DocumentService:
    """Reads a round in one work and makes the document after it, in a process of its own."""

    def __init__(self, store: Store, announcer: Announcer, access: Access, settings: Settings) -> None:
        self.store = store
        self.access = access
        self.settings = settings
        self.press = Press()
        self._releasing = Releasing(store, announcer, self.press)

    async def outcome(self, who: Facilitator, round_id: str) -> Outcome:
        """Everything that the outcome document prints as the round stands, to look at on a page."""
        await self.access.facilitator(who, round_id)
        return await self._draft(round_id)

    async def outcome_file(self, who: Facilitator, round_id: str, form: Form = Form.PDF) -> bytes:
        """The outcome of a round of the facilitator's as it stands: a draft, also after a version was released."""
        outcome = await self.outcome(who, round_id)
        return await self.press.make(MAKERS[form], outcome)

    async def versions(self, who: Facilitator, round_id: str) -> list[Version]:
        """The released versions, the latest first."""
        await self.access.facilitator(who, round_id)
        return await self._releasing.versions(round_id)

    async def version_file(self, who: Facilitator, round_id: str, number: int, form: Form = Form.PDF) -> bytes:
        """A released document, as PDF the same bytes for ever; raises `NotFound` where there is no such version."""
        await self.access.facilitator(who, round_id)
        return await self._version_file(round_id, number, form)

    async def release(self, who: Facilitator, round_id: str, *, seen: int) -> Version:
        """Release the outcome as the next version; see `Releasing.release` for what it refuses.

        `seen` is the latest version that the screen showed, so that of two who release at once one is told.
        """
        await self.access.facilitator(who, round_id)
        return await self._releasing.release(round_id, await self._logo(round_id), seen=seen)

    async def outcome_by_link(self, secret: str) -> Outcome:
        """The outcome for whoever was given its link: the latest version, before the first the round as it stands.

        Raises `NotFound` when the link was revoked.
        """
        round_id = await self.access.link(secret, LinkKind.OUTCOME)
        versions = await self._releasing.versions(round_id)
        return versions[0].outcome if versions else await self._draft(round_id)

    async def outcome_file_by_link(self, secret: str, form: Form = Form.PDF) -> bytes:
        """The same as a file, the PDF of a version as it was released. Raises `NotFound` when the link was revoked."""
        outcome = await self.outcome_by_link(secret)
        if outcome.version:
            return await self._version_file(outcome.id, outcome.version, form)
        return await self.press.make(MAKERS[form], outcome)

    async def report(self, round_id: str, paper: Paper | None = None) -> bytes:
        """The outcome document for the operator of this server, who has its files anyway."""
        outcome = await self._draft(round_id)
        return await self.press.make(outcome_pdf, replace(outcome, paper=paper or outcome.paper))

    async def aclose(self) -> None:
        """Nothing runs on after this."""
        await self.press.aclose()

    async def _version_file(self, round_id: str, number: int, form: Form) -> bytes:
        version = await self._releasing.version(round_id, number)
        if form is Form.PDF:
            return base64.b64decode(version.pdf)
        return await self.press.make(MAKERS[form], version.outcome)

    async def _draft(self, round_id: str) -> Outcome:
        logo = await self._logo(round_id)
        async with self.store.round(round_id) as work:
            material = await read_material(work, logo)
        return await asyncio.to_thread(material.outcome)  # 0.15 s for 8,000 notes, which the loop does not wait for

    async def _logo(self, round_id: str) -> str:
        """The picture of the school that the round belongs to."""
        async with self.store.index() as index:
            head = await index.heads.get(round_id)
            logo = await index.logos.get(head.school) if head else None
        return logo.png if logo else ''
