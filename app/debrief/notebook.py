"""A facilitator's private notes on a round: shown to their author alone, on no screen of the hall, deleted with the
raw notes."""

from app.accounts.model import Facilitator
from app.errors import Changed
from app.texts import _
from app.wording import worded

from .acting import Acting
from .model import PrivateNotes

LONGEST = 10_000


class NotebookService(Acting):
    """One page a facilitator and round."""

    async def read(self, who: Facilitator, round_id: str) -> str:
        """What this facilitator has written down."""
        await self.access.facilitator(who, round_id)
        async with self.store.round(round_id) as work:
            notes = await work.private_notes.get(_key(who))
        return notes.text if notes else ''

    async def write(self, who: Facilitator, round_id: str, text: str, *, seen: str) -> str:
        """Keep the whole page, and give it as it is kept; nobody else hears of it.

        Raises `BadInput` when it is too long, `Changed` when the page is not as `seen`: it is open somewhere else too.
        """
        await self.access.facilitator(who, round_id)
        text = worded(text, LONGEST, _('Your notes'), empty=True)
        async with self.store.round(round_id) as work:
            before = await work.private_notes.get(_key(who))
            if before is not None and before.text not in (seen, text):
                sentence = _('You have changed your notes on another screen. Copy what is new here, and load the page.')
                raise Changed(sentence)
            await work.private_notes.put(PrivateNotes(id=_key(who), text=text))
        return text


def _key(who: Facilitator) -> str:
    return who.account or 'sample'
