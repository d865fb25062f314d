"""A round's plan as one whole, read at one moment, and what is still missing in it."""

from dataclasses import dataclass

from app.errors import NotFound
from app.store import RoundWork
from app.texts import _, ngettext

from .model import Classroom, Group, Period, Round, RoundHead, Visit
from .rota import shortfall
from .rota_clashes import clashes
from .stages import ALLOWED, Act


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Everything that is planned; classrooms and groups by number, periods and visits by time."""

    head: RoundHead
    round: Round
    periods: tuple[Period, ...]
    classrooms: tuple[Classroom, ...]
    groups: tuple[Group, ...]
    visits: tuple[Visit, ...]

    @property
    def changeable(self) -> bool:
        """Whether the plan can still be changed at the round's stage."""
        return self.round.stage in ALLOWED[Act.PLAN]

    def classroom(self, key: str) -> Classroom | None:
        """The classroom with this id."""
        return next((room for room in self.classrooms if room.id == key), None)

    def group(self, key: str) -> Group | None:
        """The group with this id."""
        return next((group for group in self.groups if group.id == key), None)

    def clashes(self) -> tuple[str, ...]:
        """A sentence for each thing that is wrong with the rota as it stands."""
        return tuple(clashes(self.visits, self.periods, self.classrooms, self.groups, self.round.sizes))


@dataclass(frozen=True, kw_only=True)
class Step:
    """A section of the plan: whether it is done, and in words what stands or what comes next."""

    section: str
    done: bool
    sentence: str


async def the_round(work: RoundWork) -> Round:
    """The round of a work; raises `NotFound` for a place in which none was ever put."""
    planned = await work.plans.get(work.round_id)
    if planned is None:
        raise NotFound(_('There is no such round. It may have been deleted.'))
    return planned


async def read_plan(work: RoundWork, head: RoundHead) -> Plan:
    """The plan as it stands in this work."""
    return Plan(
        head=head,
        round=await the_round(work),
        periods=tuple(sorted(await work.periods.all(), key=lambda period: (period.start, period.end))),
        classrooms=tuple(sorted(await work.classrooms.all(), key=lambda room: room.number)),
        groups=tuple(sorted(await work.groups.all(), key=lambda group: group.number)),
        visits=tuple(sorted(await work.visits.all(), key=lambda visit: (visit.start, visit.group))),
    )


def steps(plan: Plan, *, address: str) -> tuple[Step, ...]:
    """The sections in the order in which they are filled in; the first that is not done is the next step.

    `address`: the public address of the instance, without which nothing is printed.
    """
    return (_focus(plan), _groups(plan), _classrooms(plan), _bells(plan), _rota(plan), _print(plan, address))


def next_step(plan: Plan, *, address: str) -> Step | None:
    """What comes next, or None when all is planned."""
    return next((step for step in steps(plan, address=address) if not step.done), None)


def _focus(plan: Plan) -> Step:
    planned = plan.round
    if planned.problem_of_practice:
        return Step(section='focus', done=True, sentence=_('The problem of practice is written.'))
    if planned.focus_statements:
        n = len(planned.focus_statements)
        sentence = ngettext('{n} focus statement is written.', '{n} focus statements are written.', n)
        return Step(section='focus', done=True, sentence=sentence.format(n=n))
    return Step(section='focus', done=False, sentence=_('Write down what the visitors are asked to look for.'))


def _groups(plan: Plan) -> Step:
    n = sum(group.size > 0 for group in plan.groups)  # one that was joined into another is empty
    if not n:
        return Step(section='groups', done=False, sentence=_('Say how many visitors come, and make their groups.'))
    sentence = ngettext('{n} group, {people} visitors.', '{n} groups, {people} visitors.', n)
    return Step(
        section='groups', done=True, sentence=sentence.format(n=n, people=sum(group.size for group in plan.groups))
    )


def _classrooms(plan: Plan) -> Step:
    n = sum(not room.left_out for room in plan.classrooms)
    if not n:
        return Step(section='classrooms', done=False, sentence=_('Add the classrooms that can be visited.'))
    sentence = ngettext('{n} classroom.', '{n} classrooms.', n)
    return Step(section='classrooms', done=True, sentence=sentence.format(n=n))


def _bells(plan: Plan) -> Step:
    n = len(plan.periods)
    if not n:
        return Step(section='bells', done=False, sentence=_('Write down when the bells ring on that day.'))
    sentence = ngettext('{n} period.', '{n} periods.', n)
    return Step(section='bells', done=True, sentence=sentence.format(n=n))


def _rota(plan: Plan) -> Step:
    if not plan.visits:
        return Step(section='rota', done=False, sentence=_('Have the rota made: who sits where, and when.'))
    wrong = len(plan.clashes())
    if wrong:
        sentence = ngettext('{n} clash in the rota.', '{n} clashes in the rota.', wrong)
        return Step(section='rota', done=False, sentence=sentence.format(n=wrong))
    n = len(plan.visits)
    short = shortfall(plan.visits, plan.groups, plan.round.sizes, plan.classrooms)
    sentence = ngettext('{n} visit, no clashes.', '{n} visits, no clashes.', n).format(n=n)
    return Step(section='rota', done=True, sentence=f'{sentence} {short}'.strip())


def _print(plan: Plan, address: str) -> Step:
    if plan.classrooms and plan.visits and not address:
        sentence = _('Nothing can be printed before the server knows its public address.')
        return Step(section='print', done=False, sentence=sentence)
    if plan.classrooms and plan.visits:
        return Step(section='print', done=True, sentence=_('All is ready to be printed.'))
    return Step(section='print', done=False, sentence=_('Cards and posters are printed at the end.'))
