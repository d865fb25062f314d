"""The end of the document: what visitors agreed on, what is kept of whom, and when it is deleted."""

from app.documents import words
from app.documents.outcome import Outcome
from app.pdf.flow import Story, points, together
from app.pdf.marks import Element
from app.pdf.paragraph import Bookmark, heading, paragraph
from app.pdf.sizes import Sheet
from app.pdf.typography import Style
from app.rounds.norms import norms
from app.texts import _


def closing(outcome: Outcome, sheet: Sheet, root: Element) -> Story:
    """Norms, then the data statement with the date of deletion."""
    part = root.add('Sect')
    title = _('What visitors agreed on')
    head = heading(title, Style.H2, part.add('H2'), Bookmark('norms', title, 0))
    agreed = [head, *points(norms(), Style.POINT, part)]
    part = root.add('Sect')
    title = _('What is kept, and what is deleted when')
    head = heading(title, Style.H2, part.add('H2'), Bookmark('data', title, 0))
    texts = (words.data_statement(), *words.deletion(outcome))
    yield from together([*agreed, head, *(paragraph(text, Style.BODY, part.add('P')) for text in texts)], sheet)
