"""The fields that set-up, sign-in, invitations and the account page share."""

from collections.abc import Mapping

from app.accounts.passphrase import LEAST
from app.errors import RoundsError
from app.pdf.sizes import Paper
from app.schools.timezones import timezones
from app.texts import _
from components.plain import Field


def name_field(typed: Mapping[str, str], problems: Mapping[str, str]) -> Field:
    """The facilitator's own name."""
    return Field(
        name='name',
        label=_('Your name'),
        value=typed.get('name', ''),
        autocomplete='name',
        hint=_('Your colleagues see it. Observers do not.'),
        problem=problems.get('name', ''),
    )


def email_field(typed: Mapping[str, str], problems: Mapping[str, str], *, focus: bool = False) -> Field:
    """The e-mail with which somebody signs in."""
    return Field(
        name='email',
        label=_('E-mail'),
        kind='email',
        value=typed.get('email', ''),
        autocomplete='username',
        problem=problems.get('email', ''),
        focus=focus,
    )


def new_passphrase_field(problems: Mapping[str, str], *, label: str = '', name: str = 'passphrase') -> Field:
    """A passphrase that is being chosen; what was typed is never sent back."""
    return Field(
        name=name,
        label=label or _('Passphrase'),
        kind='password',
        autocomplete='new-password',
        least=LEAST,
        hint=_(
            'At least {n} characters. Four words that you remember are better than one that is hard to type.'
        ).format(n=LEAST),
        problem=problems.get('passphrase', ''),
    )


def passphrase_field(
    problems: Mapping[str, str], *, label: str = '', name: str = 'passphrase', focus: bool = False
) -> Field:
    """The passphrase of now."""
    return Field(
        name=name,
        label=label or _('Passphrase'),
        kind='password',
        autocomplete='current-password',
        problem=problems.get(name, ''),
        focus=focus,
    )


def school_fields(typed: Mapping[str, str], problems: Mapping[str, str]) -> tuple[Field, Field]:
    """A school's name and time zone."""
    return (
        Field(
            name='school',
            label=_('School'),
            value=typed.get('school', ''),
            autocomplete='organization',
            problem=problems.get('school', ''),
        ),
        Field(
            name='timezone',
            label=_('Time zone'),
            value=typed.get('timezone', ''),
            hint=_('Bell times are in it.'),
            choices=[(zone, zone.replace('_', ' ')) for zone in timezones()],
            problem=problems.get('timezone', ''),
        ),
    )


def paper_field(typed: Mapping[str, str], problems: Mapping[str, str]) -> Field:
    """What a school's printer holds."""
    return Field(
        name='paper',
        label=_('Paper'),
        value=typed.get('paper', ''),
        hint=_('Documents of new rounds are set on it; in a round it can be changed beside the download.'),
        choices=paper_names(),
        problem=problems.get('paper', ''),
    )


def paper_names() -> list[tuple[str, str]]:
    """Every paper with its name."""
    return [(Paper.A4.value, _('A4')), (Paper.LETTER.value, _('US Letter'))]


def problems_of(error: RoundsError | None) -> dict[str, str]:
    """The sentence of `error` under the field that it belongs to; under '' when it belongs to none."""
    if error is None:
        return {}
    return {str(error.more.get('field', '')): error.sentence}
