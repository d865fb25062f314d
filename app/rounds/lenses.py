"""The lenses in words."""

from app.texts import _


def lens_names() -> dict[str, str]:
    """The lenses of both presets, in words."""
    return {
        'teacher': _('Teacher'),
        'students': _('Students'),
        'task': _('Task'),
        'curriculum': _('Curriculum'),
        'teaching': _('Teaching'),
        'learning': _('Learning'),
        'assessment': _('Assessment'),
    }


def lens_name(lens: str) -> str:
    """One lens in words; a card without one says so."""
    return lens_names().get(lens, lens) or _('No lens')
