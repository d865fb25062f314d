"""The fields that set-up, sign-in, invitations and the account page share."""

from collections.abc import Mapping

from app.accounts.passphrase import LEAST
from app.errors import RoundsError
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


def passphrase_field(problems: Mapping[str, str], *, label: str = '', name: str = 'passphrase') -> Field:
    """The passphrase of now."""
    return Field(
        name=name,
        label=label or _('Passphrase'),
        kind='password',
        autocomplete='current-password',
        problem=problems.get(name, ''),
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


def problems_of(error: RoundsError | None) -> dict[str, str]:
    """The sentence of `error` under the field that it belongs to; under '' when it belongs to none."""
    if error is None:
        return {}
    return {str(error.more.get('field', '')): error.sentence}
