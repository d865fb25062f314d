"""Fields that are kept while one types: a form, or a table that is filled in like a spreadsheet."""

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from nicegui import ui
from nicegui.element import Element
from nicegui.events import GenericEventArguments

from app.errors import Changed, NotSignedIn, RoundsError
from app.texts import _
from components.messages import no_problem, say_problem

#: row, field, value, what was seen there → the value as it was kept
OnChange = Callable[[str, str, object, object], Awaitable[object]]
OnAdd = Callable[[dict[str, Any]], Awaitable[None]]
OnRow = Callable[[str], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class Column:
    """A field. `kind`: line, text, number, time, date, choice, tick or ticks; `choices` are (value, label)."""

    field: str
    label: str
    kind: str = 'line'
    hint: str = ''
    choices: tuple[tuple[str, str], ...] = ()
    width: str = ''
    example: str = ''


@dataclass(frozen=True, kw_only=True)
class Row:
    """What stands in the fields of one thing; `label` names it to those who hear the page."""

    id: str
    label: str
    values: Mapping[str, object]
    removable: bool = True


class Sheet(Element, component='sheet.js'):
    """Sends each change by itself and says when it was kept, or in a sentence why not.

    What somebody is typing is never replaced from afar: when another screen has written in the same field, both
    versions are offered. What the server has not answered is sent again, and survives a reload of the page.
    """

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        rows: Sequence[Row],
        on_change: OnChange,
        *,
        now: Callable[[], dt.datetime],
        caption: str = '',
        table: bool = True,
        changeable: bool = True,
        on_add: OnAdd | None = None,
        add: str = '',
        on_remove: OnRow | None = None,
        shown: Callable[[str, object], object] | None = None,
    ) -> None:
        super().__init__()
        self.shown = shown or (lambda _field, value: as_shown(value))
        self.now = now
        self._props.update(
            name=name,
            first={'rows': self._lines(rows), 'columns': [asdict(one) for one in columns], 'changeable': changeable},
            table=table,
            caption=caption,
            adding=on_add is not None,
            add=add,
            removing=on_remove is not None,
            texts=_texts(),
        )
        self._answer_changes(on_change)
        if on_add is not None:
            self._answer_added(on_add)
        if on_remove is not None:
            self.on('taken-out', _quietly(lambda event: on_remove(event.args['row'])))

    def show(self, rows: Sequence[Row], *, changeable: bool = True, columns: Sequence[Column] | None = None) -> None:
        """Draw these rows; what somebody is typing stays. Nothing is sent when all is the same."""
        before = self._props['first']
        now = {**before, 'rows': self._lines(rows), 'changeable': changeable}
        if columns is not None:
            now['columns'] = [asdict(column) for column in columns]
        if now == before:
            return
        with self._props.suspend_updates():  # only for a browser that builds the element anew
            self._props['first'] = now
        self.run_method('show', {key: value for key, value in now.items() if key != 'columns' or value != before[key]})

    def _lines(self, rows: Sequence[Row]) -> list[dict[str, object]]:
        return [
            {
                'id': row.id,
                'label': row.label,
                'removable': row.removable,
                'values': {field: self.shown(field, value) for field, value in row.values.items()},
            }
            for row in rows
        ]

    def _answer_changes(self, on_change: OnChange) -> None:
        async def change(event: GenericEventArguments) -> None:
            row, field, value, seen = (event.args[key] for key in ('row', 'field', 'value', 'seen'))
            answer: dict[str, Any] = {'row': row, 'field': field, 'n': event.args['n']}
            try:
                answer |= {'state': 'kept', 'value': self.shown(field, await on_change(row, field, value, seen))}
                answer['at'] = f'{self.now():%H:%M}'
                no_problem()
            except NotSignedIn as error:
                say_problem(error.sentence)
                ui.navigate.to('/sign-in')
                return
            except Changed as error:
                theirs = self.shown(field, error.more.get('theirs'))
                answer |= {'state': 'changed', 'sentence': error.sentence, 'theirs': theirs}
            except RoundsError as error:
                answer |= {'state': 'refused', 'sentence': error.sentence}
            self.run_method('answered', answer)

        self.on('edited', change)

    def _answer_added(self, on_add: OnAdd) -> None:
        answers: dict[int, dict[str, Any]] = {}  #: of the newest row: it comes again when its answer was lost

        async def added(event: GenericEventArguments) -> None:
            n = int(event.args['n'])
            if n in answers:
                if answers[n]:
                    self.run_method('added', answers[n])
                return
            answers.clear()
            answers[n] = {}
            answer: dict[str, Any] = {'n': n, 'ok': True, 'sentence': '', 'at': f'{self.now():%H:%M}'}
            try:
                await on_add(dict(event.args['values']))
                no_problem()
            except NotSignedIn as error:
                say_problem(error.sentence)
                ui.navigate.to('/sign-in')
                return
            except RoundsError as error:
                answer |= {'ok': False, 'sentence': error.sentence}
            answers[n] = answer
            self.run_method('added', answer)

        self.on('add', added)


def as_shown(value: object) -> object:
    """A value of a model as a field shows it."""
    if isinstance(value, dt.time):
        return f'{value:%H:%M}'
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return list(value)
    if isinstance(value, bool):
        return value
    return '' if value is None else str(value)


def _quietly(act: Callable[[GenericEventArguments], Awaitable[None]]) -> Callable[[GenericEventArguments], Any]:
    async def handled(event: GenericEventArguments) -> None:
        try:
            await act(event)
            no_problem()
        except NotSignedIn as error:
            say_problem(error.sentence)
            ui.navigate.to('/sign-in')
        except RoundsError as error:
            say_problem(error.sentence)

    return handled


def _texts() -> dict[str, str]:
    return {
        'kept': _('Kept {time}'),
        'at_once': _('Every change is kept at once.'),
        'keeping': _('Keeping …'),
        'no_answer': _('Not kept yet: the server has not answered. It is tried again.'),
        'not_kept': _('Not kept'),
        'theirs': _('On the other screen'),
        'nothing': _('(nothing)'),
        'take_theirs': _('Take the other one'),
        'keep_mine': _('Keep mine'),
        'remove': _('Take out'),
        'remove_this': _('Take out: {label}'),
        'sure': _('Take out “{label}”?'),
        'yes': _('Yes, take it out'),
        'no': _('No'),
        'new': _('new'),
        'lost': _('“{label}” was taken out on another screen. You had written there:'),
        'dismiss': _('All right'),
        'empty': _('Nothing here yet.'),
        'actions': _('Take out'),
    }
