"""The wall: cards, the patterns that they bear out, the predictions, and the acts that led there."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.rounds.stages import Stage


class CardState(StrEnum):
    """Where a chosen note stands. Only `accepted` cards are on the wall."""

    CHOSEN = 'chosen'
    ACCEPTED = 'accepted'
    RETURNED = 'returned'
    DROPPED = 'dropped'


@dataclass(frozen=True, kw_only=True)
class Card:
    """A chosen note. `id` and `place` are random: neither betrays who sent it or when.

    `note`, `group` and `visit` never leave the server; `text` may be reworded, what was noted stays in the note.
    """

    id: str
    note: str
    group: str
    visit: str
    text: str
    place: int
    lens: str | None = None
    state: CardState = CardState.CHOSEN
    reason: str = ''
    dotted: bool = False  #: a red dot of another group sent it back
    late: bool = False
    pattern: str = ''  #: id of a `Pattern`; empty: not sorted


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """A sentence in descriptive words that its cards bear out; what speaks against it stays in sight."""

    id: str
    title: str
    summary: str = ''
    exception: str = ''
    place: int = 0


class Share(StrEnum):
    """Which cards a group sorts: all of them, or its share, in which every card is sorted by two groups."""

    ALL = 'all'
    SHARE = 'share'


@dataclass(frozen=True, kw_only=True)
class Sorting:
    """How the groups sort in silence, on their phones: begun and ended by the facilitator.

    There is one in a round, under the round's id. `groups` had people when it began: they share the cards out.
    """

    id: str
    open: bool = True
    share: Share = Share.ALL
    groups: tuple[str, ...] = ()
    ready: tuple[str, ...] = ()  #: groups that say that they have finished


@dataclass(frozen=True, kw_only=True)
class Pile:
    """Cards that one group has put together in its own sorting; a card is in one pile of a group at most."""

    id: str
    group: str
    cards: tuple[str, ...] = ()
    name: str = ''
    place: int = 0


@dataclass(frozen=True, kw_only=True)
class Prediction:
    """What a student who did everything asked would know and be able to do; cites patterns."""

    id: str
    text: str
    patterns: tuple[str, ...] = ()
    place: int = 0


@dataclass(frozen=True, kw_only=True)
class Change:
    """One document before and after an act, as plain data; None: was or is not there."""

    collection: str
    key: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True, kw_only=True)
class DebriefAct:
    """Something done at the wall, with all it changed, so that it can be undone. Who did it is not kept.

    `kind` is the act of the stage table that allows it, or `undo` and `redo`: those are written down too, so that the
    wall of any earlier minute can be found again. Acts that can be undone are chained by `seq`: of all acts at most one
    has the turn to be undone and one to be redone, so that neither is ever searched for. What a group does
    in its own sorting is a chain of its own.
    """

    id: str
    seq: int
    kind: str
    sentence: str
    at: dt.datetime
    changes: tuple[Change, ...] = ()
    undone: bool = False
    under: int = 0  #: `seq` of the act that is undone after this one
    over: int = 0  #: `seq` of the act that is redone after this one
    turn: str = ''  #: `undo` or `redo`: this one is next
    chain: str = ''  #: id of the group whose sorting it is; empty: the wall of all


@dataclass(frozen=True, kw_only=True)
class Screen:
    """What the projector shows of the stage: set by the facilitator, the same after a reload and on every laptop.

    There is one in a round, under the round's id. `focus` is the id of the card, pattern or theory that stands
    alone on the wall; empty: the overview, at `page` (from 0).
    """

    id: str
    page: int = 0
    focus: str = ''
    paused: bool = False
    dark: bool = False
    shows: str = ''  #: `norms`, `question`, `focus` or `vote`: stands on the wall in place of the stage's own work
    beside: str = ''  #: a second theory, side by side with the one in focus


class VoteOn(StrEnum):
    """What the room can vote on."""

    PATTERNS = 'patterns'
    THEORIES = 'theories'
    NEXT_STEPS = 'next_steps'


@dataclass(frozen=True, kw_only=True)
class Vote:
    """A dot vote. `hands` are raised hands, counted for those without a phone, one number an option.

    One vote of a round is `current`; a vote that was begun anew stays behind it, so that it can be brought back.
    """

    id: str
    on: VoteOn
    options: tuple[str, ...]
    dots: int
    place: int
    current: bool = True
    closed: bool = False
    revealed: bool = False
    hands: tuple[int, ...] = ()
    hands_abstained: int = 0


@dataclass(frozen=True, kw_only=True)
class Ballot:
    """What one observer chose in one vote; `id` is `vote.observer`, so there is never a second one."""

    id: str
    vote: str
    observer: str
    options: tuple[str, ...] = ()
    abstained: bool = False


@dataclass(frozen=True, kw_only=True)
class AgendaStep:
    """A stage and how many minutes it is meant to take, in relation to the others."""

    stage: Stage
    minutes: int


@dataclass(frozen=True, kw_only=True)
class Agenda:
    """The time of the debrief, under the round's id. Both ends are moments on the server: browsers draw them."""

    id: str
    ends_at: dt.datetime
    steps: tuple[AgendaStep, ...]
    stage: Stage | None = None  #: the step that is going on
    step_ends_at: dt.datetime | None = None


@dataclass(frozen=True, kw_only=True)
class PrivateNotes:
    """What a facilitator wrote down for oneself, under the account's id; shown to nobody else, never projected."""

    id: str
    text: str
