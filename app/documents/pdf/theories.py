"""The part of the document that the school works with: theories of action and the next level of work."""

from collections.abc import Iterable

from reportlab.platypus import Flowable, Spacer

from app.documents import words
from app.documents.outcome import Outcome, PrintedStep, PrintedTheory
from app.pdf.flow import TIGHT, Columns, Story, field, grid, together
from app.pdf.marks import Element
from app.pdf.paper import MM, PRIMARY
from app.pdf.paragraph import Bookmark, Goal, heading, paragraph
from app.pdf.sizes import Sheet
from app.pdf.typography import Style
from app.texts import _, ngettext
from app.theory.model import Horizon, Level

from .charts import bars

_MARK = [
    *TIGHT,
    ('BOX', (0, 0), (-1, -1), 0.8, PRIMARY),
    ('TOPPADDING', (0, 0), (-1, -1), 0.4 * MM),
    ('BOTTOMPADDING', (0, 0), (-1, -1), 0.8 * MM),
]


def theories(outcome: Outcome, sheet: Sheet, root: Element) -> Story:
    """How much evidence each stands on, then each in the three-part form with its evidence trail."""
    part = root.add('Sect')
    title = _('Theories of action')
    lead: list[Flowable] = [heading(title, Style.H1, part.add('H2'), Bookmark('theories', title, 0))]
    if not outcome.theories:
        nothing = paragraph(_('No theory of action was written.'), Style.QUIET, part.add('P'))
        yield from together([*lead, nothing], sheet)
        return
    if any(theory.visits for theory in outcome.theories):
        lead.append(paragraph(_('Visits behind each theory'), Style.CAPTION, part.add('P')))
        lead.append(_chart(outcome, sheet, part))
        lead.append(Spacer(1, 3 * MM))
    for theory in outcome.theories:
        yield from _theory(theory, outcome, sheet, part, lead)
        lead = []


def next_level(outcome: Outcome, sheet: Sheet, root: Element) -> Story:
    """For each horizon a table: whose work, what, resting on which theory, and whether the school has taken it up."""
    part = root.add('Sect')
    title = _('Next level of work')
    lead: list[Flowable] = [heading(title, Style.H2, part.add('H2'), Bookmark('next', title, 0))]
    if not outcome.next_steps:
        yield from together([*lead, paragraph(_('No next step was written.'), Style.QUIET, part.add('P'))], sheet)
        return
    taken_up = sum(step.taken_up for step in outcome.next_steps)
    sentence = ngettext(
        'The school takes up {n} of {all} step.', 'The school takes up {n} of {all} steps.', len(outcome.next_steps)
    )
    said = sentence.format(n=taken_up, all=len(outcome.next_steps))
    lead.append(paragraph(said, Style.QUIET, part.add('P')))
    for horizon in Horizon:
        steps = [step for step in outcome.next_steps if step.horizon is horizon]
        if steps:
            inner = part.add('Sect')
            name = words.horizon_name(horizon)
            head = heading(name, Style.H3, inner.add('H3'), Bookmark(f'next-{horizon.name}', name, 1))
            yield from together([*lead, head, _steps(steps, sheet, inner), Spacer(1, 3 * MM)], sheet)
            lead = []


def form(theory: PrintedTheory, widths: list[float], part: Element, named: object, said: object) -> Flowable:
    """When …, so …, then …: a list of three, as a tinted field."""
    listed = part.add('L', owner='List', attributes={'/ListNumbering': '/None'})
    rows: list[list[object]] = []
    for name, text in ((_('When'), theory.when), (_('so'), theory.so), (_('then'), theory.then)):
        item = listed.add('LI')
        rows.append(
            [paragraph(name, named, item.add('Lbl')), paragraph(text or words.not_written(), said, item.add('LBody'))]
        )
    return field(rows, widths)


def _chart(outcome: Outcome, sheet: Sheet, part: Element) -> Flowable:
    rows = [
        (
            _('Theory {n}').format(n=theory.number),
            theory.visits,
            ngettext('{n} visit', '{n} visits', theory.visits).format(n=theory.visits),
        )
        for theory in outcome.theories
    ]
    said = ', '.join(f'{name} – {value}' for name, _number, value in rows)
    alt = _('Bar chart of the visits behind each theory of action, of {n}. {values}.')
    figure = part.add('Figure', alt=alt.format(n=outcome.numbers.visits, values=said))
    return bars(rows, outcome.numbers.visits, sheet.body_width, figure)


def _theory(theory: PrintedTheory, outcome: Outcome, sheet: Sheet, part: Element, lead: list[Flowable]) -> Story:
    part = part.add('Sect')
    title = _('Theory of action {n}').format(n=theory.number)
    head = heading(title, Style.H3, part.add('H3'), Bookmark(f'theory-{theory.number}', title, 1))
    form_ = form(theory, [19 * MM, sheet.body_width - 19 * MM], part, Style.PART, Style.PART_TEXT)
    facts = [paragraph(text, Style.FACT, part.add('P'), label=label) for label, text in words.facts(theory)]
    trail = _trail(theory, outcome, sheet, part)
    yield from together([*lead, head, form_, Spacer(1, 1.5 * MM), *facts, *trail, Spacer(1, 6 * MM)], sheet)


def _trail(theory: PrintedTheory, outcome: Outcome, sheet: Sheet, part: Element) -> list[Flowable]:
    """What it rests on, pattern by pattern; each row leads to its pattern."""
    said = paragraph(words.behind(theory, outcome), Style.FACT, part.add('P'), label=_('Evidence trail:'))
    if not theory.patterns:
        return [said]
    heads = (_('Pattern'), _('What was seen'), _('Cards'), _('Visits'))
    columns = Columns(part, heads, [17 * MM, sheet.body_width - 53 * MM, 18 * MM, 18 * MM])
    for number in theory.patterns:
        pattern = outcome.patterns[number - 1]
        row = columns.row()
        title = pattern.title or words.no_name()
        goal = Goal(f'pattern-{number}', _('To pattern {n}: {title}').format(n=number, title=title))
        columns.rows.append(
            [
                paragraph(str(number), Style.CELL, row.add('TD')),
                paragraph(title, Style.CELL_LINK, row.add('TD').add('Link'), goal=goal),
                paragraph(str(pattern.cards), Style.CELL, row.add('TD')),
                paragraph(str(pattern.visits), Style.CELL, row.add('TD')),
            ]
        )
    return [said, columns.table()]


def _steps(steps: Iterable[PrintedStep], sheet: Sheet, part: Element) -> Flowable:
    heads = (_('Whose work'), _('What'), _('Rests on'), _('Taken up'))
    columns = Columns(part, heads, [24 * MM, sheet.body_width - 70 * MM, 26 * MM, 20 * MM])
    for owner in Level:
        for step in steps:
            if step.owner is owner:
                columns.rows.append(_step(step, columns.row()))
    return columns.table()


def _step(step: PrintedStep, row: Element) -> list[object]:
    cited = words.theories_named(step.theories) if step.theories else '–'
    return [
        paragraph(words.level_name(step.owner), Style.OWNER, row.add('TD')),
        paragraph(step.text or words.not_written(), Style.STEP, row.add('TD')),
        paragraph(cited, Style.CELL, row.add('TD')),
        _taken_up(step, row.add('TD')),
    ]


def _taken_up(step: PrintedStep, cell: Element) -> object:
    """A frame around the word: seen without colour."""
    if not step.taken_up:
        return paragraph(_('not yet'), Style.CELL, cell)
    return grid([[paragraph(_('Taken up'), Style.TAKEN_UP, cell)]], [18 * MM], _MARK)
