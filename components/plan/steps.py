"""The sections of the plan as steps: which are done, and what comes next, in words."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from app.rounds.clock import is_past, now_in
from app.rounds.plan import Plan, Step, next_step, steps
from app.rounds.stages import Stage
from app.texts import _
from components.layout import paragraph, text
from components.plan.section import button, on_page

SECTIONS = ('focus', 'groups', 'classrooms', 'bells', 'rota', 'print')
MORE = 'more'


def section_name(key: str) -> str:
    """The name of a section."""
    return {
        'focus': _('Focus'),
        'groups': _('Schools and groups'),
        'classrooms': _('Classrooms'),
        'bells': _('Bells'),
        'rota': _('Rota'),
        'print': _('Print'),
        MORE: _('Guests, copy, delete'),
    }[key]


class Steps:
    """The list at the side; on a phone it stands above. Built once: what is redrawn under a finger is not pressed."""

    def __init__(self, on_choose: Callable[[str], Awaitable[None]], *, address: str) -> None:
        self.address = address
        with ui.element('ol').classes('plan-steps'):
            numbers = {key: str(number) for number, key in enumerate(SECTIONS, start=1)}
            self.lines = {key: _Line(key, number, on_choose) for key, number in numbers.items()}
            self.lines[MORE] = _Line(MORE, '…', on_choose)

    def show(self, plan: Plan, here: str) -> None:
        """What stands in `plan`; `here` is the section that is open."""
        following = next_step(plan, address=self.address)
        for step in steps(plan, address=self.address):
            self.lines[step.section].show(step, is_next=step == following)
        for key, line in self.lines.items():
            line.mark(here=key == here)


class _Line:
    """One step."""

    def __init__(self, key: str, number: str, on_choose: Callable[[str], Awaitable[None]]) -> None:
        async def choose() -> None:
            await on_choose(key)

        self.number = number
        with ui.element('li') as self.item, ui.element('button').props('type=button') as self.button:
            self.sign = text('span', number, 'sign').props('aria-hidden=true')
            text('span', section_name(key), 'name')
            self.state = text('span', '', 'unseen')
            self.words = text('span', '', 'words')
        self.button.on('click', on_page(choose))

    def show(self, step: Step, *, is_next: bool) -> None:
        """The step as it stands."""
        self.item.classes(replace='done' if step.done else 'next' if is_next else '')
        self.sign.set_text('✓' if step.done else self.number)
        self.state.set_text(_('done') if step.done else _('comes next') if is_next else '')
        self.words.set_text(step.sentence)

    def mark(self, *, here: bool) -> None:
        """Whether its section is open."""
        if here:
            self.button.props('aria-current=step')
        else:
            self.button.props(remove='aria-current')


class Notice:
    """The sentence on what comes next, and the button that leads there."""

    def __init__(self, on_choose: Callable[[str], Awaitable[None]], *, printed: str) -> None:
        self.on_choose = on_choose
        self.printed = printed  #: the public address
        self.target = ''
        self.address = ''
        with ui.element('div').classes('plan-next').props('aria-live=polite') as self.bar:
            self.words = paragraph('')
            self.button = button('', self._go, 'first')

    def show(self, plan: Plan, here: str) -> None:
        """What comes next in `plan`, seen from the section that is open."""
        planned, following = plan.round, next_step(plan, address=self.printed)
        self.target = self.address = label = ''
        words = ''
        if not plan.changeable:
            words = _('The visits are over, so the plan stands as it is. Codes can still be replaced.')
        elif planned.stage is Stage.PLANNED and is_past(planned.date, planned.timezone):
            words = _('The day of this round is over. Choose a new day before you open it.')
            self.target = '' if here == 'focus' else 'focus'
        elif following is not None and following.section != here:
            words, self.target = _('Next: {sentence}').format(sentence=following.sentence), following.section
        elif following is not None:
            words = _('Next, on this page: {sentence}').format(sentence=following.sentence)
        elif planned.stage is Stage.PLANNED:
            words = _('All is planned. Print the cards; on the day, open the round on “The day”: visitors can join.')
            if here == 'print' or planned.date == now_in(planned.timezone).date():
                label, self.address = _('To the day'), f'/rounds/{planned.id}/day'
            else:
                self.target = 'print'
        if self.target:
            label = _('To {section}').format(section=section_name(self.target))
        self.words.set_text(words)
        self.button.set_text(label)
        first = here != 'print'  # there the cards to print are the one strong button
        self.button.classes(add='first' if first else '', remove='' if first else 'first')
        self.button.set_visibility(bool(label))
        self.bar.set_visibility(bool(words))

    async def _go(self) -> None:
        if self.target:
            await self.on_choose(self.target)
        elif self.address:
            ui.navigate.to(self.address)
