"""The card that an observer holds: the problem of practice, the norms, what to write, two pairs of examples."""

from app.pdf.flow import Story, points, together
from app.pdf.marks import Element
from app.pdf.paragraph import Bookmark, heading, paragraph
from app.pdf.typography import Style
from app.rounds.norms import norms
from app.texts import _

from .material import Material


def observer_card(material: Material, root: Element) -> Story:
    """One page, to copy for everybody."""
    part = root.add('Sect')
    title = _('For observers')
    yield heading(title, Style.H1, part.add('H1'), Bookmark('observer', title, 0))
    focus = material.round.problem_of_practice
    if focus:
        yield paragraph(_('Our problem of practice'), Style.LABEL, part.add('P'))
        yield paragraph(focus, Style.LEAD, part.add('P'))
    if material.round.focus_statements:
        yield from points(material.round.focus_statements, Style.POINT, part)
    yield paragraph(_('What to write'), Style.H2, part.add('H2'))
    yield from points(what_to_write(), Style.POINT, part)
    yield paragraph(_('Two pairs'), Style.H2, part.add('H2'))
    for judged, described in pairs():
        yield paragraph(judged, Style.QUIET, part.add('P'), label=_('Not yet:'))
        yield paragraph(described, Style.BODY, part.add('P'), label=_('Rather:'))
    agreed = paragraph(_('What we agreed on'), Style.H2, part.add('H2'))
    yield from together([agreed, *points(norms(), Style.POINT, part)], material.sheet)


def what_to_write() -> tuple[str, ...]:
    """How a descriptive note is made."""
    return (
        _('One note is one thing that you saw or heard, as a camera would have recorded it.'),
        _('Count where you can: how many of how many, how often, for how long.'),
        _('Write down words as they were said, and what stands on the board or the sheet.'),
        _('Ask a student: what are you working on, why, and what will you do when you are stuck?'),
        _('No names: “a student”, “the teacher”. No pictures. Keep ideas for the afternoon.'),
    )


def pairs() -> tuple[tuple[str, str], ...]:
    """A judgement, and what might have been seen."""
    return (
        (
            _('The explanation was unclear and the class got lost.'),
            _('After the explanation 9 of 26 students asked a neighbour what to do; 4 had begun after two minutes.'),
        ),
        (
            _('Lovely group work, everybody was engaged.'),
            _('In three of the five groups each student read a line aloud; in two, one student read all of it.'),
        ),
    )
