"""What the planning components ask for; the page says who asks and for which round."""

import datetime as dt
from typing import Any, Protocol

from app.rounds.guests import Guest
from app.rounds.model import Link, LinkKind, Visit
from app.schools.model import School


class PlanActs(Protocol):
    """Every method raises a `RoundsError` with the sentence to show. `seen` is what the screen showed."""

    def now(self) -> dt.datetime:
        """Now, at the host school."""

    async def change(self, row: str, field: str, value: object, seen: object) -> object:
        """Keep a field of the round; returns it as it was kept."""

    async def change_school(self, row: str, field: str, value: object, seen: object) -> object:
        """Rename a school."""

    async def add_school(self, name: str) -> None:
        """One school by its name."""

    async def add_schools(self, names: list[str]) -> None:
        """Schools by name; those that take part already are left as they are."""

    async def remove_school(self, row: str) -> None:
        """Take a school out."""

    async def network(self) -> list[School]:
        """Schools of the network that do not take part yet."""

    async def divide(self, people: object) -> None:
        """Make groups for so many people."""

    async def add_group(self, name: str) -> None:
        """One more group."""

    async def change_group(self, row: str, field: str, value: object, seen: object) -> object:
        """Keep a field of a group."""

    async def remove_group(self, row: str) -> None:
        """Take a group out."""

    async def add_classrooms(self, rows: list[dict[str, Any]]) -> None:
        """New classrooms."""

    async def change_classroom(self, row: str, field: str, value: object, seen: object) -> object:
        """Keep a field of a classroom."""

    async def remove_classroom(self, row: str) -> None:
        """Take a classroom out."""

    async def add_periods(self, rows: list[dict[str, Any]]) -> None:
        """New periods."""

    async def change_period(self, row: str, field: str, value: object, seen: object) -> object:
        """Keep a field of a period."""

    async def remove_period(self, row: str) -> None:
        """Take a period out."""

    async def make_rota(self) -> None:
        """Make the rota anew."""

    async def put_visit(self, group: str, classroom: str, start: str, end: str) -> None:
        """One more visit."""

    async def move_visit(self, seen: Visit, classroom: str, start: str, end: str) -> None:
        """Change a visit."""

    async def swap_visits(self, one: Visit, other: Visit) -> None:
        """Two groups change rooms."""

    async def remove_visit(self, seen: Visit) -> None:
        """Take a visit out."""

    async def new_code(self, classroom: str) -> None:
        """A new code for a door, or with '' for the hall."""

    async def new_slip_code(self, classroom: str) -> None:
        """A new code for the slip of whoever teaches there."""

    async def make_link(self, kind: LinkKind) -> str:
        """The address of a new link."""

    async def links(self) -> list[Link]:
        """The links there are."""

    async def revoke_link(self, link: str) -> None:
        """The link opens nothing any more."""

    async def guests(self) -> list[Guest]:
        """Invited facilitators of other schools."""

    async def invite_guest(self, email: str) -> None:
        """Invite one by e-mail."""

    async def remove_guest(self, account: str) -> None:
        """The guest plans along no more."""

    async def copy(self, title: str, date: str) -> str:
        """The id of a copy."""

    async def archive(self, archived: bool) -> None:
        """Put the round away, or take it out again."""

    async def what_is_deleted(self) -> tuple[str, ...]:
        """A line for each thing that would be gone."""

    async def delete(self, typed: str) -> None:
        """Delete the round."""
