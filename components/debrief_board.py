"""What all boards of the debrief share: one Vue component each, fed with one small message a change."""

import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import orjson
from nicegui import ui
from nicegui.element import Element
from nicegui.events import GenericEventArguments

from app.errors import NotSignedIn, RoundsError
from app.rounds.lenses import lens_names
from app.texts import _
from components.messages import no_problem, say_problem
from components.phone.files import phone_files

View = dict[str, Any]
#: what a board asks for: the kind of the act and its fields; returns something only where the board waits for it
OnAct = Callable[[str, dict[str, Any]], Awaitable[Any]]
Now = Callable[[], datetime]


class DebriefBoard(Element):
    """Draws a view of the debrief in the browser and hands what people do there to `on_act`.

    The whole view travels once, with the page; after that only what has changed. What somebody types or drags is
    kept apart from the view in the browser, so nothing from afar replaces it. Each act is answered: the board says
    at what time it was kept, or in a sentence why not.
    """

    def __init__(self, view: View, texts: dict[str, Any], on_act: OnAct | None = None, now: Now = datetime.now) -> None:
        super().__init__()
        self.view = view
        self.now = now
        self._props['first'] = _as_text(view)
        self._props['texts'] = texts | shared_texts()
        self._props['clock'] = round(time.time() * 1000)
        if on_act is not None:
            self._answer_acts(on_act)

    def show(self, view: View) -> None:
        """Draw `view` in place of the one before; nothing is sent when they are the same."""
        message = changed_parts(self.view, view)
        self.view = view
        with self._props.suspend_updates():  # only for a browser that builds the element anew
            self._props['first'] = _as_text(view)
        if message:
            self.run_method('show', message)

    def _answer_acts(self, on_act: OnAct) -> None:
        async def act(event: GenericEventArguments) -> None:
            call, kind, fields = event.args['call'], event.args['kind'], event.args['fields']
            answer: dict[str, Any] = {'ok': True, 'at': f'{self.now():%H:%M}'}
            try:
                answer['value'] = await on_act(kind, fields)
                no_problem()
            except NotSignedIn as error:
                say_problem(error.sentence)
                ui.navigate.to('/sign-in')
            except RoundsError as error:
                answer = {'ok': False, 'sentence': error.sentence, 'kind': error.kind}
            self.run_method('answered', call, answer)

        self.on('act', act)


def add_debrief_style() -> None:
    """Put the style sheet of the facilitator's side on the page that is being drawn."""
    ui.add_head_html('<link rel="stylesheet" href="/static/debrief.css">')


def changed_parts(before: View, after: View) -> View:
    """The parts of `after` that differ from `before`; of the cards only the changed ones, and a new order.

    The browser puts the two together again (`applied` in debrief_board.js).
    """
    message = {key: value for key, value in after.items() if key != 'cards' and before.get(key) != value}
    old, new = before.get('cards', []), after.get('cards', [])
    if old != new:
        known = {card['id']: card for card in old}
        message['cards_changed'] = [card for card in new if known.get(card['id']) != card]
        order = [card['id'] for card in new]
        if order != [card['id'] for card in old]:
            message['cards_order'] = order
    return message


def shared_texts() -> dict[str, Any]:
    """What every board says."""
    return {
        'kept': _('Kept {time}'),
        'keeping': _('Keeping …'),
        'no_answer': _('The server has not answered yet, so this is not kept. Try again in a moment.'),
        'cards': [_('{n} card'), _('{n} cards')],
        'visits': [_('{n} visit'), _('{n} visits')],
        'late': _('late'),
        'lenses': lens_names(),
        'cancel': _('Cancel'),
        'close': _('Close'),
        'keep': _('Keep'),
        'remove': _('Remove'),
        'one_earlier': _('One place earlier: “{title}”'),
        'one_later': _('One place later: “{title}”'),
        'about': _('“{words}”'),
        # Where the phone's own coach lies: what is written here is asked about by the same rules, in the browser.
        'coach': f'/c/a/{phone_files().build}/coach.js',
        'unsorted': _('Not sorted yet'),
        'unnamed': _('Not named yet'),
    }


def _as_text(view: View) -> str:
    return orjson.dumps(view).decode()
