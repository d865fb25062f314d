"""The agreement and the data statement: for staff, unions and governors."""

from app.pdf.flow import Story, points
from app.pdf.marks import Element
from app.pdf.paragraph import Bookmark, heading, paragraph
from app.pdf.typography import Style
from app.rounds.clock import day_in_words
from app.texts import _, ngettext

from .material import Material


def agreement(material: Material, root: Element) -> Story:
    """What the round is and is not, who sees what, what is kept and for how long."""
    part = root.add('Sect')
    title = _('What this round is, and what it is not')
    yield heading(title, Style.H1, part.add('H1'), Bookmark('agreement', title, 0))
    plan = material.round
    yield paragraph(f'{plan.title} · {plan.host_school} · {day_in_words(plan.date)}', Style.QUIET, part.add('P'))
    for name, texts in _said(material):
        yield paragraph(name, Style.H2, part.add('H2'))
        yield from points(texts, Style.POINT, part)


def _said(material: Material) -> tuple[tuple[str, tuple[str, ...]], ...]:
    sizes = material.round.sizes
    deleted = ngettext(
        'All notes, names of visitors and histories are deleted {n} day after the round is closed.',
        'All notes, names of visitors and histories are deleted {n} days after the round is closed.',
        sizes.days_kept,
    )
    return (
        (
            _('What it is'),
            (
                _('Visitors from other schools look at teaching and learning in this school, on one question of ours.'),
                _('They describe, find patterns over several rooms, and draft with us what the school could try next.'),
                _('The school keeps one document: patterns, predictions, theories of action, next steps.'),
            ),
        ),
        (
            _('What it is not'),
            (
                _('No inspection, no appraisal, no observation of one teacher. Nothing in it is about a person.'),
                _('It is never used in anybody’s appraisal, pay or capability procedure.'),
                _('Whoever would rather not be visited says so and is not. No reason is asked for.'),
            ),
        ),
        (
            _('Who visits, and how'),
            (
                _('At most {people} visitors in a room, for {minutes} minutes.').format(
                    people=sizes.most_in_room, minutes=sizes.minutes
                ),
                _('No names of teachers or students are written. No pictures, no sound: the app cannot take them.'),
            ),
        ),
        (
            _('Who sees what'),
            (
                _('Visitors see their own notes, and the cards that all have chosen to show.'),
                _('The facilitator sees no note before its author chose it, and never who wrote a card.'),
                _('A teacher may read the notes of their own lesson, by a code, until they are deleted.'),
                _('The school’s leaders see the document: no room, no subject with a time, no author.'),
                _('Whoever runs the server can see what is on its disk, and is bound by this statement.'),
            ),
        ),
        (
            _('What is kept, and for how long'),
            (
                deleted.format(n=sizes.days_kept),
                _('What stays: patterns, predictions, theories of action, next steps, and the cards quoted with them.'),
                _('Backups are in the hands of whoever runs the server, who has to delete them too.'),
            ),
        ),
    )
