"""The outcome of a round: to read, to download, to release, and by a link for the school's leaders without account."""

from fastapi import FastAPI, Request
from fastapi.responses import Response
from nicegui import ui

from app.documents.changes import same_contents
from app.documents.service import Form
from app.errors import NotSignedIn
from app.rounds.model import Link, LinkKind
from app.rounds.stages import ALLOWED, Act
from app.services import Services
from app.texts import _
from components.debrief_board import add_debrief_style
from components.layout import frame
from components.links_box import LinksBox
from components.outcome import draw_outcome
from components.outcome_files import Versions, draw_files
from pages.page import page
from pages.who_asks import sign_in_first, signed_in

_KINDS = {
    Form.PDF: 'application/pdf',
    Form.WORD: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    Form.EXCEL: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    Form.CSV: 'application/zip',
}


def register(services: Services, outer: FastAPI) -> None:
    """`/rounds/{id}/outcome`, `/outcome/{secret}`, and the files behind both."""

    @page('/rounds/{round_id}/outcome')
    async def outcome(request: Request, round_id: str) -> None:
        who = await signed_in(request, services)
        plan = await services.rounds.plan(who, round_id)
        draft = await services.documents.outcome(who, round_id)
        versions = await services.documents.versions(who, round_id)
        is_new = not versions or not same_contents(versions[0].outcome, draft)
        printed = draft if is_new else versions[0].outcome

        async def there() -> list[Link]:
            return [link for link in await services.rounds.links(who, round_id) if link.kind is LinkKind.OUTCOME]

        async def make() -> str:
            secret = await services.rounds.make_link(who, round_id, LinkKind.OUTCOME)
            return f'{services.settings.address or str(request.base_url).rstrip("/")}/outcome/{secret}'

        async def release(seen: int) -> None:
            await services.documents.release(who, round_id, seen=seen)
            ui.navigate.reload()

        async def set_paper(paper: str) -> None:
            planned = (await services.rounds.plan(who, round_id)).round
            await services.rounds.change(who, round_id, 'paper', paper, seen=planned.paper)
            ui.navigate.reload()

        address = f'/rounds/{round_id}/outcome'
        with frame(_('Outcome'), who=who, in_round=plan.round, here='outcome', width='reading'):
            add_debrief_style()
            query = '' if is_new else f'?version={printed.version}'
            draw_files(address, main=_('Download the PDF'), query=query)
            Versions(
                address,
                versions,
                plan.round.paper,
                is_closed=plan.round.stage in ALLOWED[Act.RELEASE],
                is_new=is_new,
                release=release,
                set_paper=set_paper,
            )
            draw_outcome(printed)
            LinksBox(
                _('A link for others'),
                _('Whoever has the link can read the latest version and download it, without an account.'),
                await there(),
                there=there,
                make=make,
                revoke=lambda link_id: services.rounds.revoke_link(who, round_id, link_id),
            )

    @page('/outcome/{secret}')
    async def outcome_by_link(request: Request, secret: str) -> None:
        printed = await services.documents.outcome_by_link(secret)
        with frame(_('Outcome'), width='reading'):
            add_debrief_style()
            draw_files(f'/outcome/{secret}/outcome', main=_('Download the PDF'))
            draw_outcome(printed)

    for form in Form:
        _serve(services, outer, form)


def _serve(services: Services, outer: FastAPI, form: Form) -> None:
    """The two addresses of one form: for a facilitator, and by a link."""

    @outer.get(f'/outcome/{{secret}}/outcome.{form.value}', include_in_schema=False)
    async def outcome_file_by_link(secret: str) -> Response:
        return _file(await services.documents.outcome_file_by_link(secret, form), form, 'outcome')

    @outer.get(f'/rounds/{{round_id}}/outcome.{form.value}', include_in_schema=False)
    async def outcome_file(request: Request, round_id: str, version: int = 0) -> Response:
        try:
            who = await signed_in(request, services)
        except NotSignedIn:
            return sign_in_first(f'/rounds/{round_id}/outcome')
        if version:
            return _file(
                await services.documents.version_file(who, round_id, version, form), form, f'outcome-{version}'
            )
        return _file(await services.documents.outcome_file(who, round_id, form), form, 'outcome')


def _file(content: bytes, form: Form, name: str) -> Response:
    """An answer that the browser keeps as a file, and nobody on the way."""
    headers = {'Content-Disposition': f'attachment; filename="{name}.{form.value}"', 'Cache-Control': 'no-store'}
    return Response(content, media_type=_KINDS[form], headers=headers)
