"""The outcome of a round: to read, to download, and by a link for the school's leaders who have no account."""

from fastapi import FastAPI, Request
from fastapi.responses import Response
from nicegui import ui

from app.rounds.model import LinkKind
from app.services import Services
from app.texts import _
from components.debrief_board import add_debrief_style
from components.layout import frame
from components.links_box import LinksBox
from components.outcome import draw_outcome
from pages.page import page
from pages.who_asks import signed_in


def register(services: Services, outer: FastAPI) -> None:
    """`/rounds/{id}/outcome`, `/outcome/{secret}` and the PDF behind the latter."""

    @page('/rounds/{round_id}/outcome')
    async def outcome(request: Request, round_id: str) -> None:
        who = await signed_in(request, services)
        plan = await services.rounds.plan(who, round_id)
        printed = await services.documents.outcome(who, round_id)
        links = await services.rounds.links(who, round_id)

        async def make() -> str:
            secret = await services.rounds.make_link(who, round_id, LinkKind.OUTCOME)
            return f'{services.settings.address or str(request.base_url).rstrip("/")}/outcome/{secret}'

        with frame(_('Outcome'), who=who, in_round=plan.round, here='outcome'):
            add_debrief_style()
            _draw_download(f'/rounds/{round_id}/outcome.pdf')
            draw_outcome(printed)
            LinksBox(
                _('A link for others'),
                _('Whoever has the link can read this page and download the PDF, without an account.'),
                [link for link in links if link.kind is LinkKind.OUTCOME],
                make=make,
                revoke=lambda link_id: services.rounds.revoke_link(who, round_id, link_id),
            )

    @page('/outcome/{secret}')
    async def outcome_by_link(request: Request, secret: str) -> None:
        printed = await services.documents.outcome_by_link(secret)
        with frame(_('Outcome')):
            add_debrief_style()
            _draw_download(f'/outcome/{secret}/outcome.pdf')
            draw_outcome(printed)

    @outer.get('/outcome/{secret}/outcome.pdf', include_in_schema=False)
    async def outcome_pdf_by_link(secret: str) -> Response:
        return pdf_file(await services.documents.outcome_pdf_by_link(secret), 'outcome.pdf')


def pdf_file(content: bytes, name: str) -> Response:
    """An answer that the browser keeps as a file."""
    headers = {'Content-Disposition': f'attachment; filename="{name}"', 'Cache-Control': 'no-store'}
    return Response(content, media_type='application/pdf', headers=headers)


def _draw_download(address: str) -> None:
    with ui.element('div').classes('actions'):
        link = ui.link(_('Download the PDF'), address).classes('strong-link')
        link.props('download=outcome.pdf')
