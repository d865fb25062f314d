"""The slip for whoever teaches in a visited room: what visitors do, what is kept, how to read it and to say no."""

from reportlab.platypus import PageBreak, Spacer

from app.pdf.flow import TIGHT, Story, grid, points
from app.pdf.marks import Element
from app.pdf.paper import MM
from app.pdf.paragraph import Bookmark, heading, paragraph
from app.pdf.typography import Style
from app.rounds.join_codes import grouped
from app.rounds.model import Classroom
from app.texts import _, ngettext

from .flowables import CodeToScan
from .material import Material

_CODE = 46 * MM


def slips(material: Material, root: Element, only: str = '') -> Story:
    """A page for each classroom that is visited, or for the one whose id is `only`."""
    rooms = [room for room in material.visited if only in ('', room.id)]
    for n, room in enumerate(rooms):
        if n:
            yield PageBreak()
        yield from _slip(material, room, root.add('Sect'))


def lesson_address(address: str, code: str) -> str:
    """What a slip's code says; the code is in the fragment, which no server's log holds."""
    return f'{address}/lesson#{code}'


def _slip(material: Material, room: Classroom, part: Element) -> Story:
    code = material.lesson_codes[room.id]
    title = _('Visitors in your lesson')
    yield heading(title, Style.H1, part.add('H1'), Bookmark(f'slip-{room.number}', material.label(room), 0))
    yield paragraph(material.label(room), Style.LEAD, part.add('P'), most=160)
    for name, texts in _said(material):
        yield Spacer(1, 2 * MM)
        yield paragraph(name, Style.H3, part.add('H2'))
        yield from points(texts, Style.POINT, part)
    yield Spacer(1, 4 * MM)
    where = f'{material.address.removeprefix("https://").removeprefix("http://")}/lesson'
    beside = part.add('Sect')
    scan = CodeToScan(
        lesson_address(material.address, code), _CODE, beside, _('A code that opens the page of your lesson')
    )
    typed = [
        paragraph(_('Your page'), Style.H3, beside.add('H2')),
        paragraph(_('Scan the code, or open {where} and type:').format(where=where), Style.BODY, beside.add('P')),
        paragraph(grouped(code), Style.FIGURE, beside.add('P')),
        paragraph(_('The code opens this lesson only. Keep it to yourself.'), Style.SMALL, beside.add('P')),
    ]
    yield grid(
        [[scan, typed]],
        [_CODE + 6 * MM, material.sheet.body_width - _CODE - 6 * MM],
        [*TIGHT, ('VALIGN', (0, 0), (-1, -1), 'MIDDLE')],
    )


def _said(material: Material) -> tuple[tuple[str, tuple[str, ...]], ...]:
    sizes = material.round.sizes
    deleted = ngettext(
        'All notes are deleted {n} day after the round is closed.',
        'All notes are deleted {n} days after the round is closed.',
        sizes.days_kept,
    )
    return (
        (
            _('What the visitors do'),
            (
                _('Up to {people} visitors sit in the room for {minutes} minutes.').format(
                    people=sizes.most_in_room, minutes=sizes.minutes
                ),
                _('They write down what they see and hear: description, no judgement. They may ask about the task.'),
                _('They note no names and take no pictures. You need not prepare anything.'),
            ),
        ),
        (
            _('What is kept'),
            (
                _('Notes are about teaching and learning in the whole school, never about a person. Nobody is graded.'),
                _('In the debrief and in every document they stand without room, subject and time.'),
                deleted.format(n=sizes.days_kept),
            ),
        ),
        (
            _('How to read the notes of your lesson'),
            (
                _('From when the visits are over, on the page below, until they are deleted.'),
                _('They have no author and no order. Each is one thing that somebody saw or heard, and no more.'),
            ),
        ),
        (
            _('How to say no'),
            (_('Tell the facilitator, or press “Leave my lesson out” on that page. No reason is asked for.'),),
        ),
    )
