"""Paper in place of a phone: a sheet for each visit, with its number, lines, lenses and the code to type it in by."""

from reportlab.platypus import PageBreak, Spacer

from app.pdf.flow import Story
from app.pdf.marks import Element
from app.pdf.paper import MM
from app.pdf.paragraph import Bookmark, heading, paragraph
from app.pdf.typography import Style
from app.rounds.join_card import grouped
from app.rounds.lenses import lens_name
from app.rounds.model import Classroom, Group, Visit
from app.texts import _, ngettext

from .flowables import LinesToWriteOn
from .material import Material

_LINES, _EVERY = 13, 14 * MM


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
    number = f'{group.number}–{n}'
    title = _('Sheet {number}: door {door}, {label}').format(
        number=number, door=room.number, label=material.label(room)
    )
    yield heading(title, Style.H3, part.add('H1'), Bookmark(f'sheet-{number}', title, 0))
    copies = ngettext('{n} copy', '{n} copies', group.size).format(n=group.size)
    facts = _('{group} · {start} to {end} · to type in: {code} · {copies}').format(
        group=group.name, start=f'{visit.start:%H:%M}', end=f'{visit.end:%H:%M}', code=grouped(room.code), copies=copies
    )
    yield paragraph(facts, Style.SMALL, part.add('P'))
    yield paragraph(_('Your name and school: ____________________________________'), Style.BODY, part.add('P'))
    if material.round.problem_of_practice:
        yield paragraph(material.round.problem_of_practice, Style.QUIET, part.add('P'), most=300)
    how = _('One line is one note: what you see and hear. No names. Circle: {lenses}.')
    yield paragraph(how.format(lenses=_lenses(material)), Style.SMALL, part.add('P'))
    yield Spacer(1, 2 * MM)
    yield LinesToWriteOn(
        material.sheet.body_width, _LINES, _EVERY, ''.join(_letter(lens) for lens in material.round.lenses)
    )


def _lenses(material: Material) -> str:
    return ', '.join(f'{_letter(lens)} {lens_name(lens)}' for lens in material.round.lenses)


def _letter(lens: str) -> str:
    """The key that types it in: T(eacher) and (tas)K, so that no two lenses of a preset share one."""
    return {'teacher': 'T', 'students': 'S', 'task': 'K', 'teaching': 'T'}.get(lens, lens[:1].upper())
