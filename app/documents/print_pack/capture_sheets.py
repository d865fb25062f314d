"""Paper in place of a phone: a sheet for each visit, with its number, lines, lenses and the code to type it in by."""

from reportlab.platypus import PageBreak

from app.pdf.flow import TIGHT, Story, grid
from app.pdf.marks import Element
from app.pdf.paper import MM
from app.pdf.paragraph import Bookmark, MarkedParagraph, heading, paragraph
from app.pdf.typography import Style
from app.rounds.join_codes import grouped
from app.rounds.lenses import lens_name
from app.rounds.model import Classroom, Group, Visit
from app.texts import _, ngettext

from .flowables import LinesToWriteOn
from .material import Material

_EVERY, _CODE = 14 * MM, 40 * MM


def capture_sheets(material: Material, root: Element) -> Story:
    """A sheet for every visit of every group; each says how many copies its group needs."""
    first = True
    for group in sorted(material.groups, key=lambda group: group.number):
        for n, (visit, room) in enumerate(material.visits_of(group), 1):
            if not first:
                yield PageBreak()
            first = False
            yield from _sheet(material, group, n, visit, room, root.add('Sect'))


def _sheet(material: Material, group: Group, n: int, visit: Visit, room: Classroom, part: Element) -> Story:
    width = material.sheet.body_width
    yield grid(
        [[_what_it_is(material, group, n, visit, room, part), _code(material, group, room, part)]],
        [width - _CODE, _CODE],
        [*TIGHT, ('RIGHTPADDING', (0, 0), (0, 0), 4 * MM)],
    )
    yield paragraph(_('Your name and school: ____________________________________'), Style.BODY, part.add('P'))
    if material.round.problem_of_practice:
        yield paragraph(material.round.problem_of_practice, Style.QUIET, part.add('P'), most=300)
    how = _('One line is one note: what you see and hear. No names. Circle: {lenses}.')
    yield paragraph(how.format(lenses=_lenses(material)), Style.BODY, part.add('P'))
    yield LinesToWriteOn(width, _EVERY, ''.join(_letter(lens) for lens in material.round.lenses))


def _what_it_is(
    material: Material, group: Group, n: int, visit: Visit, room: Classroom, part: Element
) -> list[MarkedParagraph]:
    number = f'{group.number}–{n}'
    title = _('Sheet {number}: door {door}').format(number=number, door=room.number)
    head = heading(title, Style.H2, part.add('H1'), Bookmark(f'sheet-{number}', title, 0))
    copies = ngettext('{n} copy', '{n} copies', group.size).format(n=group.size)
    facts = _('{group} · {start} to {end} · {copies}').format(
        group=group.name, start=f'{visit.start:%H:%M}', end=f'{visit.end:%H:%M}', copies=copies
    )
    return [
        head,
        paragraph(material.label(room), Style.BODY, part.add('P'), most=120),
        paragraph(facts, Style.SMALL, part.add('P')),
    ]


def _code(material: Material, group: Group, room: Classroom, part: Element) -> list[MarkedParagraph]:
    code = grouped(material.sheet_codes[group.id, room.id])
    return [
        paragraph(_('To type it in'), Style.LABEL, part.add('P')),
        paragraph(code, Style.FIGURE, part.add('P')),
    ]


def _lenses(material: Material) -> str:
    return ', '.join(f'{_letter(lens)} {lens_name(lens)}' for lens in material.round.lenses)


def _letter(lens: str) -> str:
    """The key that types it in: T(eacher) and (tas)K, so that no two lenses of a preset share one."""
    return {'teacher': 'T', 'students': 'S', 'task': 'K', 'teaching': 'T'}.get(lens, lens[:1].upper())
