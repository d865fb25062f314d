"""The part of the document that stands on what was seen: patterns with their cards, and predictions."""

from reportlab.platypus import Flowable, Spacer

from app.documents import words
from app.documents.outcome import Outcome, PrintedPattern, PrintedPrediction, Quotation
from app.pdf.flow import TIGHT, Story, grid, list_in, point, together
from app.pdf.marks import Element
from app.pdf.paper import LINE, MM
from app.pdf.paragraph import Bookmark, Goal, heading, paragraph
from app.pdf.sizes import Sheet
from app.pdf.typography import INDENT, Style
from app.rounds.lenses import lens_name
from app.texts import _

from .charts import Chart, dots

_LENS_WIDTH = 24 * MM
_QUOTE = [
    *TIGHT,
    ('LINEBEFORE', (2, 0), (2, -1), 1.5, LINE),
    ('LEFTPADDING', (2, 0), (2, -1), 3.5 * MM),
    ('TOPPADDING', (0, 0), (-1, -1), 0.4 * MM),
    ('BOTTOMPADDING', (0, 0), (-1, -1), 0.4 * MM),
]


def patterns(outcome: Outcome, sheet: Sheet, root: Element) -> Story:
    """Every pattern that is printed, and how many are not."""
    part = root.add('Sect')
    title = heading(_('Patterns'), Style.H1, part.add('H2'), Bookmark('patterns', _('Patterns'), 0))
    lead = [title]
    if not outcome.patterns:
        yield from together([title, paragraph(_('No pattern can be printed yet.'), Style.QUIET, part.add('P'))], sheet)
    for pattern in outcome.patterns:
        yield from _pattern(pattern, outcome, sheet, part, lead)
        lead = []
    for sentence in words.left_out(outcome):
        yield paragraph(sentence, Style.QUIET, part.add('P'))


def predictions(outcome: Outcome, sheet: Sheet, root: Element) -> Story:
    """The question, and what follows from the patterns."""
    part = root.add('Sect')
    title = heading(_('Predictions'), Style.H2, part.add('H2'), Bookmark('predictions', _('Predictions'), 0))
    lead = [title, paragraph(words.question(), Style.QUESTION, part.add('P'))]
    if not outcome.predictions:
        yield from together([*lead, paragraph(_('No prediction was written.'), Style.QUIET, part.add('P'))], sheet)
        return
    listed = list_in(part)
    for prediction in outcome.predictions:
        yield from together([*lead, *_prediction(prediction, listed)], sheet)
        lead = []


def _pattern(pattern: PrintedPattern, outcome: Outcome, sheet: Sheet, part: Element, lead: list[Flowable]) -> Story:
    part = part.add('Sect')
    title = pattern.title or words.no_name()
    bookmark = Bookmark(f'pattern-{pattern.number}', f'{pattern.number} {title}', 1)
    first: list[Flowable] = [
        *lead,
        _numbered(pattern.number, title, part, bookmark),
        paragraph(words.counts(pattern, outcome), Style.COUNTS, part.add('P')),
    ]
    drawn = dots(pattern.visits, outcome.numbers.visits)
    if drawn is not None:
        first.append(Chart(drawn, None, indent=INDENT))  # says what the line above has said
    if pattern.summary:
        first.append(paragraph(pattern.summary, Style.INDENTED, part.add('P')))
    rest = _quotations(pattern.samples, sheet, part)
    if not rest:
        rest.append(paragraph(words.none_quoted(), Style.INDENTED_QUIET, part.add('P')))
    if pattern.exception:
        rest.append(paragraph(pattern.exception, Style.EXCEPTION, part.add('P'), label=_('Exception:')))
    yield from together([*first, *rest[:2]], sheet)
    yield from together([*rest[2:], Spacer(1, 4 * MM)], sheet)


def _numbered(number: int, title: str, part: Element, bookmark: Bookmark) -> Flowable:
    element = part.add('H3')
    return heading(title, Style.H3_NUMBERED, element, bookmark, bullet=str(number), bullet_element=element)


def _quotations(samples: tuple[Quotation, ...], sheet: Sheet, part: Element) -> list[Flowable]:
    """Cards in their own words, each with its lens; the bar says that they are quoted, so no mark stands in them."""
    listed = list_in(part, 'None')
    widths = [INDENT, _LENS_WIDTH, sheet.body_width - INDENT - _LENS_WIDTH]
    quotations: list[Flowable] = []
    for sample in samples:
        item = listed.add('LI')
        lens = paragraph(lens_name(sample.lens), Style.LENS, item.add('Lbl'), most=40)
        text = paragraph(sample.text, Style.QUOTE, item.add('LBody').add('BlockQuote').add('P'))
        made = grid([['', lens, text]], widths, _QUOTE)
        made.spaceAfter = 1.8 * MM
        quotations.append(made)
    return quotations


def _prediction(prediction: PrintedPrediction, listed: Element) -> list[Flowable]:
    text = point(prediction.text or words.not_written(), Style.POINT, listed)
    cited = words.rests_on(prediction.patterns, prediction.unprinted)
    if not cited:
        return [text, Spacer(1, 2 * MM)]
    body, goal = text.element, None
    if body is not None and len(prediction.patterns) == 1:
        goal = Goal(f'pattern-{prediction.patterns[0]}', _('To {pattern}').format(pattern=cited))
    under = body.add('Link') if goal and body else body
    return [text, paragraph(cited, Style.CITED, under, label=_('Rests on:'), goal=goal)]
