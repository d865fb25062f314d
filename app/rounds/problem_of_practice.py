"""Five questions that a host asks of its problem of practice: a self-check, never a gate.

They follow City, Elmore, Fiarman & Teitel, *Instructional Rounds in Education* (2009), in this product's words.
"""

from app.texts import _

CHECKS = ('core', 'observable', 'actionable', 'connected', 'leverage')


def check_sentence(key: str) -> str:
    """What a host can say of its problem of practice when it meets the check `key`."""
    return {
        'core': _(
            'It is about teaching and learning itself: what students do, with what content, with which teaching.'
        ),
        'observable': _('Visitors can see and hear it in a classroom within one visit.'),
        'actionable': _('The school itself can change it, and soon.'),
        'connected': _('It belongs to something larger that the school is already improving.'),
        'leverage': _('If it changed, much else in students’ learning would change with it.'),
    }[key]


def open_checks(ticked: tuple[str, ...]) -> tuple[str, ...]:
    """The checks that have not been ticked, in order; what is left to talk about."""
    return tuple(key for key in CHECKS if key not in ticked)
