"""What is printed before the day, the codes that stand on it, and links for the hall's computer."""

from collections.abc import Awaitable, Callable, Sequence

from nicegui import ui

from app.rounds.join_codes import grouped
from app.rounds.model import Classroom, LinkKind
from app.rounds.plan import Plan
from app.texts import _
from components.layout import heading, text
from components.messages import say
from components.plan.acts import PlanActs
from components.plan.section import Section, box, button, link_button, row, sheet

Act = Callable[[], Awaitable[None]]


class Printing(Section):
    """The print pack and its parts, codes, and links for the hall's computer."""

    def __init__(
        self, plan: Plan, acts: PlanActs, *, address: str, seen_address: str, parts: Sequence[tuple[str, str, str]]
    ) -> None:
        super().__init__(plan, acts)
        self.parts = parts  #: of the print pack: the name in its address, the one that people read, what it is for
        self.address = address
        self.seen_address = seen_address

    async def draw(self) -> None:
        """Three sheets; what is printed and the codes are drawn anew when they change."""
        with sheet(_('Print')):
            self.paper = ui.element('div').classes('plan-section')
        with sheet(_('Codes')):
            self.codes = ui.element('div').classes('plan-section')
        with sheet(
            _('Links for the hall'), _('A hall’s computer has no account. A link opens one page of this round there.')
        ):
            self.links = ui.element('div').classes('plan-section')
        self._draw_paper()
        self._draw_codes()
        await self._draw_links()

    async def show(self, plan: Plan) -> None:
        """The codes anew when a room or a code has changed."""
        before = self.plan
        await super().show(plan)
        if (before.classrooms, before.round.join_code) != (plan.classrooms, plan.round.join_code):
            self._draw_paper()
            self._draw_codes()

    def _draw_paper(self) -> None:
        self.paper.clear()
        with self.paper:
            if not self.address:
                _no_address(self.seen_address)
                return
            if self.plan.classrooms:
                text('p', _('In black and white, on the paper of your school. All of it in one file, or a part alone.'))
                with row():
                    link_button(_('Everything for the day (PDF)'), self._file('pack'), 'first')
            else:
                text('p', _('There are no classrooms yet, so there are no doors to print a card for.'))
            with ui.element('ul').classes('plan-parts'):
                for part, name, purpose in self.parts:
                    with ui.element('li'):
                        link_button(name, self._file(part))
                        text('span', purpose, 'soft')

    def _file(self, part: str) -> str:
        return f'/rounds/{self.plan.round.id}/print/{part}.pdf'

    def _draw_codes(self) -> None:
        self.codes.clear()
        with self.codes:
            if self.address:
                words = _('They stand on the cards. Whoever cannot scan opens {address} and types one.')
                text('p', words.format(address=f'{self.address}/c/'), 'soft')
            with row():
                text('span', _('Code of the hall'), 'soft')
                text('span', grouped(self.plan.round.join_code), 'plan-code hall-code')
                button(_('New code'), self._renewing_hall, name=_('New code for the hall'))
            if self.plan.classrooms:
                self._draw_doors()

    def _draw_doors(self) -> None:
        with (
            ui.element('div').classes('rota-scroll').props(f'tabindex=0 role=region aria-label="{_("Codes")}"'),
            ui.element('table').classes('rota codes'),
        ):
            with ui.element('thead'), ui.element('tr'):
                for head in (_('No.'), _('Room'), _('Code on the door'), _('For this room alone')):
                    text('th', head).props('scope=col')
            with ui.element('tbody'):
                for room in self.plan.classrooms:
                    self._draw_door(room)

    def _draw_door(self, room: Classroom) -> None:
        with ui.element('tr'):
            text('th', str(room.number)).props('scope=row')
            text('td', room.room)
            with ui.element('td'):
                text('span', grouped(room.code), 'plan-code')
            with ui.element('td'), row():
                self._card_buttons(room)

    def _card_buttons(self, room: Classroom) -> None:
        n = room.number
        if self.address:
            card, slip = (f'{self._file(part)}?number={n}' for part in ('door-cards', 'slips'))
            link_button(_('Card'), card, name=_('Print the card of classroom {n}').format(n=n))
            link_button(_('Slip'), slip, name=_('Print the slip for the teacher of classroom {n}').format(n=n))
        button(_('New code'), self._renewing(room), name=_('New code for classroom {n}').format(n=n))

    async def _renewing_hall(self) -> None:
        with box(_('A new code for the hall?')) as dialog:
            text('p', _of_a_card())
            with ui.element('div').classes('buttons'):
                self._renewer(dialog, _('Make a new code'), lambda: self.acts.new_code(''), 'first')
                button(_('Leave it'), _closing(dialog))

    def _renewing(self, room: Classroom) -> Act:
        async def ask() -> None:
            with box(_('A new code for classroom {n}?').format(n=room.number)) as dialog:
                heading(_('On the door'), 3)
                text('p', _of_a_card())
                with row():
                    self._renewer(dialog, _('New code for the door'), lambda: self.acts.new_code(room.id))
                heading(_('On the slip for the teacher'), 3)
                text(
                    'p',
                    _('The old slip no longer opens the notes of the lesson. The new one has to be handed over.'),
                )
                with row():
                    self._renewer(dialog, _('New code for the slip'), lambda: self.acts.new_slip_code(room.id))
                with ui.element('div').classes('buttons'):
                    button(_('Leave it'), _closing(dialog))

        return ask

    def _renewer(self, dialog: ui.dialog, label: str, act: Act, classes: str = '') -> None:
        async def renew() -> None:
            await act()
            dialog.close()
            say(_('The new code is valid from now on.'))

        button(label, renew, classes)

    async def _draw_links(self) -> None:
        links = await self.acts.links()
        names = {LinkKind.PROJECTION: _('Projection'), LinkKind.OUTCOME: _('Outcome')}
        self.links.clear()
        with self.links:
            for n, link in enumerate(links, start=1):
                with row():
                    words = _('{kind}, made on {day}').format(
                        kind=names[link.kind], day=f'{link.created_at.astimezone(self.now().tzinfo):%d.%m.%Y, %H:%M}'
                    )
                    text('span', words)
                    button(_('Revoke'), self._revoking(link.id), name=_('Revoke link {n}').format(n=n))
            if not links:
                text('p', _('There is no link yet.'), 'soft')
            with row():
                button(_('New link to the projection'), self._making(LinkKind.PROJECTION))
                button(_('New link to the outcome'), self._making(LinkKind.OUTCOME))

    def _making(self, kind: LinkKind) -> Act:
        async def make() -> None:
            address = await self.acts.make_link(kind)
            await self._draw_links()
            with box(_('The link')) as dialog:
                text('p', _('It is shown only now. Whoever has it can open this page, until you revoke it.'))
                text('code', address, 'plan-command')

                async def copy() -> None:
                    ui.clipboard.write(address)
                    say(_('Copied.'))

                with ui.element('div').classes('buttons'):
                    button(_('Copy'), copy, 'first')
                    button(_('Close'), _closing(dialog))

        return make

    def _revoking(self, link: str) -> Act:
        async def revoke() -> None:
            await self.acts.revoke_link(link)
            await self._draw_links()
            say(_('The link is revoked.'))

        return revoke


def _no_address(seen: str) -> None:
    text(
        'p',
        '⚠ ' + _('Nothing can be printed yet: this server has not been told at which address phones find it.'),
        'waiting',
    )
    text('p', _('A printed card cannot be changed afterwards, so the address is not guessed.'))
    text('p', _('Your browser opens this page at the address below. If the visitors’ phones can open it too, set it:'))
    text('code', f'ROUNDS_ADDRESS={seen} rounds serve', 'plan-command')
    if 'localhost' in seen or '127.0.0.1' in seen:
        words = _('It is an address of this computer alone; phones need the one that the server prints at its start.')
        text('p', words, 'waiting')
    text('p', _('Ask whoever runs the server to set it once, then start the server again.'), 'soft')


def _of_a_card() -> str:
    return _(
        'The old card no longer lets anybody in: whoever scans or types it is told that it was replaced. '
        'Phones that have joined stay in. The new card has to be printed and put up.'
    )


def _closing(dialog: ui.dialog) -> Act:
    async def close() -> None:
        dialog.close()

    return close
