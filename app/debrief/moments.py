"""What was where at every moment: found again from the acts, looked at, and brought back.

Every change of the wall is in the log of acts, those of undo and redo and those that an author made on a phone too: so
the wall of an earlier minute is the wall of now with all later changes taken back. Who did it stands nowhere.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from app.accounts.model import Facilitator
from app.errors import BadInput
from app.rounds.clock import local
from app.rounds.plan import the_round
from app.rounds.stages import Act
from app.store import RoundWork
from app.texts import _, ngettext

from .acting import Acting
from .acts import AUTHOR, ON_THE_WALL, tidy
from .model import CardState, DebriefAct

#: {collection: {id: document}}, as plain data.
State = dict[str, dict[str, dict[str, Any]]]
MOST_MOMENTS = 200


class MomentService(Acting):
    """Earlier minutes of the wall. Bringing one back is an act like any other: one press of undo takes it back."""

    async def moments(self, who: Facilitator, round_id: str) -> list[dict[str, Any]]:
        """The minutes in which something was done, the latest first: `{seq, at, sentence, more}` each.

        `seq` names the wall as it was at the end of that minute; `more` is how many other acts the minute had.
        """
        await self.access.facilitator(who, round_id)
        async with self.store.round(round_id) as work:
            timezone = (await the_round(work)).timezone
            acts = sorted((act for act in await work.acts.all() if act.changes), key=lambda act: act.seq)
        minutes: dict[str, list[DebriefAct]] = {}
        for act in acts:
            minutes.setdefault(f'{local(act.at, timezone):%H:%M}', []).append(act)
        return [_minute(at, done) for at, done in reversed(minutes.items())][:MOST_MOMENTS]

    async def look_at(self, who: Facilitator, round_id: str, seq: int) -> dict[str, Any]:
        """The wall at that moment, in numbers and names: patterns with their cards, predictions, theories, steps."""
        await self.access.facilitator(who, round_id)
        async with self.store.round(round_id) as work:
            then, _by_authors = await _state_at(work, seq)
        on_wall = [card for card in then['cards'].values() if card['state'] == CardState.ACCEPTED]
        patterns = sorted(then['patterns'].values(), key=lambda pattern: (pattern['place'], pattern['id']))
        return {
            'on_wall': len(on_wall),
            'unsorted': sum(card['pattern'] not in then['patterns'] for card in on_wall),
            'patterns': [
                {
                    'title': pattern['title'],
                    'cards': sum(card['pattern'] == pattern['id'] for card in on_wall),
                }
                for pattern in patterns
            ],
            'predictions': len(then['predictions']),
            'theories': [theory['when'] for theory in then['theories'].values()],
            'next_steps': len(then['next_steps']),
        }

    async def bring_back(self, who: Facilitator, round_id: str, seq: int) -> None:
        """Put the wall back as it was at that moment; undo takes it back.

        What an author has changed since on the own note stays as the author wants it, and cards that were chosen later
        stay where they are. Raises `BadInput` when nothing is different, `WrongStage` outside of the debrief.
        """
        async with self.acting(who, round_id, Act.BRING_BACK) as deed:
            then, by_authors = await _state_at(deed.work, seq)
            if not await _put(deed.work, then, by_authors):
                raise BadInput(_('The wall is as it was then: nothing was brought back.'))
            at = await _said_time(deed.work, seq)
            deed.sentence = _('Bring back the wall of {time}').format(time=at)


async def _state_at(work: RoundWork, seq: int) -> tuple[State, set[str]]:
    """The wall when the act `seq` had just been done, and the cards that their authors have changed since."""
    state: State = {name: {} for name in ON_THE_WALL}
    for name in ON_THE_WALL:
        for model in await getattr(work, name).all():
            document = work.ledger.document(name, model.id)
            if document is not None:
                state[name][model.id] = document
    acts = sorted(await work.acts.all(), key=lambda act: -act.seq)
    if not any(act.seq == seq for act in acts):
        raise BadInput(_('This minute is not known any more. Open the list again.'))
    by_authors: set[str] = set()
    for act in acts:
        if act.seq <= seq:
            break
        for change in act.changes:
            _set(state[change.collection], change.key, change.before)
            if act.kind == AUTHOR:
                by_authors.add(change.key)
    return state, by_authors


async def _put(work: RoundWork, then: State, by_authors: set[str]) -> bool:
    """Bring the wall to `then`; whether anything was different."""
    for name in ON_THE_WALL - {'piles'}:  # those are their groups' own
        now = {model.id for model in await getattr(work, name).all()}
        for key in now | set(then[name]):
            if key in by_authors:
                continue
            if name == 'cards' and (key not in then[name] or key not in now):
                continue  # chosen later, or taken back by its author: a card comes and goes with its note alone
            if work.ledger.document(name, key) != then[name].get(key):
                work.ledger.set(name, key, then[name].get(key))
    await tidy(work)
    return any(change.collection in ON_THE_WALL for change in work.ledger.changes())


def _set(documents: dict[str, dict[str, Any]], key: str, document: Mapping[str, Any] | None) -> None:
    if document is None:
        documents.pop(key, None)
    else:
        documents[key] = dict(document)


def _minute(at: str, done: list[DebriefAct]) -> dict[str, Any]:
    said = [act.sentence for act in done if act.sentence]
    sentence = said[-1] if said else _('Something on a phone')
    more = len(done) - 1
    others = ngettext('and {n} more', 'and {n} more', more).format(n=more) if more else ''
    return {'seq': done[-1].seq, 'at': at, 'sentence': sentence, 'more': others}


async def _said_time(work: RoundWork, seq: int) -> str:
    [act] = await work.acts.all(seq=seq)
    moment: dt.datetime = act.at
    return f'{local(moment, (await the_round(work)).timezone):%H:%M}'
