"""Who may come in with a code: the rules of joining, inside a work on the round."""

import datetime as dt
import re
from dataclasses import dataclass, replace

from app.errors import BadInput, Gone, Taken
from app.ids import hashed, new_code, new_id, new_secret, read_code
from app.rounds.model import Round, RoundSchool
from app.rounds.stages import Act, Stage, require
from app.store import RoundWork
from app.texts import _
from app.wording import worded

from .model import Device, Observer

#: The longest name of an observer, in code points.
LONGEST_NAME = 60
_ATTEMPT = re.compile(r'[A-Za-z0-9_-]{16,64}')


@dataclass(frozen=True, kw_only=True)
class Joining:
    """What somebody types to join. `attempt` is made on the phone once for each joining, and kept until it is answered.

    When the answer was lost, the same attempt gets in again, though the name is in use by then.
    """

    code: str
    display_name: str
    school: str
    return_code: str = ''
    attempt: str = ''


class WrongReturnCode(BadInput):
    """Counted like a wrong code."""


async def let_in(work: RoundWork, plan: Round, joining: Joining, now: dt.datetime) -> tuple[Observer, str]:
    """The observer, new or known, and the secret of a new device.

    Raises `WrongStage` outside the day, `BadInput` for a name or school that cannot be, `WrongReturnCode`, and
    `Taken` when somebody of this name and school is here already and no return code was typed.
    """
    require_not_gone(plan)
    require(Act.JOIN, plan.stage)
    name = worded(joining.display_name, LONGEST_NAME, _('Your name'), lines=False, field='display_name')
    school = _school(plan, joining.school)
    known = await _known(work, name, school)
    if known is None and read_code(joining.return_code):
        raise WrongReturnCode(_unknown_return(), field='return_code')
    if known is not None:
        await _require_same_person(work, known, joining)
    observer = known or Observer(id=new_id(), display_name=name, school=school, return_code=new_code(), joined_at=now)
    if not observer.return_code:  # of an imported round
        observer = replace(observer, return_code=new_code())
    await work.observers.put(observer)
    secret = new_secret()
    attempt = hashed(joining.attempt) if _ATTEMPT.fullmatch(joining.attempt) else ''
    await work.devices.put(Device(id=hashed(secret), observer=observer.id, created_at=now, attempt=attempt))
    return observer, secret


def require_not_gone(plan: Round) -> None:
    """Raise `Gone` for a round whose notes have been deleted after it."""
    if plan.stage is Stage.PURGED or plan.purged_at is not None:
        raise round_is_over()


def round_is_over() -> Gone:
    """What every code of a purged round is answered."""
    return Gone(_('This round is over, and its notes have been deleted as announced. There is nothing to do here.'))


def _school(plan: Round, said: str) -> str:
    """The id of the school that was said by id or by name."""
    name = ' '.join(said.split()).casefold()
    for school in plan.schools:
        if school.id == said or school.name.casefold() == name:
            return school.id
    if not plan.schools:
        return worded(said, LONGEST_NAME * 2, _('Your school'), lines=False, field='school')
    sentence = _('Choose your school from the list. If it is missing, ask the facilitator to add it.')
    raise BadInput(sentence, field='school')


async def _known(work: RoundWork, name: str, school: str) -> Observer | None:
    folded = name.casefold()
    for observer in await work.observers.all():
        if observer.school == school and observer.display_name.casefold() == folded:
            return observer
    return None


async def _require_same_person(work: RoundWork, known: Observer, joining: Joining) -> None:
    typed = read_code(joining.return_code)
    if typed:
        if typed != known.return_code:
            raise WrongReturnCode(_unknown_return(), field='return_code')
        return
    if _ATTEMPT.fullmatch(joining.attempt):
        attempt = hashed(joining.attempt)
        if any(device.attempt == attempt for device in await work.devices.all(observer=known.id)):
            return
    sentence = _(
        'Somebody called “{name}” from your school has joined already. If that is you, type the return code that '
        'your first phone or tab shows under “You”. If not, add a letter to your name.'
    )
    raise Taken(sentence.format(name=known.display_name), field='display_name')


def _unknown_return() -> str:
    return _('This return code does not go with this name and school. It stands under “You” on your first phone.')


def school_of(plan: Round, school: str) -> RoundSchool:
    """The school with this id; one that was removed from the plan keeps its place under its id."""
    return next((known for known in plan.schools if known.id == school), RoundSchool(id=school, name=school))
