"""Why a rota, or a change of it by hand, cannot be: a friendly sentence for each clash."""

from collections.abc import Iterable
from itertools import combinations

from app.texts import _

from .model import Classroom, Group, Period, Sizes, Visit
from .rota_times import minutes_of, room_label


def clashes(
    visits: Iterable[Visit],
    periods: Iterable[Period],
    classrooms: Iterable[Classroom],
    groups: Iterable[Group],
    sizes: Sizes,
) -> list[str]:
    """Everything in which these visits break a rule of the rota, a sentence each; empty: the rota is sound."""
    plan = _Plan(periods, classrooms, groups, sizes)
    ordered = sorted(visits, key=lambda visit: (visit.start, visit.end, visit.id))
    found = [sentence for visit in ordered for sentence in plan.alone(visit)]
    found += [sentence for one, other in combinations(ordered, 2) for sentence in plan.together(one, other)]
    return list(dict.fromkeys(found))


def why_not(
    changed: Visit,
    visits: Iterable[Visit],
    periods: Iterable[Period],
    classrooms: Iterable[Classroom],
    groups: Iterable[Group],
    sizes: Sizes,
) -> str | None:
    """Why `changed` cannot be in the rota (in place of the visit with its id, if there is one); None: it can.

    Only what this visit has to do with counts, so that one clash does not stand in the way of mending another.
    """
    plan = _Plan(periods, classrooms, groups, sizes)
    others = sorted((visit for visit in visits if visit.id != changed.id), key=lambda visit: (visit.start, visit.id))
    found = plan.alone(changed) + [sentence for other in others for sentence in plan.together(changed, other)]
    return found[0] if found else None


def span(visit: Visit) -> str:
    """‘08:55–09:15’, local time."""
    return f'{visit.start:%H:%M}–{visit.end:%H:%M}'


class _Plan:
    def __init__(
        self, periods: Iterable[Period], classrooms: Iterable[Classroom], groups: Iterable[Group], sizes: Sizes
    ) -> None:
        self.periods = sorted(periods, key=lambda period: (period.start, period.end))
        self.classrooms = {room.id: room for room in classrooms}
        self.groups = {group.id: group for group in groups}
        self.sizes = sizes

    def alone(self, visit: Visit) -> list[str]:
        """What is wrong with a visit whatever the others are."""
        group, room = self.groups.get(visit.group), self.classrooms.get(visit.classroom)
        if group is None or room is None:
            return [_('A visit at {time} has no group or no classroom any more. Remove it.').format(time=span(visit))]
        known = {'group': group.name, 'room': room.room, 'number': room.number, 'time': span(visit)}
        found = []
        if room.left_out:
            found.append(_('Classroom {number} ({room}) is left out, but {group} would visit it at {time}.'))
        if group.size > self.sizes.most_in_room:
            known |= {'n': group.size, 'most': self.sizes.most_in_room}
            found.append(_('{group} has {n} observers; {most} at most may be in one room.'))
        if visit.end <= visit.start:
            found.append(_('{group} would leave room {room} before coming in ({time}). Put the times right.'))
        else:
            found += self._bells(visit, room, known)
        return [sentence.format(**known) for sentence in found]

    def _bells(self, visit: Visit, room: Classroom, known: dict[str, object]) -> list[str]:
        around = [period for period in self.periods if period.start <= visit.start and visit.end <= period.end]
        if not around:
            return [_('{group} in room {room}: {time} crosses a bell or a break. A visit lies between two bells.')]
        if room.period:
            only = next((period for period in self.periods if period.id == room.period), None)
            if only not in around:
                known['period'] = only.name if only else ''
                return [_('Classroom {number} ({room}) is only in “{period}”; {group} would come at {time}.')]
            around = [period for period in around if period is only]
        settled = min(minutes_of(period.start) for period in around) + self.sizes.settle_minutes
        if minutes_of(visit.start) < settled:
            known['n'] = self.sizes.settle_minutes
            return [_('{group} in room {room}: {time} begins in the first {n} minutes, which are left to the class.')]
        return []

    def together(self, one: Visit, other: Visit) -> list[str]:
        """What is wrong between two visits."""
        first, second = sorted((one, other), key=lambda visit: (visit.start, visit.end, visit.id))
        if not {one.group, other.group} <= set(self.groups) or not {one.classroom, other.classroom} <= set(
            self.classrooms
        ):
            return []
        return self._one_group(first, second) if one.group == other.group else self._one_room(first, second)

    def _one_group(self, first: Visit, second: Visit) -> list[str]:
        group = self.groups[first.group].name
        room, next_room = self.classrooms[first.classroom], self.classrooms[second.classroom]
        found = []
        if first.classroom == second.classroom:
            sentence = _('{group} would visit classroom {number} ({room}) twice: at {time} and at {other_time}.')
            found.append(sentence.format(group=group, number=room.number, room=room.room, **_spans(first, second)))
        if second.start < first.end:
            sentence = _('{group} would be in room {room} at {time} and in room {next} at {other_time}.')
            found.append(sentence.format(group=group, room=room.room, next=next_room.room, **_spans(first, second)))
        elif minutes_of(second.start) - minutes_of(first.end) < self.sizes.walk_minutes:
            sentence = _(
                '{group} has {n} minutes to walk from room {room} ({time}) to room {next} ({other_time});'
                ' {walk} are needed.'
            )
            gap = minutes_of(second.start) - minutes_of(first.end)
            known = {'room': room.room, 'next': next_room.room, 'walk': self.sizes.walk_minutes, 'n': gap}
            found.append(sentence.format(group=group, **known, **_spans(first, second)))
        return found

    def _one_room(self, first: Visit, second: Visit) -> list[str]:
        room, other_room = self.classrooms[first.classroom], self.classrooms[second.classroom]
        if room_label(room) != room_label(other_room) or second.start >= first.end:
            return []
        sentence = _('{group} ({time}) and {other} ({other_time}) would be in room {room} at once.')
        names = {'group': self.groups[first.group].name, 'other': self.groups[second.group].name}
        return [sentence.format(room=room.room or room.number, **names, **_spans(first, second))]


def _spans(first: Visit, second: Visit) -> dict[str, str]:
    return {'time': span(first), 'other_time': span(second)}
