"""Dot votes: opened where the facilitator wants one, one ballot a person, hidden until revealed."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.accounts.model import Facilitator
from app.errors import BadInput, NotFound, WrongStage
from app.ids import new_id
from app.observation.model import Observer
from app.rounds.plan import the_round
from app.rounds.stages import Act, require
from app.store import RoundWork
from app.texts import _, ngettext

from .acting import Acting
from .model import Ballot, Vote, VoteOn
from .wall import Wall

MOST_HANDS = 200
MOST_DOTS = 10


class VoteService(Acting):
    """What facilitators do with votes. Each has its opposite: closed and opened, revealed and hidden, begun anew and
    brought back."""

    async def open_vote(self, who: Facilitator, round_id: str, on: str, *, dots: int | None = None) -> str:
        """Open a vote on all patterns, theories or next steps that there are; gives its id.

        Everybody has `dots` of them, as a rule the root of the number of options. Raises `BadInput` for fewer than two
        options or another vote that is open, and `WrongStage`.
        """
        async with self.working(who, round_id, 'vote') as work:
            require(Act.VOTE, (await the_round(work)).stage)
            if on not in set(VoteOn):
                raise BadInput(_('The room votes on patterns, theories of action or next steps.'))
            before = await current(work)
            if before is not None and not before.closed:
                raise BadInput(_('A vote is open. Close it first; what was voted is kept.'))
            options = tuple(option.id for option in await _options(work, VoteOn(on)))
            if len(options) < 2:
                raise BadInput(_('There is nothing to choose between yet: a vote needs at least two.'))
            new = Vote(id=new_id(), on=VoteOn(on), options=options, dots=_dots(dots, options), place=await _place(work))
            await _begin(work, new, before)
        return new.id

    async def close_vote(self, who: Facilitator, round_id: str, vote_id: str, *, closed: bool = True) -> None:
        """Nobody votes any more; or, with False, they may again. A vote that is open shows no counts."""
        async with self.working(who, round_id, 'vote') as work:
            vote = await _the_vote(work, vote_id)
            await work.votes.put(replace(vote, closed=closed, revealed=vote.revealed and closed))

    async def reveal(self, who: Facilitator, round_id: str, vote_id: str, *, revealed: bool = True) -> None:
        """Show the counts, or hide them again. `BadInput` while the vote is open: who sees counts follows them."""
        async with self.working(who, round_id, 'vote') as work:
            vote = await _the_vote(work, vote_id)
            if revealed and not vote.closed:
                raise BadInput(_('Close the vote first: who sees the counts while choosing follows them.'))
            await work.votes.put(replace(vote, revealed=revealed))

    async def count_hands(self, who: Facilitator, round_id: str, vote_id: str, option: str, n: int) -> None:
        """So many hands were raised for this option ('' for those who abstain), by people without a phone."""
        async with self.working(who, round_id, 'vote') as work:
            vote = await _the_vote(work, vote_id)
            _require_open(vote)
            if isinstance(n, bool) or not isinstance(n, int) or not 0 <= n <= MOST_HANDS:
                raise BadInput(_('A number of hands is 0 to {n}.').format(n=MOST_HANDS))
            if not option:
                vote = replace(vote, hands_abstained=n)
            else:
                hands = dict(zip(vote.options, vote.hands or (0,) * len(vote.options), strict=True))
                if option not in hands:
                    raise NotFound(_('This is not in the vote: it came later, or somebody removed it.'))
                vote = replace(vote, hands=tuple((hands | {option: n}).values()))
            await work.votes.put(vote)

    async def begin_anew(self, who: Facilitator, round_id: str, vote_id: str) -> str:
        """The same vote from the start, on what there is now; the one before is kept and can be brought back."""
        async with self.working(who, round_id, 'vote') as work:
            vote = await _the_vote(work, vote_id)
            options = tuple(option.id for option in await _options(work, vote.on))
            if len(options) < 2:
                raise BadInput(_('There is nothing to choose between any more: a vote needs at least two.'))
            new = Vote(
                id=new_id(), on=vote.on, options=options, dots=min(vote.dots, len(options)), place=await _place(work)
            )
            await _begin(work, new, vote)
        return new.id

    async def bring_back_vote(self, who: Facilitator, round_id: str) -> None:
        """The vote before the current one stands there again; the current one is kept behind it."""
        async with self.working(who, round_id, 'vote') as work:
            votes = sorted(await work.votes.all(), key=lambda vote: vote.place)
            now = next((n for n, vote in enumerate(votes) if vote.current), len(votes))
            if now == 0:
                raise BadInput(_('There is no earlier vote.'))
            await _begin(work, votes[now - 1], votes[now] if now < len(votes) else None)

    async def put_away(self, who: Facilitator, round_id: str, vote_id: str) -> None:
        """No vote stands on the screens any more; `bring_back_vote` brings it back."""
        async with self.working(who, round_id, 'vote') as work:
            await work.votes.put(replace(await _the_vote(work, vote_id), current=False, closed=True))


async def cast(work: RoundWork, observer: str, vote_id: str, options: Sequence[str], abstained: bool) -> str:
    """One observer's whole ballot, in place of an earlier one; gives what that is called.

    Raises `WrongStage` after the vote was closed, `BadInput` for too many dots, `NotFound` for what is not there.
    """
    vote = await work.votes.get(vote_id)
    if vote is None or not vote.current:
        raise NotFound(_('This vote is over: the facilitator has put it away or begun it anew.'))
    _require_open(vote)
    chosen = tuple(dict.fromkeys(options))
    if not set(chosen) <= set(vote.options):
        raise NotFound(_('Something that you chose is not in this vote any more. Please look again.'))
    if len(chosen) > vote.dots:
        sentence = ngettext('You have {n} dot in this vote.', 'You have {n} dots in this vote.', vote.dots)
        raise BadInput(sentence.format(n=vote.dots))
    if not chosen and not abstained:
        await work.ballots.remove(f'{vote.id}.{observer}')
    else:
        ballot = Ballot(
            id=f'{vote.id}.{observer}',
            vote=vote.id,
            observer=observer,
            options=() if abstained else chosen,
            abstained=abstained,
        )
        await work.ballots.put(ballot)
    return _('Vote')


async def vote_part(work: RoundWork, wall: Wall, for_control: bool) -> dict[str, Any]:
    """The vote as hall and facilitator see it: counts are in it only when they are revealed."""
    vote = await current(work)
    if vote is None:
        return {'vote': None} | ({'earlier_votes': len(await work.votes.all())} if for_control else {})
    ballots = await work.ballots.all(vote=vote.id)
    drawn: dict[str, Any] = {
        'id': vote.id,
        'on': vote.on.value,
        'dots': vote.dots,
        'closed': vote.closed,
        'revealed': vote.revealed,
        'voted': len(ballots),
        'people': len(wall.observers),
        'options': [{'id': option.id, 'text': option.text} for option in await _there(work, vote)],
    }
    if vote.revealed:
        counts, abstained = counted(vote, ballots)
        drawn['counts'] = counts
        drawn['abstained'] = abstained
    if not for_control:
        return {'vote': drawn}
    hands = dict(zip(vote.options, vote.hands or (0,) * len(vote.options), strict=True))
    drawn['hands'] = hands
    drawn['hands_abstained'] = vote.hands_abstained
    return {'vote': drawn, 'earlier_votes': len([one for one in await work.votes.all() if one.place < vote.place])}


async def vote_for(work: RoundWork, observer: Observer) -> dict[str, Any] | None:
    """The vote as an observer's own phone shows it: own dots, and no counts but those that the hall sees."""
    vote = await current(work)
    if vote is None:
        return None
    ballot = await work.ballots.get(f'{vote.id}.{observer.id}')
    drawn: dict[str, Any] = {
        'id': vote.id,
        'on': vote.on.value,
        'dots': vote.dots,
        'closed': vote.closed,
        'options': [{'id': option.id, 'text': option.text} for option in await _there(work, vote)],
        'chosen': list(ballot.options) if ballot else [],
        'abstained': bool(ballot and ballot.abstained),
    }
    if vote.revealed:
        drawn['counts'] = counted(vote, await work.ballots.all(vote=vote.id))[0]
    return drawn


def counted(vote: Vote, ballots: Sequence[Ballot]) -> tuple[dict[str, int], int]:
    """Dots and raised hands for each option, and how many abstained."""
    dots = Counter(option for ballot in ballots for option in ballot.options)
    hands = dict(zip(vote.options, vote.hands or (0,) * len(vote.options), strict=True))
    counts = {option: dots[option] + hands[option] for option in vote.options}
    return counts, sum(ballot.abstained for ballot in ballots) + vote.hands_abstained


async def current(work: RoundWork) -> Vote | None:
    """The vote that stands on the screens."""
    return next((vote for vote in await work.votes.all() if vote.current), None)


@dataclass(frozen=True)
class Option:
    id: str
    text: str


async def _options(work: RoundWork, on: VoteOn) -> list[Option]:
    if on is VoteOn.PATTERNS:
        patterns = sorted(await work.patterns.all(), key=lambda pattern: (pattern.place, pattern.id))
        return [Option(pattern.id, pattern.title or _('Not named yet')) for pattern in patterns]
    if on is VoteOn.THEORIES:
        theories = sorted(await work.theories.all(), key=lambda theory: (theory.place, theory.id))
        return [Option(theory.id, theory.when) for theory in theories]
    steps = sorted(await work.next_steps.all(), key=lambda step: (step.place, step.id))
    return [Option(step.id, step.text) for step in steps]


async def _there(work: RoundWork, vote: Vote) -> list[Option]:
    """The options that were not removed meanwhile, in the order of now."""
    return [option for option in await _options(work, vote.on) if option.id in vote.options]


async def _the_vote(work: RoundWork, vote_id: str) -> Vote:
    vote = await work.votes.get(vote_id)
    if vote is None or not vote.current:
        raise NotFound(_('This vote does not stand there any more: another screen has put it away.'))
    return vote


async def _begin(work: RoundWork, vote: Vote, before: Vote | None) -> None:
    if before is not None:
        await work.votes.put(replace(before, current=False, closed=True))
    await work.votes.put(replace(vote, current=True))


async def _place(work: RoundWork) -> int:
    return 1 + max((vote.place for vote in await work.votes.all()), default=0)


def _require_open(vote: Vote) -> None:
    if vote.closed:
        raise WrongStage(_('This vote is closed: nothing in it changes any more, unless it is opened again.'))


def _dots(dots: int | None, options: Sequence[str]) -> int:
    if dots is None:
        return max(1, round(math.sqrt(len(options))))
    if isinstance(dots, bool) or not isinstance(dots, int) or not 1 <= dots <= min(MOST_DOTS, len(options)):
        sentence = _('Everybody has 1 to {n} dots in this vote.')
        raise BadInput(sentence.format(n=min(MOST_DOTS, len(options))))
    return dots
