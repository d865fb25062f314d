"""The part of the document that stands on what was seen: patterns with their cards, and predictions."""

from reportlab.platypus import Flowable, Spacer, Table

from app.documents.outcome import Outcome, PrintedPattern, PrintedPrediction, Quotation
from app.pdf.paper import LINE, MM
from app.pdf.paragraph import paragraph
from app.texts import _, ngettext

from .layout import TIGHT, Blocks, Story, rests_on, section, written
from .report import BODY_WIDTH, Style, heading

_QUOTE_BAR = [
    *TIGHT,
    ('LINEBEFORE', (1, 0), (1, -1), 1.5, LINE),
    ('LEFTPADDING', (1, 0), (1, -1), 3.5 * MM),
    ('TOPPADDING', (0, 0), (-1, -1), 0.4 * MM),
    ('BOTTOMPADDING', (0, 0), (-1, -1), 0.4 * MM),
]


def patterns(outcome: Outcome) -> Story:
    """Every pattern that is printed, and how many are not."""
    blocks = [_pattern(pattern) for pattern in outcome.patterns]
    yield from section(_('Patterns'), blocks, _('No pattern can be printed yet.'))
    if outcome.left_out:
        sentence = ngettext(
            '{n} pattern is left out because it rests on fewer than {least} visits.',
            '{n} patterns are left out because they rest on fewer than {least} visits each.',
            outcome.left_out,
        )
        yield paragraph(sentence.format(n=outcome.left_out, least=outcome.printed_from_visits), Style.QUIET)
    if outcome.numbers.outside and outcome.patterns:
        sentence = ngettext(
            '{n} card on the wall stands in no pattern.',
            '{n} cards on the wall stand in no pattern.',
            outcome.numbers.outside,
        )
        yield paragraph(sentence.format(n=outcome.numbers.outside), Style.QUIET)


def predictions(outcome: Outcome) -> Story:
    """The question, and what follows from the patterns."""
    question = _(
        'If you were a student at this school and did everything you were asked to do, what would you know and be '
        'able to do?'
    )
    blocks = [_prediction(prediction) for prediction in outcome.predictions]
    under = [paragraph(question, Style.QUESTION)]
    yield from section(_('Predictions'), blocks, _('No prediction was written.'), under)


def _pattern(pattern: PrintedPattern) -> Blocks:
    counts = ' · '.join(
        (
            ngettext('{n} card', '{n} cards', pattern.cards).format(n=pattern.cards),
            ngettext('{n} visit', '{n} visits', pattern.visits).format(n=pattern.visits),
        )
    )
    first: list[Flowable] = [heading(pattern.title or _('(no name)'), 2, str(pattern.number))]
    first.append(paragraph(counts, Style.COUNTS))
    if pattern.summary:
        first.append(paragraph(pattern.summary, Style.INDENTED))
    quotes: list[Flowable] = [_quotation(sample) for sample in pattern.samples]
    if not quotes:
        sentence = _('No card is quoted here: each would give away a time, a room or a name.')
        quotes.append(paragraph(sentence, Style.INDENTED_QUIET))
    if pattern.exception:
        quotes.append(paragraph(pattern.exception, Style.EXCEPTION, label=_('Exception:')))
    return [[*first, *quotes[:2]], [*quotes[2:], Spacer(1, 3 * MM)]]


def _quotation(sample: Quotation) -> Flowable:
    """A card in its own words: the bar at its side says that it is quoted, without marks inside the words."""
    row = ['', paragraph(sample.text, Style.QUOTE)]
    widths = [9 * MM, BODY_WIDTH - 9 * MM]
    return Table([row], colWidths=widths, style=_QUOTE_BAR, splitInRow=1, hAlign='LEFT', spaceAfter=1.8 * MM)


def _prediction(prediction: PrintedPrediction) -> Blocks:
    text = written(prediction.text, Style.POINT, '–')
    cited = rests_on(prediction.patterns, prediction.unprinted)
    return [[text, paragraph(cited, Style.CITED, label=_('Rests on:')) if cited else Spacer(1, 2 * MM)]]
