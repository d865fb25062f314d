"""What is printed before the day: a card for each door and one for the hall, with the codes on them."""

from collections.abc import Awaitable, Callable, Sequence

from nicegui import ui

from app.rounds.model import Classroom, LinkKind
from app.rounds.plan import Plan
from app.texts import _
from components.layout import heading, text
from components.messages import say
from components.plan.acts import PlanActs
from components.plan.section import Section, box, button, link_button, row, sheet

Act = Callable[[], Awaitable[None]]


class Printing(Section):
    """Door cards, join card, codes, and links for the hall's computer."""

    def __init__(
        self, plan: Plan, acts: PlanActs, *, address: str, seen_address: str, parts: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(plan, acts)
        self.parts = parts  #: of the print pack: the name in its address, and the name that people read
        self.address = address
        self.seen_address = seen_address

    async def draw(self) -> None:
        """Two sheets, the first drawn anew when a code changes."""
        with sheet(_('Print')):
            self.cards = ui.element('div').classes('plan-section')
        with sheet(_('For the day on paper'), _('Each part is also in the pack. Print in black and white.')):
            self.paper = ui.element('div').classes('plan-section')
        self._draw_paper()
        with sheet(
            _('Links for the hall'), _('A hall’s computer has no account. A link opens one page of this round there.')
        ):
            self.links = ui.element('div').classes('plan-section')
        self._draw_cards()
        await self._draw_links()

    async def show(self, plan: Plan) -> None:
        """The cards anew when a room or a code has changed."""
        before = self.plan
        await super().show(plan)
        if (before.classrooms, before.round.join_code) != (plan.classrooms, plan.round.join_code):
            self._draw_cards()

    def _draw_cards(self) -> None:
        self.cards.clear()
        with self.cards:
            if not self.address:
                _no_address(self.seen_address)
            elif not self.plan.classrooms:
                text('p', _('There are no classrooms yet, so there are no doors to print a card for.'))
            if self.address:
                self._draw_hall()
            if self.plan.classrooms:
                self._draw_doors()

    def _draw_paper(self) -> None:
        base = f'/rounds/{self.plan.round.id}/print'
        with self.paper:
            if not self.address:
                text('p', _('As with the cards: first the public address of this server has to be set.'))
                return
            with row():
                link_button(_('Everything for the day (PDF)'), f'{base}/pack.pdf', 'first')
            with ui.element('ul').classes('plan-parts'):
                for part, name in self.parts:
                    with ui.element('li'):
                        link_button(name, f'{base}/{part}.pdf')

    def _draw_hall(self) -> None:
        base = f'/rounds/{self.plan.round.id}'
        with row():
            if self.plan.classrooms:
                link_button(_('All door cards (PDF)'), f'{base}/print/door-cards.pdf', 'first')
            link_button(_('Join poster for the hall (PDF)'), f'{base}/print/join-card.pdf')
        text(
            'p',
            _('Visitors open {address}, or scan. Print in black and white.').format(address=f'{self.address}/c/'),
        )
        with row():
            text('span', _('Code of the hall'), 'soft')
            text('span', _spaced(self.plan.round.join_code), 'plan-code hall-code')
            button(_('New code'), self._asking(''), name=_('New code for the hall'))

    def _draw_doors(self) -> None:
        heading(_('Codes on the doors'), 3)
        with (
            ui.element('div').classes('rota-scroll').props(f'tabindex=0 role=region aria-label="{_("Codes")}"'),
            ui.element('table').classes('rota codes'),
        ):
            with ui.element('thead'), ui.element('tr'):
                for head in (_('No.'), _('Room'), _('Code'), _('Card')):
                    text('th', head).props('scope=col')
            with ui.element('tbody'):
                for room in self.plan.classrooms:
                    self._draw_door(room)

    def _draw_door(self, room: Classroom) -> None:
        with ui.element('tr'):
            text('th', str(room.number)).props('scope=row')
            text('td', room.room)
            with ui.element('td'):
                text('span', _spaced(room.code), 'plan-code')
            with ui.element('td'), row():
                self._card_buttons(room.id, room.number)

    def _card_buttons(self, key: str, number: int) -> None:
        if self.address:
            address = f'/rounds/{self.plan.round.id}/print/door-cards.pdf?number={number}'
            link_button(_('Print'), address, name=_('Print the card of classroom {n}').format(n=number))
            slip = f'/rounds/{self.plan.round.id}/print/slips.pdf?number={number}'
            link_button(_('Slip'), slip, name=_('Print the slip for the teacher of classroom {n}').format(n=number))
        name = _('New code for classroom {n}').format(n=number)
        button(_('New code'), self._asking(key), name=name)

    def _asking(self, key: str) -> Act:
        async def ask() -> None:
            with box(_('A new code?')) as dialog:
                words = _(
                    'The old card no longer lets anybody in: whoever scans or types it is told that it was replaced. '
                    'Phones that have joined stay in. The new card has to be printed and put up.'
                )
                text('p', words)

                async def renew() -> None:
                    await self.acts.new_code(key)
                    dialog.close()
                    say(_('The new code is valid from now on.'))

                async def leave() -> None:
                    dialog.close()

                with ui.element('div').classes('buttons'):
                    button(_('Make a new code'), renew, 'first')
                    button(_('Leave it'), leave)

        return ask

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

                async def close() -> None:
                    dialog.close()

                with ui.element('div').classes('buttons'):
                    button(_('Copy'), copy, 'first')
                    button(_('Close'), close)

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


def _spaced(code: str) -> str:
    return f'{code[:3]} {code[3:]}'
