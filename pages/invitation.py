"""An invitation: somebody becomes a facilitator, of the inviting school or of one that is new to the network."""

from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.responses import Response

from app.errors import Gone, NotFound, RoundsError
from app.schools.service import Offer
from app.services import Services
from app.texts import _
from components import plain
from components.account_forms import email_field, name_field, new_passphrase_field, problems_of, school_fields
from pages import who_asks

FIELDS = ('school', 'timezone', 'name', 'email', 'passphrase')


def register(services: Services, outer: FastAPI) -> None:
    """The invitation's page and where its form is sent to."""

    @outer.get('/invitation/{secret}', include_in_schema=False)
    async def invitation(secret: str) -> Response:
        try:
            offer = await services.schools.offer(secret)
        except RoundsError as error:
            return who_asks.plain(_over(error), error.status)
        return who_asks.plain(_page(secret, offer, {}))

    @outer.post('/invitation/{secret}', include_in_schema=False)
    async def invitation_sent(request: Request, secret: str) -> Response:
        typed = await who_asks.typed(request, FIELDS)
        try:
            token = await services.schools.accept(secret, **typed, address=who_asks.asks_from(request, services))
        except (Gone, NotFound) as error:
            return who_asks.plain(_over(error), error.status)
        except RoundsError as error:
            offer = await services.schools.offer(secret)
            return who_asks.plain(_page(secret, offer, typed, error), error.status)
        return who_asks.entered(request, services, token)


def _page(secret: str, offer: Offer, typed: Mapping[str, str], error: RoundsError | None = None) -> str:
    problems = problems_of(error)
    if offer.school:
        lead = _('{name} invites you to plan and run rounds for {school} in the network {network}.')
    else:
        lead = _('{name} invites your school to join the network {network} and to plan and run rounds.')
    who = (name_field(typed, problems), email_field(typed, problems), new_passphrase_field(problems))
    parts = plain.group(_('You'), *who)
    if not offer.school:
        parts = plain.Markup(plain.group(_('Your school'), *school_fields(typed, problems)) + parts)
    unkept = _('Nothing is kept yet: please look at the field below.') if error else ''
    return plain.document(
        _('Invitation'),
        plain.opening(_('Welcome'), lead.format(name=offer.invited_by, school=offer.school, network=offer.network)),
        plain.problem(problems.get('', '') or unkept),
        plain.sheet(plain.form(f'/invitation/{secret}', button=_('Join'), parts=parts)),
        plain.way(_('I have an account already: sign in'), '/sign-in'),
    )


def _over(error: RoundsError) -> str:
    return plain.document(
        _('Invitation'), plain.opening(_('Invitation'), error.sentence), plain.way(_('Sign in'), '/sign-in', main=True)
    )
