"""The facilitator's script on paper: a stage after the other, what to say, how long, and what to watch for."""

from reportlab.platypus import Spacer

from app.debrief.script import Script, norms, script, stage_question
from app.pdf.flow import Story, points, together
from app.pdf.marks import Element
from app.pdf.paper import MM
from app.pdf.paragraph import Bookmark, heading, paragraph
from app.pdf.typography import Style
from app.rounds.stages import Stage, stage_name
from app.texts import _

from .material import Material


def facilitator_script(material: Material, root: Element) -> Story:
    """For somebody who has never led a round; the same words as on the control view."""
    part = root.add('Sect')
    title = _('For the facilitator')
    yield heading(title, Style.H1, part.add('H1'), Bookmark('script', title, 0))
    how = _('Read aloud what is in quotation marks, in your own words if you like. The times are for 24 people.')
    yield paragraph(how, Style.BODY, part.add('P'))
    if material.round.problem_of_practice:
        yield paragraph(_('Our problem of practice'), Style.LABEL, part.add('P'))
        yield paragraph(material.round.problem_of_practice, Style.LEAD, part.add('P'))
    agreed = part.add('Sect')
    name = paragraph(_('What the room agrees on'), Style.H2, agreed.add('H2'))
    yield from together([name, *points(norms(), Style.POINT, agreed)], material.sheet)
    for stage in Stage:
        told = script(stage)
        if told:
            yield from together(list(_stage(stage, told, part.add('Sect'))), material.sheet)


def _stage(stage: Stage, told: Script, part: Element) -> Story:
    name = stage_name(stage)
    yield heading(name, Style.H2, part.add('H2'), Bookmark(f'script-{stage}', name, 1))
    if question := stage_question(stage):
        yield paragraph(question, Style.QUESTION, part.add('P'))
    yield paragraph(told.how_long, Style.SMALL, part.add('P'), label=_('How long:'))
    yield Spacer(1, 1.5 * MM)
    yield paragraph(_('Say'), Style.LABEL, part.add('P'))
    yield from points([f'“{sentence}”' for sentence in told.say], Style.POINT, part)
    yield Spacer(1, 1.5 * MM)
    yield paragraph(_('Watch for'), Style.LABEL, part.add('P'))
    yield from points(told.watch_for, Style.POINT, part)
