"""The one way from a text that somebody typed to a paragraph on paper.

Unescaped, `<img src=/path>` would open a file of the server and an unclosed tag would end the report. So no other
module builds a `Paragraph`.
"""

from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from .characters import LONGEST, printable
from .marks import Element


class Goal(NamedTuple):
    """Where a paragraph leads to when it is a link: a bookmark, and in words where that is."""

    key: str
    words: str


class Bookmark(NamedTuple):
    """What stands in the outline of the document for a heading; level 0 is the highest."""

    key: str
    words: str
    level: int


class MarkedParagraph(Paragraph):  # type: ignore[misc]  # ReportLab has no types
    """A paragraph that knows its element; split over two pages, both parts belong to it."""

    bulletText: str | None
    element: Element | None = None
    label: Element | None = None  #: of the bullet, when it is a part of its own
    goal: Goal | None = None
    bookmark: Bookmark | None = None
    was_drawn = False  #: a table's head is drawn again on the next page, and read aloud once

    def split(self, availWidth: float, availHeight: float) -> list['MarkedParagraph']:
        """Called by ReportLab when it does not fit."""
        parts: list[MarkedParagraph] = super().split(availWidth, availHeight)
        for part in parts:
            part.element, part.goal = self.element, self.goal
        if parts:
            parts[0].label, parts[0].bookmark = self.label, self.bookmark
        return parts

    def draw(self) -> None:
        """Called by ReportLab on the canvas of the page."""
        again, self.was_drawn = self.was_drawn, True
        if self.bookmark and not again:
            self.canv.bookmark(self.bookmark, self.height)
        bullet, self.bulletText = self.bulletText, None
        is_one = self.label is self.element
        if bullet and not is_one:
            with self.canv.marking(None if again else self.label):
                self._draw_bullet(bullet)
        with self.canv.marking(None if again else self.element):
            if bullet and is_one:
                self._draw_bullet(bullet)
            self.drawPara(self.debug)
        self.bulletText = bullet
        if self.goal and self.element and not again:
            self.canv.link(self.element, self.goal.words, self.goal.key, self.width, self.height)

    def _draw_bullet(self, bullet: str) -> None:
        style = self.style
        self.canv.setFillColor(getattr(style, 'bulletColor', style.textColor))
        self.canv.setFont(style.bulletFontName, style.bulletFontSize)
        self.canv.drawString(style.bulletIndent, self.height - style.fontSize, bullet)


def paragraph(
    text: str,
    style: ParagraphStyle,
    element: Element | None,
    *,
    label: str = '',
    bullet: str = '',
    bullet_element: Element | None = None,
    goal: Goal | None = None,
    most: int = LONGEST,
) -> MarkedParagraph:
    """A paragraph of `text`, whatever is in it, for `element` (None: an artifact, that is not read aloud).

    `label` stands before it in bold, `bullet` hangs in the margin.
    """
    markup = escape(printable(text, most))
    if label:
        markup = f'<b>{escape(printable(label))}</b> {markup}'
    made = MarkedParagraph(markup, style, bulletText=printable(bullet) or None)
    made.element, made.label, made.goal = element, bullet_element, goal
    return made


def heading(text: str, style: ParagraphStyle, element: Element, bookmark: Bookmark, **more: Any) -> MarkedParagraph:
    """A paragraph with a place in the outline. What has to stay with it goes through `flow.together`."""
    made = paragraph(text, style, element, most=400, **more)
    made.bookmark = bookmark
    return made
