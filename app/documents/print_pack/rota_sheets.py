"""The rota on paper: a page for each group, and a simple list of all rooms."""

from reportlab.platypus import PageBreak

from app.pdf.flow import Columns, Story
from app.pdf.marks import Element
from app.pdf.paragraph import Bookmark, heading, paragraph
from app.pdf.typography import Style
from app.texts import _

from .material import Material

_GROUP_WIDTHS, _ROOM_WIDTHS = (0.27, 0.12, 0.61), (0.12, 0.64, 0.24)


def rota_sheets(material: Material, root: Element) -> Story:
    """A page a group with its visits in order, then all rooms with theirs. Nothing where there is no rota."""
    if not material.visits:
        return
    for n, group in enumerate(sorted(material.groups, key=lambda group: group.number)):
        if n:
            yield PageBreak()
        part = root.add('Sect')
        title = _('{group}: where to go').format(group=group.name)
        yield heading(title, Style.H1, part.add('H1'), Bookmark(f'rota-{n}', title, 0))
        yield paragraph(_how(material), Style.BODY, part.add('P'))
        table = Columns(part, (_('Time'), _('Door'), _('Classroom')), _widths(material, _GROUP_WIDTHS))
        for visit, room in material.visits_of(group):
            row = table.row()
            cells = (f'{visit.start:%H:%M} – {visit.end:%H:%M}', str(room.number), material.label(room))
            table.rows.append([paragraph(text, Style.SHEET_TEXT, row.add('TD')) for text in cells])
        yield table.table()
    yield PageBreak()
    yield from _rooms(material, root.add('Sect'))


def _rooms(material: Material, part: Element) -> Story:
    title = _('All rooms')
    yield heading(title, Style.H1, part.add('H1'), Bookmark('rooms', title, 0))
    table = Columns(part, (_('Door'), _('Classroom'), _('Visits from')), _widths(material, _ROOM_WIDTHS))
    for room in material.visited:
        times = sorted(f'{visit.start:%H:%M}' for visit in material.visits if visit.classroom == room.id)
        row = table.row()
        cells = (str(room.number), material.label(room), ', '.join(times) or '–')
        table.rows.append([paragraph(text, Style.PART_TEXT, row.add('TD')) for text in cells])
    yield table.table()


def _how(material: Material) -> str:
    minutes = material.round.sizes.minutes
    return _('{n} minutes in each room. Go in quietly, sit at the side, leave together.').format(n=minutes)


def _widths(material: Material, shares: tuple[float, ...]) -> list[float]:
    return [share * material.sheet.body_width for share in shares]
