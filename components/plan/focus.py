"""What the visitors are asked to look for, and the sizes of the round."""

from app.rounds.fields import ROUND_FIELDS
from app.rounds.model import LENSES, LensPreset, Round
from app.rounds.plan import Plan
from app.rounds.problem_of_practice import CHECKS, check_sentence, open_checks
from app.schools.timezones import timezones
from app.texts import _, ngettext
from components.layout import text
from components.plan.section import Section, sheet
from components.plan.sheet import Column, Row, Sheet, as_shown


class Focus(Section):
    """Title, day, problem of practice, lenses, and what happens to the notes."""

    async def draw(self) -> None:
        """Three sheets; the last two are seldom changed."""
        changeable = self.plan.changeable
        with sheet(_('What is looked for'), _('It stands on every visitor’s phone, on the wall and in the outcome.')):
            self.focus = self._sheet('focus', _focus_columns(), changeable)
            self.checked = text('p', '', 'plan-note')
        with sheet(_('The round')):
            self.basics = self._sheet('basics', _basic_columns(), changeable)
        with sheet(_('Choosing, sorting, printing, deleting')):
            self.later = self._sheet('later', _later_columns(), changeable)
        self._say_checks()

    async def show(self, plan: Plan) -> None:
        """Every field from the plan, but those in which somebody types."""
        await super().show(plan)
        for one in (self.focus, self.basics, self.later):
            one.show([row_of(plan.round)], changeable=plan.changeable)
        self._say_checks()

    def _sheet(self, name: str, columns: tuple[Column, ...], changeable: bool) -> Sheet:
        return Sheet(
            f'{name}-{self.plan.round.id}',
            columns,
            [row_of(self.plan.round)],
            self.acts.change,
            now=self.now,
            table=False,
            changeable=changeable,
            shown=shown,
        )

    def _say_checks(self) -> None:
        n = len(open_checks(self.plan.round.focus_checks))
        if not self.plan.round.problem_of_practice or not n:
            self.checked.set_text('')
            return
        sentence = ngettext('{n} question is left to talk about.', '{n} questions are left to talk about.', n)
        self.checked.set_text(sentence.format(n=n) + ' ' + _('They are advice: the round goes on either way.'))


def row_of(planned: Round) -> Row:
    """All fields of a round, and `sizes.…` for its sizes."""
    values: dict[str, object] = {name: getattr(planned, name) for name in ROUND_FIELDS}
    values |= {f'sizes.{name}': value for name, value in vars(planned.sizes).items()}
    return Row(id=planned.id, label=planned.title, values=values)


def shown(field: str, value: object) -> object:
    """A value of a round as its field shows it: statements a line each, lenses by the name of their preset."""
    if field == 'focus_statements' and isinstance(value, tuple):
        return '\n'.join(value)
    if field == 'lenses':
        return next((preset.value for preset, words in LENSES.items() if words == value), LensPreset.CITY.value)
    return as_shown(value)


def _focus_columns() -> tuple[Column, ...]:
    return (
        Column(
            field='problem_of_practice',
            label=_('Problem of practice'),
            kind='text',
            hint=_('One or two sentences on what the school wants to understand about its teaching and learning.'),
        ),
        Column(
            field='focus_checks',
            label=_('Five questions to ask of it together'),
            kind='ticks',
            hint=_(
                'Tick what you can say of it. It is a self-check: it stands in no document, and nothing waits for it.'
            ),
            choices=tuple((key, check_sentence(key)) for key in CHECKS),
        ),
        Column(
            field='focus_statements',
            label=_('Or focus statements, one a line'),
            kind='text',
            hint=_('A few statements that paint a positive picture, for example: “Students know why they do a task.”'),
        ),
        Column(
            field='lenses',
            label=_('Words to sort notes by (lenses)'),
            kind='radio',
            choices=(
                (LensPreset.CITY.value, _('Teacher · students · task (City)')),
                (LensPreset.HOPKINS.value, _('Curriculum · teaching · learning · assessment · task (Hopkins)')),
            ),
        ),
    )


def _basic_columns() -> tuple[Column, ...]:
    return (
        Column(field='title', label=_('Title'), width='full'),
        Column(field='date', label=_('Day'), kind='date'),
        Column(field='host_school', label=_('Host school, as printed')),
        Column(
            field='timezone',
            label=_('Time zone of the bells'),
            kind='choice',
            choices=tuple((name, name.replace('_', ' ')) for name in timezones()),
        ),
    )


def _later_columns() -> tuple[Column, ...]:
    return (
        Column(field='sizes.choose_least', label=_('Notes chosen, at least'), kind='number'),
        Column(field='sizes.choose_most', label=_('Notes chosen, at most'), kind='number'),
        Column(
            field='sizes.printed_from_visits',
            label=_('A pattern is printed from'),
            kind='number',
            hint=_('visits on which it rests; fewer would point at one lesson'),
        ),
        Column(
            field='sizes.days_kept',
            label=_('Notes are deleted after'),
            kind='number',
            hint=_('days, counted from the close (0 to 90)'),
        ),
        Column(
            field='sizes.suggestions',
            label=_('Suggestions while sorting'),
            kind='tick',
            width='full',
            hint=_('a button on the board; in trials most of what it suggested did not belong together'),
        ),
    )
