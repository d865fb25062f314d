"""HTTP for phones: JSON to models and back, and the event stream; nothing else."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any, TypeVar

import anyio
import orjson
from fastapi import APIRouter, Depends, Header, Request, Response
from pydantic import BaseModel, StrictInt, StrictStr, ValidationError
from sse_starlette import EventSourceResponse

from app.addresses import address_of
from app.errors import BadInput, TooLarge
from app.settings import Settings
from app.texts import _

from .joining import Joining
from .model import Note, ObserverAsker
from .receiving import Refusal
from .rescued import Rescue
from .sent_notes import NoteIn, sort_out
from .service import MOST_NOTES, Answer, Heard, ObservationService
from .sheets import SheetService
from .shown import at_home, looked

#: The longest body of a request with notes, and of any other, bytes.
MOST_BYTES = 128 * 1024
FEW_BYTES = 8 * 1024
#: An answer shorter than this is sent as it is, bytes.
FEW_TO_PACK = 500
#: Seconds between two signs of life in the event stream.
HEARTBEAT = 15

M = TypeVar('M', bound=BaseModel)


class LookIn(BaseModel):
    """A code as it was scanned or typed."""

    code: StrictStr


class JoinIn(BaseModel):
    """`school` by id or name. `return_code` gets the same observer in from a second phone or tab."""

    code: StrictStr
    display_name: StrictStr
    school: StrictStr
    return_code: StrictStr = ''
    attempt: StrictStr = ''


class MeIn(BaseModel):
    """The id of the group that the observer goes with."""

    group: StrictStr


class SheetIn(BaseModel):
    """The code of a paper sheet; with `writer`, the id of whose sheet it is, a token to type it in is given."""

    code: StrictStr
    writer: StrictStr = ''


class NotesIn(BaseModel):
    """Up to 200 notes. `unsent`: how many more this phone holds that are not in this request."""

    notes: list[NoteIn]
    unsent: StrictInt | None = None


class _Notes(BaseModel):
    """The same with each note unread, so that a bad one does not block its neighbours."""

    notes: list[Any]
    unsent: StrictInt | None = None


class ReceivedOut(BaseModel):
    """A receipt: this revision is on the server's disk. `chosen`: as the server holds it now."""

    id: str
    rev: int
    seq: int
    state: str
    chosen: bool


class RefusedOut(BaseModel):
    """Why not. With `field`, only that part was refused and the note itself was received."""

    id: str
    rev: int
    reason: str
    sentence: str
    field: str = ''


class NotesOut(BaseModel):
    received: list[ReceivedOut]
    refused: list[RefusedOut]


class RescuedIn(BaseModel):
    """Sealed notes that another phone carries, or that stood in a file: each packet as its author's phone made it."""

    packets: list[StrictStr]


class RescuedOut(BaseModel):
    """What became of one packet: how many notes are on the server's disk now, or the sentence why none are."""

    kind: str
    notes: int
    sentence: str


class PacketsOut(BaseModel):
    packets: list[RescuedOut]


class WriterOut(BaseModel):
    """Somebody of the own group whose sheet it may be."""

    id: str
    display_name: str
    school_name: str
    you: bool


class SheetOut(BaseModel):
    """Where a sheet was written, by its classroom's number, and whose it may be."""

    classroom: int
    writers: list[WriterOut]


class SheetTokenOut(BaseModel):
    """A bearer token for POST /notes alone."""

    token: str


class OwnNoteOut(BaseModel):
    id: str
    rev: int
    seq: int
    classroom: int
    lens: str | None
    text: str
    written_at: str
    received_at: str
    chosen: bool
    deleted: bool
    late: bool


class OwnNotesOut(BaseModel):
    notes: list[OwnNoteOut]


def router(observation: ObservationService, sheets: SheetService, settings: Settings) -> APIRouter:
    """The routes under /api/v1 that a phone needs to take notes."""
    api = APIRouter(prefix='/api/v1', tags=['phones'])

    async def bearer(authorization: Annotated[str, Header()] = '') -> ObserverAsker:
        return await observation.asker(_token(authorization))

    async def sending(authorization: Annotated[str, Header()] = '') -> ObserverAsker:
        return await observation.sender(_token(authorization))

    Asker = Annotated[ObserverAsker, Depends(bearer)]
    Sender = Annotated[ObserverAsker, Depends(sending)]

    @api.post('/look', openapi_extra=_body(LookIn))
    async def look(request: Request) -> Response:
        """What a code opens: the round's title, its schools and groups; for the page before joining."""
        sent = await _read(request, LookIn, FEW_BYTES)
        return _packed(request, looked(await observation.look(sent.code, address=_address(request, settings))))

    @api.post('/join', openapi_extra=_body(JoinIn))
    async def join(request: Request) -> Response:
        """A bearer token for one observer of the round, and all that the phone shows of it."""
        sent = await _read(request, JoinIn, FEW_BYTES)
        token, home = await observation.join(Joining(**sent.model_dump()), address=_address(request, settings))
        return _packed(request, {'token': token, **at_home(home)})

    @api.get('/me')
    async def me(request: Request, asker: Asker) -> Response:
        """What the phone shows of the round, as it is now."""
        return _packed(request, at_home(await observation.home(asker)))

    @api.put('/me', openapi_extra=_body(MeIn))
    async def choose_group(request: Request, asker: Asker) -> Response:
        """Go with a group; the answer is that of GET /me."""
        sent = await _read(request, MeIn, FEW_BYTES)
        return _packed(request, at_home(await observation.choose_group(asker, sent.group)))

    @api.post('/notes', openapi_extra=_body(NotesIn))
    async def send_notes(request: Request, asker: Sender) -> NotesOut:
        """Receive notes: each is kept once, answered the same when it comes again, or refused by name."""
        sent = await _read(request, _Notes, MOST_BYTES)
        if len(sent.notes) > MOST_NOTES:
            raise TooLarge(_('{n} notes fit into one request. Send the others in the next.').format(n=MOST_NOTES))
        notes, malformed = sort_out(sent.notes)
        return _answered(await observation.receive_notes(asker, notes, unsent=sent.unsent), malformed)

    @api.post('/sheets', openapi_extra=_body(SheetIn))
    async def type_in(request: Request, asker: Asker) -> SheetOut | SheetTokenOut:
        """What the code of a paper sheet opens; with `writer`, the token under whose name its notes are sent."""
        sent, address = await _read(request, SheetIn, FEW_BYTES), _address(request, settings)
        if sent.writer:
            return SheetTokenOut(token=await sheets.token_for(asker, sent.code, sent.writer, address=address))
        sheet = await sheets.sheet(asker, sent.code, address=address)
        return SheetOut(classroom=sheet.classroom, writers=[WriterOut(**vars(one)) for one in sheet.writers])

    @api.post('/rescued', openapi_extra=_body(RescuedIn))
    async def rescued(request: Request) -> PacketsOut:
        """Notes of a phone without a network, in anybody's hands: without a token, since a packet says whose it is."""
        sent = await _read(request, RescuedIn, MOST_BYTES)
        brought = await Rescue(observation).bring_in(sent.packets, address=_address(request, settings))
        return PacketsOut(packets=[RescuedOut(**vars(one)) for one in brought])

    @api.get('/notes')
    async def own_notes(asker: Asker) -> OwnNotesOut:
        """The observer's own notes as the server holds them; deleted ones without text."""
        return OwnNotesOut(notes=[_own(note, number) for note, number in await observation.notes_of(asker)])

    @api.get('/events', response_class=EventSourceResponse)
    async def events(asker: Asker, last_event_id: Annotated[str, Header()] = '') -> EventSourceResponse:
        """What changes: server-sent events `{seq, kind}` with kind stage, rota, words, card, vote, receipt or reload.

        Each is a hint to read again. With `Last-Event-ID` it goes on where it stopped; `reload` says that too much
        was missed, and that all of the state has to be read again.
        """

        stopping = anyio.Event()

        async def told() -> AsyncIterator[dict[str, str]]:
            async for heard in _until(stopping, observation.hear(asker, last_event_id)):
                yield {'id': heard.id, 'data': orjson.dumps({'seq': heard.seq, 'kind': heard.kind}).decode()}

        return EventSourceResponse(
            told(),
            ping=HEARTBEAT,
            headers={'Cache-Control': 'no-store'},
            shutdown_event=stopping,
            shutdown_grace_period=1,
        )

    return api


def _token(authorization: str) -> str | None:
    scheme, _space, token = authorization.partition(' ')
    return token.strip() if scheme.lower() == 'bearer' else None


async def _until(stopping: anyio.Event, heard: AsyncIterator[Heard]) -> AsyncIterator[Heard]:
    """What is heard before the server stops: the answer ends as it should, and phones come back by themselves."""
    end = asyncio.ensure_future(stopping.wait())
    coming: asyncio.Future[Heard | None] = end  # type: ignore[assignment]
    try:
        while True:
            coming = asyncio.ensure_future(anext(heard, None))
            await asyncio.wait({coming, end}, return_when=asyncio.FIRST_COMPLETED)
            one = coming.result() if coming.done() else None
            if one is None:
                return
            yield one
    finally:
        for waiting in (coming, end):
            waiting.cancel()


def _answered(answer: Answer, malformed: list[Refusal]) -> NotesOut:
    return NotesOut(
        received=[ReceivedOut(**vars(receipt)) for receipt in answer.received],
        refused=[RefusedOut(**vars(refusal)) for refusal in (*answer.refused, *malformed)],
    )


def _own(note: Note, number: int) -> OwnNoteOut:
    return OwnNoteOut(
        id=note.id,
        rev=note.rev,
        seq=note.seq,
        classroom=number,
        lens=note.lens,
        text='' if note.deleted else note.text,
        written_at=note.written_at,
        received_at=note.received_at.isoformat(),
        chosen=note.chosen,
        deleted=note.deleted,
        late=note.late,
    )


def _packed(request: Request, content: dict[str, Any]) -> Response:
    """What a phone shows of a round is long and repeats itself: packed it is a fifth."""
    body = orjson.dumps(content)
    headers = {'Vary': 'Accept-Encoding'}
    if len(body) > FEW_TO_PACK and 'gzip' in request.headers.get('accept-encoding', ''):
        body = gzip.compress(body, 6)
        headers['Content-Encoding'] = 'gzip'
    return Response(body, media_type='application/json', headers=headers)


def _address(request: Request, settings: Settings) -> str:
    return address_of(request.client.host if request.client else '', request.headers, settings.proxies)


async def _read(request: Request, model: type[M], most: int) -> M:
    """The body as this model. Raises `TooLarge` as soon as it is, and `BadInput` that names what is wrong."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most:
            sentence = _('{n} KB fit into one request. Send it in smaller parts.')
            raise TooLarge(sentence.format(n=most // 1024))
    try:
        return model.model_validate(_parsed(bytes(body)))
    except ValidationError as error:
        raise _not_as_described(error) from error
    except (ValueError, RecursionError) as error:
        raise BadInput(_('The request is not JSON.')) from error


def _parsed(body: bytes) -> Any:
    """The JSON. Half a character (a phone cut an emoji in two) is left out: it must not hold up a whole request."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return orjson.loads(json.dumps(json.loads(body), ensure_ascii=False).encode('utf-8', 'ignore'))


def _not_as_described(error: ValidationError) -> BadInput:
    place = '.'.join(str(part) for part in error.errors()[0]['loc']) or _('the body')
    sentence = _('The request is not as the API describes it: look at “{place}”.')
    return BadInput(sentence.format(place=place), place=place)


def _body(model: type[BaseModel]) -> dict[str, Any]:
    """How OpenAPI describes a body that is read by `_read`."""
    return {'requestBody': {'required': True, 'content': {'application/json': {'schema': _inlined(model)}}}}


def _inlined(model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema()
    named = schema.pop('$defs', {})

    def inline(part: Any) -> Any:
        if isinstance(part, dict):
            if '$ref' in part:
                return inline(named[part['$ref'].rsplit('/', 1)[-1]])
            return {key: inline(value) for key, value in part.items()}
        return [inline(value) for value in part] if isinstance(part, list) else part

    inlined: dict[str, Any] = inline(schema)
    return inlined
