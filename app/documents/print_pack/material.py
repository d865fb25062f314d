"""What the parts of the print pack are made from."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.pdf.sizes import SHEETS, Sheet
from app.rounds.model import Classroom, Group, Period, Round, Visit
from app.texts import _


@dataclass(frozen=True, kw_only=True)
class Material:
    """A plan to be printed. `address` is the public one.

    `lesson_codes` are the slips' codes by the classroom's id; `sheet_codes` those of sheets, by group and classroom.
    """

    round: Round
    classrooms: tuple[Classroom, ...]
    periods: tuple[Period, ...]
    groups: tuple[Group, ...]
    visits: tuple[Visit, ...]
    address: str
    lesson_codes: Mapping[str, str]
    sheet_codes: Mapping[tuple[str, str], str]

    @property
    def sheet(self) -> Sheet:
        """The paper of the host school."""
        return SHEETS[self.round.paper]

    @property
    def visited(self) -> tuple[Classroom, ...]:
        """Classrooms that have not been left out, by number."""
        return tuple(sorted((room for room in self.classrooms if not room.left_out), key=lambda room: room.number))

    def visits_of(self, group: Group) -> list[tuple[Visit, Classroom]]:
        """A group's visits in their order, each with its classroom."""
        rooms = {room.id: room for room in self.visited}
        ours = [visit for visit in self.visits if visit.group == group.id and visit.classroom in rooms]
        return [(visit, rooms[visit.classroom]) for visit in sorted(ours, key=lambda visit: visit.start)]

    def period_name(self, room: Classroom) -> str:
        """The name of the only period in which a classroom can be visited; '' where any will do."""
        return next((period.name for period in self.periods if period.id == room.period), '')

    def label(self, room: Classroom) -> str:
        """A classroom as it is spoken of: room, subject, year group, period."""
        parts = (room.room or _('Classroom {n}').format(n=room.number), room.subject, room.year_group)
        return ' · '.join(part for part in (*parts, self.period_name(room)) if part)
