"""Suggestions for sorting: on request only, after people have begun, and each theirs to take or to wave away."""

from dataclasses import asdict
from typing import Any

from app.accounts.model import Facilitator
from app.errors import BadInput
from app.press import Press
from app.rounds.access import Access
from app.rounds.plan import the_round
from app.rounds.stages import Act, require
from app.store import RoundWork, Store
from app.texts import _

from .likeness_jobs import suggest
from .model import CardState
from .pieces import Piece


class SuggestionService:
    """What might belong together, worked out on this server and nowhere else."""

    def __init__(self, store: Store, access: Access) -> None:
        self.store = store
        self.access = access
        self.press = Press()

    async def suggest(self, who: Facilitator, round_id: str) -> list[dict[str, Any]]:
        """Cards that might go to a pattern or form one: `cards`, `pattern` ('' for a new one), `moves`, `words`.

        The surest come first; the list is empty when nothing is alike enough. Raises what `Access.facilitator` raises,
        `WrongStage`, and `BadInput` where the round has not switched them on, before anybody has sorted a card or when
        every card is sorted: a machine that begins would be followed.
        """
        await self.access.facilitator(who, round_id)
        async with self.store.round(round_id) as work:
            planned = await the_round(work)
            require(Act.SORT_AFTERWARDS, planned.stage)
            if not planned.sizes.suggestions:
                raise BadInput(
                    _('Suggestions are off in this round. The plan says what they are worth, and has the switch.')
                )
            pieces, places = await _wall(work)
        if not places:
            raise BadInput(_('Sort some cards first, with the room: then suggestions can follow what you have begun.'))
        if len(places) == len(pieces):
            raise BadInput(_('Every card is in a pattern: there is nothing to suggest.'))
        return [asdict(suggestion) for suggestion in await self.press.make(suggest, pieces, places)]

    async def aclose(self) -> None:
        """End the process that works it out."""
        await self.press.aclose()


async def _wall(work: RoundWork) -> tuple[list[Piece], dict[str, str]]:
    """The cards on the wall, and the pattern of each that is sorted."""
    rooms = {note.id: note.classroom for note in await work.notes.all()}
    cards = sorted(await work.cards.all(state=CardState.ACCEPTED), key=lambda card: card.place)
    pieces = [
        Piece(id=card.id, text=card.text, lens=card.lens or '', room=str(rooms.get(card.note, ''))) for card in cards
    ]
    return pieces, {card.id: card.pattern for card in cards if card.pattern}
