"""What else one does with a round: guests, a copy, putting it away, deleting it."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from app.rounds.plan import Plan
from app.texts import _
from components.layout import text
from components.messages import say
from components.plan.section import Section, box, button, row, sheet, typing


class More(Section):
    """Seldom needed, so it stands apart from the steps."""

    async def draw(self) -> None:
        """Three sheets."""
        with sheet(
            _('Facilitators of other schools'),
            _('A guest plans and runs this round with you, and sees no other round.'),
        ):
            self.guests = ui.element('div').classes('plan-section')
            with row():
                self.email = typing(_('E-mail with which they sign in'), props='type=email')
                button(_('Invite'), self._invite)
        await self._draw_guests()
        with (
            sheet(_('Use this plan again'), _('A copy begins with this plan and with new codes; no people, no notes.')),
            row(),
        ):
            self.copied = typing(_('Title of the copy'), self.plan.round.title)
            self.date = typing(_('Day'), classes='day', props='type=date')
            button(_('Copy the round'), self._copy)
        with sheet(_('Put away or delete')):
            self.away = ui.element('div').classes('plan-row')
            self._draw_away()

    async def show(self, plan: Plan) -> None:
        """Guests and the archive as they are now."""
        before = self.plan.head
        await super().show(plan)
        if before.guests != plan.head.guests:
            await self._draw_guests()
        if before.archived != plan.head.archived:
            self._draw_away()

    def _draw_away(self) -> None:
        archived = self.plan.head.archived
        self.away.clear()
        with self.away:
            button(_('Take it out of the archive') if archived else _('Put it into the archive'), self._archive)
            button(_('Delete the round …'), self._ask_to_delete, 'stop')

    async def _draw_guests(self) -> None:
        guests = await self.acts.guests()
        self.guests.clear()
        with self.guests:
            for guest in guests:
                with row():
                    text('span', f'{guest.name}, {guest.school}')
                    name = _('Remove {name}').format(name=guest.name)
                    button(_('Remove'), self._removing(guest.account), name=name)
            if not guests:
                text('p', _('Nobody has been invited yet.'), 'soft')

    def _removing(self, account: str) -> Callable[[], Awaitable[None]]:
        async def remove() -> None:
            await self.acts.remove_guest(account)

        return remove

    async def _invite(self) -> None:
        await self.acts.invite_guest(self.email.value or '')
        self.email.value = ''
        say(_('They find the round on their start page.'))

    async def _copy(self) -> None:
        copied = await self.acts.copy(self.copied.value or '', self.date.value or '')
        ui.navigate.to(f'/rounds/{copied}')

    async def _archive(self) -> None:
        archived = not self.plan.head.archived
        await self.acts.archive(archived)
        say(_('The round is in the archive, on the start page below the others.') if archived else _('It is back.'))

    async def _ask_to_delete(self) -> None:
        lines = await self.acts.what_is_deleted()
        with box(_('Delete “{title}”?').format(title=self.plan.round.title)) as dialog:
            if lines:
                text('p', _('This is deleted for good, and no copy of it is kept here:'))
                with ui.element('ul'):
                    for line in lines:
                        text('li', line)
            else:
                text('p', _('The round is deleted for good.'))
            text('p', _('Codes on doors and links stop working at once.'))
            typed = typing(_('Type the title to go on'))

            async def delete() -> None:
                await self.acts.delete(typed.value or '')
                ui.navigate.to('/')

            async def leave() -> None:
                dialog.close()

            with ui.element('div').classes('buttons'):
                button(_('Delete all of it'), delete, 'stop')
                button(_('Leave it'), leave)
