"""The debrief for phones over HTTP: JSON in and out, nothing else."""

from typing import Annotated, Any

from fastapi import APIRouter, Header
from pydantic import BaseModel, Field

from app.errors import NotKept, NotSignedIn, RoundsError
from app.observation.service import ObservationService

from .service import DebriefService

MOST_ACTS = 200


class Acts(BaseModel):
    """Acts of a phone, in the order in which they were done; each has an `id` of 22 to 36 characters and a `kind`.

    Screening: accept {card, confirmed?, seen?, was?}, reword {card, text, seen?, confirmed?}, drop {card, reason?,
    seen?, was?}; `seen` and `was` are the words and the state that were read. Red dots: red_dot {card, reason},
    take_dot_back {card}. Sorting: sort {cards, pile} ('' takes them out), pile {pile, cards, text?} with an id made on
    the phone, name_pile {pile, text, seen?}, join_piles {into, pile}, take_pile {pile}, undo_sorting, redo_sorting,
    ready {ready}. Prediction: predict {text, patterns}. Theories: draft {theory, text}, change_draft {theory, field,
    text or value, seen?}, remove_draft {theory}. Choosing: vote {vote, options} or {vote, abstain}.
    """

    acts: Annotated[list[dict[str, Any]], Field(max_length=MOST_ACTS)]


class Done(BaseModel):
    """An act that the server holds: done now, or the same as before."""

    id: str
    state: str


class Refusal(BaseModel):
    """An act that was not done, and why; the others were."""

    id: str
    reason: str
    sentence: str
    asked_out: list[dict[str, Any]] | None = None


class Receipts(BaseModel):
    """One answer for each act that was sent."""

    received: list[Done]
    refused: list[Refusal]


def router(debrief: DebriefService, observation: ObservationService) -> APIRouter:
    """The routes of the debrief; the bearer token is the one of the notes."""
    routes = APIRouter(prefix='/api/v1', tags=['debrief'])

    @routes.get('/wall')
    async def wall(authorization: Annotated[str, Header()] = '', have: str = '') -> dict[str, Any]:
        """What the observer's group has to do now. `have`: the `deck` whose words the phone holds."""
        return await debrief.group_view(await observation.asker(_token(authorization)), have=have)

    @routes.get('/patterns/{pattern}')
    async def pattern(pattern: str, authorization: Annotated[str, Header()] = '') -> dict[str, Any]:
        """A pattern with the words of its cards: the evidence beside what cites it."""
        return await debrief.evidence(await observation.asker(_token(authorization)), pattern)

    @routes.post('/acts')
    async def acts(sent: Acts, authorization: Annotated[str, Header()] = '') -> Receipts:
        """Do acts one after the other; one that is refused is never in the way of the next."""
        asker = await observation.asker(_token(authorization))
        answer = Receipts(received=[], refused=[])
        for act in sent.acts:
            key = str(act.get('id', ''))[:64].encode('utf-8', 'replace').decode()
            try:
                answer.received.append(Done(id=key, state=await debrief.do(asker, act)))
            except (NotSignedIn, NotKept):  # not for this act's own sake: the phone sends all of them again
                raise
            except RoundsError as error:
                answer.refused.append(_refusal(key, error))
        return answer

    return routes


def _refusal(key: str, error: RoundsError) -> Refusal:
    asked_out = error.more.get('asked_out')
    return Refusal(
        id=key,
        reason=error.kind,
        sentence=error.sentence,
        asked_out=asked_out if isinstance(asked_out, list) else None,
    )


def _token(authorization: str) -> str | None:
    kind, _space, token = authorization.partition(' ')
    return token.strip() if kind.lower() == 'bearer' else None
