"""The part of the document that the school works with: theories of action and the next level of work."""

from collections.abc import Iterable, Iterator

from reportlab.platypus import Flowable, Spacer, Table

from app.documents.outcome import Outcome, PrintedStep, PrintedTheory
from app.pdf.paper import LINE, MM, PRIMARY, SEMI_BOLD, text_width
from app.pdf.paragraph import paragraph
from app.texts import _, ngettext
from app.theory.model import Horizon, Level

from .layout import TIGHT, Blocks, Story, day, field, listed, rests_on, section, written
from .report import BODY_WIDTH, Style, heading

_MARK = [
    *TIGHT,
    ('BOX', (0, 0), (-1, -1), 0.8, PRIMARY),
    ('ROUNDEDCORNERS', [2, 2, 2, 2]),
    ('LEFTPADDING', (0, 0), (-1, -1), 1.9 * MM),
    ('TOPPADDING', (0, 0), (-1, -1), 0.2 * MM),
    ('BOTTOMPADDING', (0, 0), (-1, -1), 0.8 * MM),
]
_ROW = [
    *TIGHT,
    ('LINEABOVE', (0, 0), (-1, 0), 0.6, LINE),
    ('TOPPADDING', (0, 0), (-1, -1), 1 * MM),
    ('BOTTOMPADDING', (0, 0), (-1, -1), 1.4 * MM),
]


def theories(outcome: Outcome) -> Story:
    """Each in the three-part form, with what would prove it wrong and what it rests on."""
    blocks = [_theory(theory) for theory in outcome.theories]
    yield from section(_('Theories of action'), blocks, _('No theory of action was written.'))


def next_level(outcome: Outcome) -> Story:
    """Three horizons, three owners."""
    blocks = [_of_horizon(outcome, horizon) for horizon in Horizon] if outcome.next_steps else []
    explained = _('“Taken up” marks what the school has begun.')
    under = [paragraph(explained, Style.QUIET)] if any(step.taken_up for step in outcome.next_steps) else []
    yield from section(_('Next level of work'), blocks, _('No next step was written.'), under)


def _theory(theory: PrintedTheory) -> Blocks:
    title = heading(_('Theory of action {n}').format(n=theory.number), 2)
    rows = [
        [paragraph(label, Style.PART), written(text, Style.PART_TEXT)]
        for label, text in ((_('When'), theory.when), (_('so'), theory.so), (_('then'), theory.then))
    ]
    form = field(rows, widths=[19 * MM, BODY_WIDTH - 19 * MM])
    facts = [paragraph(text, Style.FACT, label=label) for label, text in _facts(theory) if text]
    return [[title, form, Spacer(1, 1.5 * MM), *facts, Spacer(1, 4 * MM)]]


def _facts(theory: PrintedTheory) -> Iterator[tuple[str, str]]:
    yield _('Whose work:'), _level(theory.level)
    yield _('We would know that we were wrong if:'), theory.wrong_if or _('not written yet')
    if theory.look_again:
        yield _('Look again on:'), day(theory.look_again)
    yield _('Rests on:'), rests_on(theory.patterns, theory.unprinted)
    yield _('Relates to:'), theory.relates_to


def _of_horizon(outcome: Outcome, horizon: Horizon) -> Blocks:
    """A row for each owner under the horizon's name, full width: steps are sentences, too long for three columns."""
    rows = []
    for owner in Level:
        steps = _steps(outcome.next_steps, horizon, owner)
        row = [paragraph(_level(owner), Style.OWNER), steps or [paragraph('–', Style.STEP)]]
        rows.append(Table([row], colWidths=[26 * MM, BODY_WIDTH - 26 * MM], style=_ROW, splitInRow=1, hAlign='LEFT'))
    return [[heading(_horizon(horizon), 2), *rows, Spacer(1, 3 * MM)]]


def _steps(steps: Iterable[PrintedStep], horizon: Horizon, owner: Level) -> list[Flowable]:
    cell: list[Flowable] = []
    for step in steps:
        if step.horizon is not horizon or step.owner is not owner:
            continue
        cell.append(written(step.text, Style.STEP))
        if step.theories:
            cited = ngettext('theory {numbers}', 'theories {numbers}', len(step.theories))
            cited = cited.format(numbers=listed(step.theories))
            cell.append(paragraph(cited, Style.STEP_CITED, label=_('Rests on:')))
        if step.taken_up:
            cell.append(_taken_up())
    return cell


def _taken_up() -> Flowable:
    """A small frame around the words: seen without colour."""
    words = _('Taken up')
    padding = 2 * MM
    width = text_width(words, SEMI_BOLD, Style.TAKEN_UP.fontSize) + 2 * padding
    return Table(
        [[paragraph(words, Style.TAKEN_UP)]], colWidths=[width], style=_MARK, hAlign='LEFT', spaceAfter=1.5 * MM
    )


def _level(level: Level) -> str:
    return {Level.TEACHERS: _('Teachers'), Level.LEADERS: _('Leaders'), Level.NETWORK: _('Network')}[level]


def _horizon(horizon: Horizon) -> str:
    return {
        Horizon.NEXT_WEEK: _('Next week'),
        Horizon.NEXT_MONTH: _('Next month'),
        Horizon.YEAR: _('By the end of the year'),
    }[horizon]
