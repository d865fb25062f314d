"""The debrief: screening, red dots, analysis and prediction, by the facilitator and by groups on their phones."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from app.accounts.model import Facilitator
from app.errors import Changed, NotFound
from app.observation.model import ObserverAsker
from app.rounds.model import LinkKind
from app.rounds.stages import Act
from app.texts import _

from . import acts, cards, group_view, patterns, phone, predictions, view
from .acting import Acting, Deed
from .model import Screen

#: What can stand on the wall in place of the stage's own work.
SHOWN = ('', 'norms', 'question', 'focus', 'vote')


@dataclass(frozen=True)
class DebriefService(Acting):
    """What people do with the wall. Later features (theories) add to the views, and to what phones can do."""

    parts: tuple[view.Part, ...] = ()
    group_parts: tuple[group_view.GroupPart, ...] = ()
    phone_acts: Mapping[str, phone.PhoneAct] = field(default_factory=lambda: phone.KINDS)

    # Description: cards are screened and marked.

    async def accept(self, who: Facilitator, round_id: str, card_id: str, *, confirmed: bool = False) -> None:
        """A card goes on the wall. Raises `AskedOutWords` for a time, room or name in it, unless `confirmed`."""
        async with self._screening(who, round_id, card_id) as deed:
            deed.sentence = await cards.accept(deed.work, card_id, confirmed=confirmed)

    async def reword(
        self,
        who: Facilitator,
        round_id: str,
        card_id: str,
        text: str,
        *,
        confirmed: bool = False,
        seen: str | None = None,
    ) -> None:
        """Other words for a card; what was noted stays. Raises `Changed` when the card does not say `seen` any more."""
        async with self._screening(who, round_id, card_id, Act.REWORD) as deed:
            deed.sentence = await cards.reword(deed.work, card_id, text, confirmed=confirmed, seen=seen)

    async def drop(self, who: Facilitator, round_id: str, card_id: str, reason: str = '') -> None:
        """A card does not go on the wall, or leaves it; rewording or accepting it takes it up again."""
        async with self._screening(who, round_id, card_id) as deed:
            deed.sentence = await cards.drop(deed.work, card_id, reason)

    async def red_dot(self, who: Facilitator, round_id: str, card_id: str, reason: str) -> None:
        """A card of the wall goes back to its group; `reason` is a key of `cards.reasons` or some words."""
        async with self.acting(who, round_id, Act.RED_DOT) as deed:
            deed.sentence = await cards.red_dot(deed.work, card_id, reason)

    # Analysis: cards become patterns.

    async def move_cards(self, who: Facilitator, round_id: str, card_ids: Sequence[str], pattern_id: str) -> None:
        """Cards go into a pattern, or are unsorted again (''). All of them or, with a sentence, none."""
        async with self.acting(who, round_id, Act.SORT_AFTERWARDS) as deed:
            deed.sentence = await patterns.move(deed.work, card_ids, pattern_id)

    async def add_pattern(self, who: Facilitator, round_id: str, title: str = '', card_ids: Sequence[str] = ()) -> str:
        """A new pattern of these cards, to be named now or later; gives its id."""
        async with self.acting(who, round_id, Act.SORT_AFTERWARDS) as deed:
            pattern = await patterns.add(deed.work, title, card_ids)
            deed.sentence = _('Add {pattern}').format(pattern=patterns.called(pattern))
        return pattern.id

    async def name_pattern(
        self, who: Facilitator, round_id: str, pattern_id: str, title: str, *, seen: str | None = None
    ) -> None:
        """A sentence in descriptive words that the cards bear out. `seen` is what was written there before."""
        await self._change_pattern(who, round_id, pattern_id, 'title', title, seen)

    async def describe_pattern(
        self, who: Facilitator, round_id: str, pattern_id: str, summary: str, *, seen: str | None = None
    ) -> None:
        """What the pattern says, at more length than its name."""
        await self._change_pattern(who, round_id, pattern_id, 'summary', summary, seen)

    async def note_exception(
        self, who: Facilitator, round_id: str, pattern_id: str, exception: str, *, seen: str | None = None
    ) -> None:
        """What speaks against the pattern; it stays in sight."""
        await self._change_pattern(who, round_id, pattern_id, 'exception', exception, seen)

    async def merge_patterns(self, who: Facilitator, round_id: str, into_id: str, other_ids: Sequence[str]) -> None:
        """Join patterns into one; predictions and theories that cite the others cite it."""
        async with self.acting(who, round_id, Act.SORT_AFTERWARDS) as deed:
            deed.sentence = await patterns.merge(deed.work, into_id, other_ids)

    async def split_pattern(
        self, who: Facilitator, round_id: str, pattern_id: str, card_ids: Sequence[str], title: str = ''
    ) -> str:
        """Make a pattern of its own of some cards of a pattern; gives the new one's id."""
        async with self.acting(who, round_id, Act.SORT_AFTERWARDS) as deed:
            pattern = await patterns.split(deed.work, pattern_id, card_ids, title)
            deed.sentence = _('Take {pattern} apart').format(
                pattern=patterns.called(await patterns.the_pattern(deed.work, pattern_id))
            )
        return pattern.id

    async def remove_pattern(self, who: Facilitator, round_id: str, pattern_id: str) -> None:
        """A pattern goes; its cards are unsorted again."""
        async with self.acting(who, round_id, Act.SORT_AFTERWARDS) as deed:
            deed.sentence = await patterns.remove(deed.work, pattern_id)

    async def order_patterns(self, who: Facilitator, round_id: str, pattern_ids: Sequence[str]) -> None:
        """Patterns stand in this order from now on; those that are not named follow."""
        async with self.acting(who, round_id, Act.SORT_AFTERWARDS) as deed:
            await patterns.order(deed.work, pattern_ids)
            deed.sentence = _('Put the patterns in another order')

    # Prediction.

    async def add_prediction(self, who: Facilitator, round_id: str, text: str, pattern_ids: Sequence[str]) -> str:
        """What a student would know and be able to do, on at least one pattern; gives its id."""
        async with self.acting(who, round_id, Act.PREDICT) as deed:
            prediction = await predictions.predict(deed.work, text, pattern_ids)
            deed.sentence = _('Add a prediction')
        return prediction.id

    async def change_prediction(
        self,
        who: Facilitator,
        round_id: str,
        prediction_id: str,
        *,
        text: str | None = None,
        pattern_ids: Sequence[str] | None = None,
        seen: str | None = None,
    ) -> None:
        """Other words or other patterns for a prediction; what is None stays. `seen`: the words it had."""
        async with self.acting(who, round_id, Act.PREDICT) as deed:
            await predictions.change(deed.work, prediction_id, text, pattern_ids, seen)
            deed.sentence = _('Change a prediction')

    async def remove_prediction(self, who: Facilitator, round_id: str, prediction_id: str) -> None:
        """Take a prediction away."""
        async with self.acting(who, round_id, Act.PREDICT) as deed:
            await predictions.remove(deed.work, prediction_id)
            deed.sentence = _('Remove a prediction')

    # Everything can be undone, theories and next steps included.

    async def undo(self, who: Facilitator, round_id: str) -> None:
        """Take the latest act back. Raises `Changed` when that is not possible any more; the one before is next."""
        await self.access.facilitator(who, round_id)
        async with self.store.round(round_id) as work:
            passed_over = await acts.undo(work)
        self._done(round_id, passed_over)

    async def redo(self, who: Facilitator, round_id: str) -> None:
        """Do again what was undone last; possible until something else is done."""
        await self.access.facilitator(who, round_id)
        async with self.store.round(round_id) as work:
            passed_over = await acts.redo(work)
        self._done(round_id, passed_over)

    # The projector, and what is seen.

    async def show(
        self,
        who: Facilitator,
        round_id: str,
        *,
        page: int | None = None,
        focus: str | None = None,
        paused: bool | None = None,
        dark: bool | None = None,
        shows: str | None = None,
        beside: str | None = None,
    ) -> None:
        """Turn the projector's page, put one thing alone on it ('' ends that), hide it, darken it; None: as it is.

        `shows` puts the norms, the question, the focus of the round or the vote in place of the stage's own work (''
        ends that); `beside` is a second theory, side by side with the one in focus. What is not known is left out.
        """
        await self.access.facilitator(who, round_id)
        if shows is not None and shows not in SHOWN:
            shows = ''
        if focus is not None and beside is None:
            beside = ''
        wanted: dict[str, Any] = {'page': page, 'focus': focus, 'paused': paused, 'dark': dark}
        wanted |= {'shows': shows, 'beside': beside if beside is None else beside[:64]}
        async with self.store.round(round_id) as work:
            screen = await work.screens.get(round_id) or Screen(id=round_id)
            screen = replace(screen, **{name: value for name, value in wanted.items() if value is not None})
            await work.screens.put(replace(screen, page=max(0, screen.page), focus=screen.focus[:64]))
        self.announcer.announce(round_id, 'screen')

    async def projection_view(self, who: Facilitator, round_id: str) -> dict[str, Any]:
        """What everybody in the hall may see, as plain data."""
        await self.access.facilitator(who, round_id)
        return await self._view(round_id, view.projection)

    async def projection_view_by_link(self, secret: str) -> dict[str, Any]:
        """The same for the hall's own computer, which has no account; raises `NotFound` for a revoked link."""
        return await self._view(await self.access.link(secret, LinkKind.PROJECTION), view.projection)

    async def control_view(self, who: Facilitator, round_id: str) -> dict[str, Any]:
        """The same stage and more, for the facilitator's own screen: cards in every state, groups in numbers."""
        await self.access.facilitator(who, round_id)
        return await self._view(round_id, view.control)

    # Groups, on their phones.

    async def group_view(self, asker: ObserverAsker, *, have: str = '') -> dict[str, Any]:
        """What an observer's group has to do now: cards to screen, to mark and to sort, patterns to cite.

        `have`: the deck of cards that the phone holds, whose words need not travel again.
        """
        async with self.store.round(asker.round) as work:
            return await group_view.group(work, await phone.the_observer(work, asker), self.group_parts, have=have)

    async def evidence(self, asker: ObserverAsker, pattern_id: str) -> dict[str, Any]:
        """A pattern with its cards, to be read beside a prediction or theory; raises `NotFound` when it is gone."""
        async with self.store.round(asker.round) as work:
            await phone.the_observer(work, asker)
            found = await group_view.evidence(work, pattern_id)
        if found is None:
            raise NotFound(_('This pattern is gone: somebody removed it or joined it to another.'))
        return found

    async def do(self, asker: ObserverAsker, act: Mapping[str, Any]) -> str:
        """One act of a phone, `{'id', 'kind', …}`; gives `done`, or `same` for one that was received before.

        Kinds: those of `phone_acts`. Raises the errors of the act; see `phone.do`.
        """
        async with self.store.round(asker.round) as work:
            state = await phone.do(work, asker, act, self.phone_acts)
            known = self.phone_acts[str(act['kind'])]
            own = known.own
            group = (await phone.the_observer(work, asker)).group if own else ''
            members = [observer.id for observer in await work.observers.all(group=group)] if own else []
        if state == phone.DONE and not own:
            self.announcer.announce(asker.round, known.tells)
        for member in members if state == phone.DONE else ():
            self.announcer.announce(asker.round, 'sorting', observer=member, device=asker.device)
        return state

    @asynccontextmanager
    async def _screening(
        self, who: Facilitator, round_id: str, card_id: str, act: Act = Act.SCREEN
    ) -> AsyncIterator[Deed]:
        """Late cards are screened as long as late notes can be chosen, the others in their stages."""
        async with self.acting(who, round_id, None) as deed:
            card = await deed.work.cards.get(card_id)
            deed.begins(Act.SCREEN_LATE if card is not None and card.late else act)
            yield deed

    async def _change_pattern(
        self, who: Facilitator, round_id: str, pattern_id: str, field: str, text: str, seen: str | None
    ) -> None:
        async with self.acting(who, round_id, Act.SORT_AFTERWARDS) as deed:
            before = await patterns.change(deed.work, pattern_id, field, text, seen)
            deed.sentence = {
                'title': _('Name {pattern}'),
                'summary': _('Describe {pattern}'),
                'exception': _('Note an exception to {pattern}'),
            }[field].format(pattern=patterns.called(before))

    async def _view(self, round_id: str, draw: view.Draw) -> dict[str, Any]:
        seq = self.announcer.latest(round_id)
        async with self.store.round(round_id) as work:
            return {'seq': seq, **await draw(work, self.parts)}

    def _done(self, round_id: str, passed_over: Changed | None) -> None:
        self.announcer.announce(round_id, 'card')
        if passed_over is not None:
            raise passed_over
