"""The theories of action of the field, to compare one's own with: offered once a draft exists, never before.

Six are for teachers and four for the whole school (Hopkins, *Curiosity and Powerful Learning*). Offered before a group
has drafted its own, a round only confirms the list.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import BadInput
from app.texts import _

from .model import Theory


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """One theory of the field; `key` is what `Theory.relates_to` holds."""

    key: str
    title: str
    whole_school: bool = False


def comparisons(theories: Sequence[Theory]) -> tuple[Comparison, ...]:
    """The theories to compare with; none before the group has drafted one of its own."""
    return _all() if theories else ()


def relates_to(text: str) -> str:
    """The key that is meant by `text` ('' stays ''). Raises `BadInput` when there is none like it."""
    if not text.strip():
        return ''
    for comparison in _all():
        if _folded(text) == _folded(comparison.key):
            return comparison.key
    raise BadInput(_('There is no such theory to compare with. Choose one of the list.'))


def _folded(text: str) -> str:
    return ' '.join(text.casefold().replace('-', ' ').split())


def _all() -> tuple[Comparison, ...]:
    for_teachers = {
        'harnessing learning intentions, narrative and pace': _('Harnessing learning intentions, narrative and pace'),
        'setting challenging learning tasks': _('Setting challenging learning tasks'),
        'framing higher order questions': _('Framing higher-order questions'),
        'connecting feedback and data': _('Connecting feedback and data'),
        'committing to assessment for learning': _('Committing to assessment for learning'),
        'implementing cooperative group structures': _('Implementing cooperative group structures'),
    }
    for_schools = {
        'high expectations and authentic relationships': _('High expectations and authentic relationships'),
        'inquiry-focused teaching': _('Inquiry-focused teaching'),
        'consistent teaching protocols': _('Consistent teaching protocols'),
        'consistent learning protocols': _('Consistent learning protocols'),
    }
    return (
        *(Comparison(key=key, title=title) for key, title in for_teachers.items()),
        *(Comparison(key=key, title=title, whole_school=True) for key, title in for_schools.items()),
    )
