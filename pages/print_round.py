"""Files of a round to print: the print pack, and each of its parts alone."""

from fastapi import FastAPI, Request
from fastapi.responses import Response

from app.documents.print_pack.pack import Part
from app.errors import NotFound, NotSignedIn
from app.services import Services
from app.texts import _
from pages.who_asks import sign_in_first, signed_in


def register(services: Services, outer: FastAPI) -> None:
    """Plain downloads; a refusal is answered with its sentence and status by the app."""

    @outer.get('/rounds/{round_id}/print/{part}.pdf', include_in_schema=False)
    async def printed(request: Request, round_id: str, part: str, number: int | None = None) -> Response:
        try:
            who = await signed_in(request, services)
        except NotSignedIn:
            return sign_in_first(f'/rounds/{round_id}')
        if part == 'pack':
            return _pdf(await services.printing.pack(who, round_id), 'print-pack')
        if part not in tuple(Part):
            raise NotFound(_('There is no such part of the print pack.'))
        name = part if number is None else f'{part}-{number}'
        return _pdf(await services.printing.part(who, round_id, Part(part), number), name)


def _pdf(content: bytes, name: str) -> Response:
    # Codes and a school's own words: kept by nobody on the way.
    headers = {'Content-Disposition': f'attachment; filename="{name}.pdf"', 'Cache-Control': 'no-store'}
    return Response(content, media_type='application/pdf', headers=headers)
