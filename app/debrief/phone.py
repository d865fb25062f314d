"""What a group does in the debrief on its phones."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.errors import BadInput, Changed, NotSignedIn
from app.observation.model import Observer, ObserverAsker
from app.rounds.plan import the_round
from app.rounds.stages import Act, require
from app.store import RoundWork
from app.texts import _

from . import acts, cards, predictions, sorting, votes
from .acts import record

DONE, SAME = 'done', 'same'
MOST_PATTERNS = 100
MOST_CARDS = 500

Fields = Mapping[str, Any]


@dataclass(frozen=True)
class PhoneAct:
    """A kind of act that phones know. `run(work, group, fields)` does it and says what it is called; '' for nothing
    that can be undone.

    `act` is the act of the stage table that allows it; `tells` the kind of hint that others hear. A `personal` one is
    run with the observer's id instead of the group. What belongs to a group's `own` sorting is heard by that group
    alone, and undone by it alone.
    """

    act: Act
    run: Callable[[RoundWork, str, Fields], Awaitable[str]]
    needs_group: bool = True
    own: bool = False
    personal: bool = False
    tells: str = 'card'


async def do(work: RoundWork, asker: ObserverAsker, act: Fields, kinds: Mapping[str, PhoneAct]) -> str:
    """Do one act of a phone and write it down under the phone's own id: `done`, or `same` when that was done before.

    Raises `NotSignedIn`, `BadInput` for what is no act, `WrongStage`, and what the act itself raises.
    """
    observer = await the_observer(work, asker)
    key, kind = act.get('id'), act.get('kind')
    if not isinstance(key, str) or not re.fullmatch(r'[A-Za-z0-9_-]{22,36}', key):
        raise BadInput(_('This act has no proper id. Please reload the page.'))
    if not isinstance(kind, str) or kind not in kinds:
        raise BadInput(_('This phone asked for something that is not known here. Please reload the page.'))
    if await work.acts.get(key) is not None:
        return SAME
    known = kinds[kind]
    require(known.act, (await the_round(work)).stage)
    if not observer.group and known.needs_group:
        raise BadInput(_('Please choose your group first.'))
    sentence = await known.run(work, observer.id if known.personal else observer.group, act)
    if await work.acts.get(key) is None:  # undo and redo write themselves down
        await record(work, known.act, sentence, key=key, chain=observer.group if known.own else '')
    return DONE


async def the_observer(work: RoundWork, asker: ObserverAsker) -> Observer:
    """Who asks, as they are now; raises `NotSignedIn` when the device was revoked meanwhile."""
    device = await work.devices.get(asker.device)
    observer = await work.observers.get(asker.observer)
    if device is None or observer is None or device.observer != observer.id:
        raise NotSignedIn(_('This phone is not in the round any more. Scan the code at the door to join again.'))
    return observer


async def _accept(work: RoundWork, group: str, act: Fields) -> str:
    confirmed = act.get('confirmed') is True
    return await cards.accept(work, text(act, 'card'), group=group, confirmed=confirmed, seen=_seen(act))


async def _reword(work: RoundWork, group: str, act: Fields) -> str:
    confirmed, seen = act.get('confirmed') is True, text(act, 'seen', None)
    return await cards.reword(work, text(act, 'card'), text(act, 'text'), group=group, confirmed=confirmed, seen=seen)


async def _drop(work: RoundWork, group: str, act: Fields) -> str:
    return await cards.drop(work, text(act, 'card'), text(act, 'reason', '') or '', group=group, seen=_seen(act))


def _seen(act: Fields) -> cards.Seen | None:
    words, state = text(act, 'seen', None), text(act, 'was', None)
    return None if words is None or state is None else cards.Seen(words, state)


async def _red_dot(work: RoundWork, group: str, act: Fields) -> str:
    return await cards.red_dot(work, text(act, 'card'), text(act, 'reason'), group=group)


async def _take_dot_back(work: RoundWork, group: str, act: Fields) -> str:
    return await cards.take_dot_back(work, text(act, 'card'), group=group)


async def _sort(work: RoundWork, group: str, act: Fields) -> str:
    return await sorting.sort(work, group, texts(act, 'cards', MOST_CARDS), text(act, 'pile'))


async def _make_pile(work: RoundWork, group: str, act: Fields) -> str:
    name = text(act, 'text', '') or ''
    return await sorting.make(work, group, text(act, 'pile'), name, texts(act, 'cards', MOST_CARDS))


async def _name_pile(work: RoundWork, group: str, act: Fields) -> str:
    return await sorting.name(work, group, text(act, 'pile'), text(act, 'text'), text(act, 'seen', None))


async def _join_piles(work: RoundWork, group: str, act: Fields) -> str:
    return await sorting.join(work, group, text(act, 'into'), text(act, 'pile'))


async def _take_pile(work: RoundWork, group: str, act: Fields) -> str:
    return await sorting.take_away(work, group, text(act, 'pile'))


async def _ready(work: RoundWork, group: str, act: Fields) -> str:
    await sorting.say_ready(work, group, act.get('ready') is True)
    return ''


async def _undo_sorting(work: RoundWork, group: str, act: Fields) -> str:
    return _not_changed(await acts.undo(work, key=text(act, 'id'), chain=group))


async def _redo_sorting(work: RoundWork, group: str, act: Fields) -> str:
    return _not_changed(await acts.redo(work, key=text(act, 'id'), chain=group))


def _not_changed(changed: Changed | None) -> str:
    # NOTE: piles are changed by their group's own acts alone, so what is undone is always as that act left it.
    if changed is not None:
        raise changed
    return ''


async def _predict(work: RoundWork, _group: str, act: Fields) -> str:
    patterns = act.get('patterns')
    if not isinstance(patterns, list) or len(patterns) > MOST_PATTERNS or not all(isinstance(p, str) for p in patterns):
        raise BadInput(_('A prediction stands on what was seen: choose at least one pattern for it.'))
    await predictions.predict(work, text(act, 'text'), patterns)
    return _('Add a prediction')


async def _vote(work: RoundWork, observer: str, act: Fields) -> str:
    options = act.get('options', [])
    if not isinstance(options, list) or len(options) > MOST_PATTERNS or not all(isinstance(o, str) for o in options):
        raise BadInput(_('This vote is not as it should be. Please reload the page.'))
    return await votes.cast(work, observer, text(act, 'vote'), options, act.get('abstain') is True)


_ABSENT: Any = object()


def text(act: Fields, name: str, absent: Any = _ABSENT) -> Any:
    """A text that the phone sent; `absent` where it may be missing. Raises `BadInput`, naming it."""
    value = act.get(name)
    if value is None and absent is not _ABSENT:
        return absent
    if not isinstance(value, str):
        raise BadInput(_('Something is missing in what this phone sent ({name}).').format(name=name))
    return value


def texts(act: Fields, name: str, most: int) -> list[str]:
    """Several of them; raises `BadInput`, naming it."""
    value = act.get(name)
    if not isinstance(value, list) or len(value) > most or not all(isinstance(one, str) for one in value):
        raise BadInput(_('Something is missing in what this phone sent ({name}).').format(name=name))
    return value


KINDS: Mapping[str, PhoneAct] = {
    'accept': PhoneAct(Act.SCREEN, _accept),
    'reword': PhoneAct(Act.REWORD, _reword),
    'drop': PhoneAct(Act.SCREEN, _drop),
    'red_dot': PhoneAct(Act.RED_DOT, _red_dot),
    'take_dot_back': PhoneAct(Act.RED_DOT, _take_dot_back),
    'sort': PhoneAct(Act.SORT, _sort, own=True),
    'pile': PhoneAct(Act.SORT, _make_pile, own=True),
    'name_pile': PhoneAct(Act.SORT, _name_pile, own=True),
    'join_piles': PhoneAct(Act.SORT, _join_piles, own=True),
    'take_pile': PhoneAct(Act.SORT, _take_pile, own=True),
    'undo_sorting': PhoneAct(Act.SORT, _undo_sorting, own=True),
    'redo_sorting': PhoneAct(Act.SORT, _redo_sorting, own=True),
    'ready': PhoneAct(Act.SORT, _ready, own=True),
    'predict': PhoneAct(Act.PREDICT, _predict, needs_group=False),
    'vote': PhoneAct(Act.VOTE, _vote, needs_group=False, personal=True, tells='ballot'),
}
