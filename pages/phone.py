"""The phone's addresses: one static shell for every round and room, its files, its worker."""

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response

from app.errors import NotFound
from app.services import Services
from app.texts import _
from components.phone.files import PhoneFile, phone_files

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
ALWAYS_ASK = 'no-cache'
FOR_A_YEAR = 'max-age=31536000, immutable'
READ = ['GET', 'HEAD']


def register(_services: Services, outer: FastAPI) -> None:
    """Register /c/ and all below it; nothing of a round is in these answers."""
    files = phone_files()

    @outer.api_route('/c', methods=READ, include_in_schema=False)
    async def without_slash() -> Response:
        return RedirectResponse('/c/', 308)

    @outer.api_route('/c/', methods=READ, include_in_schema=False)
    @outer.api_route('/c/{number:int}', methods=READ, include_in_schema=False)
    async def shell(request: Request) -> Response:
        return _sent(request, files.shell, ALWAYS_ASK, files.build)

    @outer.api_route('/c/again', methods=READ, include_in_schema=False)
    async def again(request: Request) -> Response:
        return _sent(request, files.again, ALWAYS_ASK, files.build)

    @outer.api_route('/c/service_worker.js', methods=READ, include_in_schema=False)
    async def worker(request: Request) -> Response:
        return _sent(request, files.worker, ALWAYS_ASK, files.build)

    @outer.api_route('/c/manifest.webmanifest', methods=READ, include_in_schema=False)
    async def manifest(request: Request) -> Response:
        return _sent(request, files.manifest, ALWAYS_ASK, files.build)

    @outer.api_route('/c/a/{build}/{name}', methods=READ, include_in_schema=False)
    async def asset(request: Request, build: str, name: str) -> Response:
        if name not in files.assets:
            raise NotFound(_('There is no such file.'))
        # A page that was open during an update still finds its later modules.
        cache = FOR_A_YEAR if build == files.build else ALWAYS_ASK
        return _sent(request, files.assets[name], cache, files.build)


def _sent(request: Request, file: PhoneFile, cache: str, build: str) -> Response:
    headers = {'Cache-Control': cache, 'Vary': 'Accept-Encoding', 'Content-Type': file.type}
    if cache == ALWAYS_ASK:
        headers['ETag'] = f'"{build}"'
    if file.stands_alone:
        headers |= {'Content-Security-Policy': POLICY, 'Cross-Origin-Opener-Policy': 'same-origin'}
    if cache == ALWAYS_ASK and request.headers.get('if-none-match') == headers['ETag']:
        return Response(status_code=304, headers=headers)
    packed = 'gzip' in request.headers.get('accept-encoding', '') and file.packed is not file.body
    if packed:
        headers['Content-Encoding'] = 'gzip'
    return Response(file.packed if packed else file.body, headers=headers)
