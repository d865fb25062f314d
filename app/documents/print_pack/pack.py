"""The print pack: every part alone, or all of them in one file."""

from collections.abc import Callable, Sequence
from enum import StrEnum

from app.errors import BadInput
from app.pdf.bound import bound
from app.pdf.flow import Story
from app.pdf.marks import Element
from app.pdf.page import document
from app.pdf.paper import load_fonts
from app.texts import _, language

from .agreement import agreement
from .capture_sheets import capture_sheets
from .cards import door_cards, join_card
from .facilitator_script import facilitator_script
from .lanyards import lanyards
from .material import Material
from .observer_card import observer_card
from .rota_sheets import rota_sheets
from .slips import slips


class Part(StrEnum):
    """The parts, in the order in which a pack holds them."""

    DOORS = 'door-cards'
    JOIN = 'join-card'
    ROTA = 'rota'
    OBSERVER = 'observer-card'
    SLIPS = 'slips'
    LANYARDS = 'lanyards'
    AGREEMENT = 'agreement'
    SCRIPT = 'script'
    SHEETS = 'capture-sheets'


_STORIES: dict[Part, Callable[[Material, Element], Story]] = {
    Part.ROTA: rota_sheets,
    Part.OBSERVER: observer_card,
    Part.SLIPS: slips,
    Part.LANYARDS: lanyards,
    Part.AGREEMENT: agreement,
    Part.SCRIPT: facilitator_script,
    Part.SHEETS: capture_sheets,
}


def part_name(part: Part) -> str:
    """A part as people call it."""
    return {
        Part.DOORS: _('Door cards'),
        Part.JOIN: _('Join poster for the hall'),
        Part.ROTA: _('Rota for each group, and the list of rooms'),
        Part.OBSERVER: _('Observer’s card'),
        Part.SLIPS: _('Slips for the teachers of the rooms'),
        Part.LANYARDS: _('Lanyard cards'),
        Part.AGREEMENT: _('Agreement and data statement'),
        Part.SCRIPT: _('The facilitator’s script'),
        Part.SHEETS: _('Paper capture sheets'),
    }[part]


def part_purpose(part: Part) -> str:
    """Where it goes, or who gets it, in a few words."""
    return {
        Part.DOORS: _('One on each door: visitors scan it, then write.'),
        Part.JOIN: _('In the hall: visitors scan it when they arrive.'),
        Part.ROTA: _('A page for each group: which room, and when.'),
        Part.OBSERVER: _('One for each visitor: what is looked for, and how to write it down.'),
        Part.SLIPS: _('One for each teacher who is visited, with the code to read the notes of that lesson.'),
        Part.LANYARDS: _('Eight a page, to cut: the rules of a visit.'),
        Part.AGREEMENT: _('For staff, unions and governors: what is noted, who sees it, when it is deleted.'),
        Part.SCRIPT: _('For you: what to say in the debrief, stage after stage.'),
        Part.SHEETS: _('For rooms without phones: one for each visit, typed in afterwards.'),
    }[part]


def print_pack(material: Material, parts: Sequence[Part] = tuple(Part)) -> bytes:
    """These parts in one PDF with a bookmark each. Raises `BadInput` where something to print is missing."""
    plan = material.round
    return bound(
        [(part_name(part), print_part(material, part)) for part in Part if part in parts],
        title=_('Everything for the day – {school}').format(school=plan.host_school),
        author=plan.host_school,
        language=language.get(),
    )


def print_part(material: Material, part: Part) -> bytes:
    """One part alone."""
    if part is Part.DOORS:
        return door_cards(material.round, material.classrooms, material.periods, material.address)
    if part is Part.JOIN:
        return join_card(material.round, material.address)
    return _told(material, part_name(part), _STORIES[part])


def print_slip(material: Material, classroom_id: str) -> bytes:
    """The slip of one classroom: a changed room reprints one page."""
    return _told(material, part_name(Part.SLIPS), lambda given, root: slips(given, root, classroom_id))


def _told(material: Material, title: str, tell: Callable[[Material, Element], Story]) -> bytes:
    load_fonts()
    root = Element('Document')
    story = list(tell(material, root))
    if not story:
        raise BadInput(_('There is nothing to print here yet: plan classrooms, groups and the rota first.'))
    plan = material.round
    return document(
        story,
        root,
        sheet=material.sheet,
        title=f'{title} – {plan.host_school}',
        author=plan.host_school,
        subject=plan.title,
        running_head=f'{plan.host_school} · {plan.title}',
        language=language.get(),
    )
