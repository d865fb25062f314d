"""What a group does in the debrief on its phones."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from app.errors import BadInput, NotSignedIn
from app.observation.model import Observer, ObserverAsker
from app.rounds.plan import the_round
from app.rounds.stages import Act, require
from app.store import RoundWork
from app.texts import _

from . import cards, predictions
from .acts import record

DONE, SAME = 'done', 'same'
MOST_PATTERNS = 100


async def do(work: RoundWork, asker: ObserverAsker, act: Mapping[str, Any]) -> str:
    """Do one act of a phone and write it down under the phone's own id: `done`, or `same` when that was done before.

    Raises `NotSignedIn`, `BadInput` for what is no act, `WrongStage`, and what the act itself raises.
    """
    observer = await the_observer(work, asker)
    key, kind = act.get('id'), act.get('kind')
    if not isinstance(key, str) or not re.fullmatch(r'[A-Za-z0-9_-]{22,36}', key):
        raise BadInput(_('This act has no proper id. Please reload the page.'))
    if not isinstance(kind, str) or kind not in _KINDS:
        raise BadInput(_('This phone asked for something that is not known here. Please reload the page.'))
    if await work.acts.get(key) is not None:
        return SAME
    stage_act, run = _KINDS[kind]
    require(stage_act, (await the_round(work)).stage)
    if not observer.group and kind != 'predict':
        raise BadInput(_('Please choose your group first.'))
    await record(work, stage_act, await run(work, observer.group, act), key=key)
    return DONE


async def the_observer(work: RoundWork, asker: ObserverAsker) -> Observer:
    """Who asks, as they are now; raises `NotSignedIn` when the device was revoked meanwhile."""
    device = await work.devices.get(asker.device)
    observer = await work.observers.get(asker.observer)
    if device is None or observer is None or device.observer != observer.id:
        raise NotSignedIn(_('This phone is not in the round any more. Scan the code at the door to join again.'))
    return observer


async def _accept(work: RoundWork, group: str, act: Mapping[str, Any]) -> str:
    return await cards.accept(work, _text(act, 'card'), group=group, confirmed=act.get('confirmed') is True)


async def _reword(work: RoundWork, group: str, act: Mapping[str, Any]) -> str:
    seen = _text(act, 'seen') if act.get('seen') is not None else None
    confirmed = act.get('confirmed') is True
    return await cards.reword(work, _text(act, 'card'), _text(act, 'text'), group=group, confirmed=confirmed, seen=seen)


async def _drop(work: RoundWork, group: str, act: Mapping[str, Any]) -> str:
    reason = _text(act, 'reason') if act.get('reason') is not None else ''
    return await cards.drop(work, _text(act, 'card'), reason, group=group)


async def _red_dot(work: RoundWork, group: str, act: Mapping[str, Any]) -> str:
    return await cards.red_dot(work, _text(act, 'card'), _text(act, 'reason'), group=group)


async def _predict(work: RoundWork, _group: str, act: Mapping[str, Any]) -> str:
    patterns = act.get('patterns')
    if not isinstance(patterns, list) or len(patterns) > MOST_PATTERNS or not all(isinstance(p, str) for p in patterns):
        raise BadInput(_('A prediction stands on what was seen: choose at least one pattern for it.'))
    await predictions.predict(work, _text(act, 'text'), patterns)
    return _('Add a prediction')


def _text(act: Mapping[str, Any], name: str) -> str:
    value = act.get(name)
    if not isinstance(value, str):
        raise BadInput(_('Something is missing in what this phone sent ({name}).').format(name=name))
    return value


_KINDS: dict[str, tuple[Act, Callable[[RoundWork, str, Mapping[str, Any]], Awaitable[str]]]] = {
    'accept': (Act.SCREEN, _accept),
    'reword': (Act.REWORD, _reword),
    'drop': (Act.SCREEN, _drop),
    'red_dot': (Act.RED_DOT, _red_dot),
    'predict': (Act.PREDICT, _predict),
}
