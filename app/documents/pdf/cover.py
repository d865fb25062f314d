"""The first page: what a school shows of itself, of the round and of its focus."""

import base64
import binascii
import io
import math
from collections.abc import Sequence

from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, PageBreak, Spacer

from app.documents import words
from app.documents.outcome import Outcome
from app.pdf.flow import Story, field, points
from app.pdf.marks import Element
from app.pdf.paper import LINE, MM, PRIMARY, TINT
from app.pdf.paragraph import Bookmark, heading, paragraph
from app.pdf.sizes import Sheet
from app.pdf.typography import PT_BODY, PT_LEAD, Style, style
from app.texts import _

_LOGO_WIDTH, _LOGO_HEIGHT = 70 * MM, 30 * MM
_LONG_NAME = 44  #: letters of a school's name from which on it is set smaller
_LONG_FOCUS = 240

_TITLE_SMALLER = style('cover title smaller', 26, font=Style.COVER_TITLE.fontName, leading=31, spaceAfter=3 * MM)
_FOCUS = style('cover focus', PT_LEAD + 2, font=Style.COVER_KICKER.fontName, leading=(PT_LEAD + 2) * 1.35, spaceAfter=0)
_FOCUS_SMALLER = style('cover focus smaller', PT_BODY, leading=PT_BODY * 1.38, spaceAfter=0)
_POINT = style('cover point', PT_BODY, leftIndent=5 * MM, spaceAfter=0)
_DATE = style('cover date', PT_LEAD, spaceAfter=0)


def cover(outcome: Outcome, sheet: Sheet, root: Element) -> Story:
    """One page, whatever people wrote on it; only a very long focus runs over to a second one."""
    part = root.add('Sect')
    logo = _Logo(outcome, part) if outcome.logo else Spacer(1, 1)
    head, focus, foot = _names(outcome, part), _focus(outcome, sheet, part), _standing(outcome, part)
    first_gap = max(6 * MM, 72 * MM - logo.wrap(0, 0)[1])
    left = sheet.body_height - first_gap - sum(_height(one, sheet) for one in (logo, *head, *focus, *foot)) - 2 * MM
    if left > 0:
        yield _Rings(outcome, sheet)
    yield logo
    yield Spacer(1, first_gap if left > 30 * MM else 6 * MM)
    yield from head
    yield Spacer(1, max(6 * MM, min(0.35 * left, 26 * MM)))
    yield from focus
    yield Spacer(1, max(6 * MM, left - min(0.35 * left, 26 * MM)))
    yield from foot
    yield PageBreak()


def _names(outcome: Outcome, part: Element) -> list[Flowable]:
    title = part.add('H1')
    big = Style.COVER_TITLE if len(outcome.school) < _LONG_NAME else _TITLE_SMALLER
    flowables: list[Flowable] = []
    if outcome.network:
        flowables.append(paragraph(outcome.network, Style.COVER_KICKER, part.add('P')))
    bookmark = Bookmark('cover', _('Cover'), 0)
    flowables.append(heading(outcome.school or words.no_name(), big, title, bookmark))
    flowables.append(paragraph(_('Outcome of the instructional round'), Style.COVER_LEAD, part.add('P')))
    if outcome.title and outcome.school.casefold() not in outcome.title.casefold():
        flowables.append(paragraph(outcome.title, Style.LEAD, part.add('P')))
    flowables.append(paragraph(words.day(outcome.date), _DATE, part.add('P')))
    # A heading is read before what stands above it on the page.
    part.parts.remove(title)
    part.parts.insert(0, title)
    return flowables


def _focus(outcome: Outcome, sheet: Sheet, part: Element) -> list[Flowable]:
    inside: list[Flowable] = []
    if outcome.problem_of_practice:
        size = _FOCUS if len(outcome.problem_of_practice) <= _LONG_FOCUS else _FOCUS_SMALLER
        inside.append(paragraph(_('Problem of practice'), Style.LABEL, part.add('P')))
        inside.append(paragraph(outcome.problem_of_practice, size, part.add('P')))
    if outcome.focus_statements:
        inside.append(paragraph(_('What visitors looked for'), Style.LABEL, part.add('P')))
        inside += points(outcome.focus_statements, _POINT, part)
    return [field([[one] for one in inside], [sheet.body_width])] if inside else []


def _standing(outcome: Outcome, part: Element) -> list[Flowable]:
    flowables: list[Flowable] = []
    if outcome.visitors:
        visitors = ' · '.join(outcome.visitors)
        flowables.append(paragraph(visitors, Style.SMALL, part.add('P'), label=_('Visitors from:')))
    is_draft = not outcome.version
    flowables.append(paragraph(words.standing(outcome), Style.DRAFT if is_draft else Style.BODY, part.add('P')))
    if outcome.sample:
        flowables.append(paragraph(words.made_up(), Style.SMALL, part.add('P')))
    return flowables


class _Logo(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """The school's picture, as large as its field allows; what cannot be read is left out."""

    def __init__(self, outcome: Outcome, part: Element) -> None:
        super().__init__()
        self.element = part.add('Figure', alt=_('Logo of {school}').format(school=outcome.school))
        self.width = self.height = 0.0
        self.image: ImageReader | None = None
        try:
            self.image = ImageReader(io.BytesIO(base64.b64decode(outcome.logo, validate=True)))
        except (binascii.Error, OSError, ValueError):
            return
        width, height = self.image.getSize()
        scale = min(_LOGO_WIDTH / width, _LOGO_HEIGHT / height)
        self.width, self.height = width * scale, height * scale

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Called by ReportLab."""
        return self.width, self.height

    def draw(self) -> None:
        """Called by ReportLab on the canvas of the page."""
        if self.image is None:
            return
        left, base = self.canv.absolutePosition(0, 0)
        box = [round(each, 1) for each in (left, base, left + self.width, base + self.height)]
        self.element.owner, self.element.attributes = 'Layout', {'/BBox': box, '/Placement': '/Block'}
        with self.canv.marking(self.element):
            self.canv.drawImage(self.image, 0, 0, self.width, self.height, mask='auto')


class _Rings(Flowable):  # type: ignore[misc]
    """An ornament that is the round itself: a dot for each visit, pattern and theory, on three rings."""

    def __init__(self, outcome: Outcome, sheet: Sheet) -> None:
        super().__init__()
        self.sheet = sheet
        self.counts = (outcome.numbers.visits, len(outcome.patterns), len(outcome.theories))

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Called by ReportLab: it takes no room."""
        return 0, 0

    def draw(self) -> None:
        """Called by ReportLab on the canvas of the page."""
        canvas = self.canv
        here_x, here_y = canvas.absolutePosition(0, 0)
        x, y = self.sheet.width - 34 * MM - here_x, self.sheet.height - 36 * MM - here_y
        canvas.setLineWidth(0.9)
        for ring, (radius, dot) in enumerate(((48 * MM, 1.5 * MM), (33 * MM, 2.3 * MM), (18 * MM, 3.2 * MM))):
            canvas.setStrokeColor(LINE)
            canvas.circle(x, y, radius, stroke=1, fill=0)
            canvas.setFillColor((TINT, PRIMARY, PRIMARY)[ring])
            canvas.setStrokeColor(PRIMARY)
            for dot_x, dot_y in _around(x, y, radius, min(self.counts[ring], 60)):
                canvas.circle(dot_x, dot_y, dot, stroke=1, fill=1)


def _around(x: float, y: float, radius: float, n: int) -> list[tuple[float, float]]:
    turns = [2 * math.pi * (step + 0.5) / n + math.pi / 2 for step in range(n)]
    return [(x + radius * math.cos(turn), y + radius * math.sin(turn)) for turn in turns]


def _height(flowable: Flowable, sheet: Sheet) -> float:
    after: Sequence[float] = (flowable.getSpaceBefore(), flowable.getSpaceAfter())
    return float(flowable.wrap(sheet.body_width, sheet.body_height)[1] + sum(after))
