"""The own account: name, passphrase, school, invitations, sign-out."""

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response

from app.errors import BadInput, NotSignedIn, RoundsError, TooLarge
from app.schools.logo import LONGEST
from app.schools.model import Invitation
from app.schools.service import Place
from app.services import Services
from app.texts import _, language
from components import plain
from components.account_forms import (
    name_field,
    new_passphrase_field,
    paper_field,
    passphrase_field,
    problems_of,
    school_fields,
)
from components.plain import Field, Markup
from pages import who_asks


def register(services: Services, outer: FastAPI) -> None:
    """The page and where its forms are sent to; each comes back to the page and says what it did."""

    @outer.get('/account', include_in_schema=False)
    async def account(request: Request) -> Response:
        return await _shown(request, services)

    @outer.post('/account/name', include_in_schema=False)
    async def name_sent(request: Request) -> Response:
        typed = await who_asks.typed(request, ('name',))
        return await _kept(request, services, 'name', services.accounts.rename, name=typed['name'])

    @outer.post('/account/passphrase', include_in_schema=False)
    async def passphrase_sent(request: Request) -> Response:
        typed = await who_asks.typed(request, ('old', 'new'))
        address = who_asks.asks_from(request, services)
        change = services.accounts.change_passphrase
        return await _kept(request, services, 'passphrase', change, **typed, address=address)

    @outer.post('/account/school', include_in_schema=False)
    async def school_sent(request: Request) -> Response:
        typed = await who_asks.typed(request, ('school', 'timezone', 'paper'))
        change = services.schools.change_school
        return await _kept(request, services, 'school', change, name=typed.pop('school'), **typed)

    @outer.get('/account/logo.png', include_in_schema=False)
    async def logo(request: Request) -> Response:
        picture = await services.schools.logo(await who_asks.signed_in(request, services))
        return Response(picture, 200 if picture else 404, {'Cache-Control': 'no-store'}, 'image/png')

    @outer.post('/account/logo', include_in_schema=False)
    async def logo_sent(request: Request) -> Response:
        who = await who_asks.signed_in(request, services)
        picture = await who_asks.sent_file(request, 'logo')
        try:
            await services.schools.set_logo(who, picture)
        except (BadInput, TooLarge) as error:
            return await _shown(request, services, error=error, of='logo')
        return RedirectResponse('/account?done=logo', 303, {'Cache-Control': 'no-store'})

    @outer.post('/account/logo/remove', include_in_schema=False)
    async def logo_removed(request: Request) -> Response:
        return await _kept(request, services, 'no-logo', services.schools.remove_logo)

    @outer.post('/account/invitations', include_in_schema=False)
    async def invite(request: Request) -> Response:
        who = await who_asks.signed_in(request, services)
        typed = await who_asks.typed(request, ('for',))
        secret = await services.schools.invite(who, new_school=typed['for'] == 'new')
        base = services.settings.address or str(request.base_url).rstrip('/')
        return await _shown(request, services, link=f'{base}/invitation/{secret}')

    @outer.post('/account/invitations/withdraw', include_in_schema=False)
    async def withdraw(request: Request) -> Response:
        typed = await who_asks.typed(request, ('invitation',))
        take_back = services.schools.withdraw
        return await _kept(request, services, 'withdrawn', take_back, invitation_id=typed['invitation'])


async def _kept(
    request: Request, services: Services, what: str, act: Callable[..., Awaitable[None]], **given: str
) -> Response:
    """Do what a form asks for and come back to the page; on a refusal the page keeps what was typed."""
    who = await who_asks.signed_in(request, services)
    try:
        await act(who, **given)
    except NotSignedIn:
        raise
    except RoundsError as error:
        return await _shown(request, services, typed=given, error=error, of=what)
    return RedirectResponse(f'/account?done={what}', 303, {'Cache-Control': 'no-store'})


async def _shown(
    request: Request,
    services: Services,
    *,
    link: str = '',
    typed: Mapping[str, str] | None = None,
    error: RoundsError | None = None,
    of: str = '',
) -> Response:
    try:
        who = await who_asks.signed_in(request, services)
        account = await services.accounts.account(who)
    except NotSignedIn:
        return who_asks.sign_in_first('/account')
    place = await services.schools.place(who)
    school = place.school
    values = {'name': account.name, 'school': school.name, 'timezone': school.timezone, 'paper': school.paper.value}
    if of == 'name':
        values['name'] = (typed or {})['name']
    elif of == 'school':
        values |= {'school': (typed or {})['name'], **{key: (typed or {})[key] for key in ('timezone', 'paper')}}
    problems = problems_of(error)
    if of == 'school' and 'name' in problems:
        problems['school'] = problems.pop('name')
    html = plain.document(
        _('Your account'),
        plain.opening(_('Your account'), f'{account.email} · {place.school.name}, {place.network.name}'),
        plain.done(_done(request.query_params.get('done', ''))),
        plain.problem(next(iter(problems.values()), '') if of == 'withdrawn' else problems.get('', '')),
        _invitations(place, await services.schools.invitations(who), link),
        plain.section(
            _('Your name'), plain.form('/account/name', name_field(values, problems), button=_('Keep'), quiet=True)
        ),
        _passphrase(account.email, problems),
        plain.section(
            _('Your school'),
            plain.form(
                '/account/school',
                *school_fields(values, problems),
                paper_field(values, problems),
                button=_('Keep'),
                quiet=True,
            ),
        ),
        plain.section(
            _('Words of your network'),
            plain.text(_('What the language coach on the phones asks about, and what it leaves alone.')),
            plain.way(_('To the words'), '/words'),
        ),
        _logo(school.name, bool(await services.schools.logo(who)), problems),
        _leaving(),
        who=who,
    )
    return who_asks.plain(html, error.status if error else 200)


def _invitations(place: Place, open_ones: list[Invitation], link: str) -> Markup:
    shown: tuple[Markup, ...] = ()
    if link:
        words = _('The link for one person, good for seven days. It is shown only now: copy it and send it yourself.')
        shown = (plain.copyable(words, link),)
    if place.colleagues:
        colleagues = _('Facilitators of {school}: you, {names}')
    else:
        colleagues = _('You are the only facilitator of {school} so far.')
    others = ', '.join(school.name for school in place.schools if school.id != place.school.id) or _('none yet')
    return plain.section(
        _('Invitations'),
        *shown,
        plain.text(colleagues.format(school=place.school.name, names=', '.join(place.colleagues))),
        plain.text(_('Other schools of the network: {names}').format(names=others)),
        plain.buttons(
            plain.form(
                '/account/invitations',
                Field(name='for', label='', kind='hidden', value='own'),
                button=_('Invite a colleague'),
                quiet=True,
            ),
            plain.form(
                '/account/invitations',
                Field(name='for', label='', kind='hidden', value='new'),
                button=_('Invite another school'),
                quiet=True,
            ),
        ),
        plain.listed(_open_invitation(invitation, place) for invitation in open_ones),
    )


def _open_invitation(invitation: Invitation, place: Place) -> Markup:
    until = _day(invitation.expires_at, place.school.timezone)
    words = _('For a colleague') if invitation.school else _('For another school')
    return plain.line(
        words,
        _('Not used yet; good until {day}').format(day=until),
        plain.form(
            '/account/invitations/withdraw',
            Field(name='invitation', label='', kind='hidden', value=invitation.id),
            button=_('Withdraw'),
            quiet=True,
        ),
    )


def _passphrase(email: str, problems: Mapping[str, str]) -> Markup:
    return plain.section(
        _('Passphrase'),
        plain.form(
            '/account/passphrase',
            Field(name='username', label='', kind='hidden', value=email, autocomplete='username'),
            passphrase_field(problems, label=_('Your passphrase now'), name='old'),
            new_passphrase_field(problems, label=_('Your new passphrase'), name='new'),
            button=_('Change it'),
            quiet=True,
        ),
    )


def _logo(school: str, there: bool, problems: Mapping[str, str]) -> Markup:
    parts = [plain.picture('/account/logo.png', _('Logo of {school}').format(school=school))] if there else []
    sends = Field(
        name='logo',
        label=_('Picture'),
        kind='file',
        accept='image/png,image/jpeg,image/gif,image/webp',
        hint=_('PNG, JPEG, GIF or WebP, {n} MB at most. It is kept as a small picture.').format(n=LONGEST >> 20),
        problem=problems.get('logo', ''),
    )
    parts.append(plain.form('/account/logo', sends, button=_('Keep the logo'), quiet=True))
    if there:
        parts.append(plain.form('/account/logo/remove', button=_('Remove the logo'), quiet=True))
    lead = plain.text(_('It stands on the cover of your documents.'))
    return plain.section(_('Logo of the school'), lead, *parts)


def _leaving() -> Markup:
    return plain.section(
        _('Sign out'),
        plain.text(_('“Everywhere” ends your sessions in all other browsers too, for example on a hall’s computer.')),
        plain.buttons(
            plain.form('/sign-out', button=_('Sign out'), quiet=True),
            plain.form('/sign-out-everywhere', button=_('Sign out everywhere'), quiet=True),
        ),
    )


def _done(what: str) -> str:
    """What a form on this page says when it has been kept."""
    return {
        'name': _('Your name is kept.'),
        'passphrase': _('The new passphrase is kept. Everywhere else you have been signed out.'),
        'school': _('The school is kept. Rounds that exist already keep the time zone they were planned in.'),
        'logo': _('The logo is kept. It stands on the cover of documents from now on.'),
        'no-logo': _('The logo is removed. Released documents keep it.'),
        'withdrawn': _('The invitation is withdrawn; its link does not open any more.'),
    }.get(what, '')


def _day(moment: dt.datetime, timezone: str) -> str:
    local = moment.astimezone(ZoneInfo(timezone))
    return format_datetime(local, _('d MMMM, HH:mm'), locale=language.get())
