"""Notes that leave a phone for which the network is gone for good, sealed so that who carries them cannot read them.

The key is derived from what both ends hold and nobody between them: the hash of the phone's token. A packet that opens
is therefore from that phone, needs no other proof, and is handled as if the phone had sent it: twice changes nothing.
"""

import base64
import binascii
import hmac
import itertools
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from app.errors import BadInput, Gone, NotFound, RoundsError, TooLarge
from app.store import Store
from app.texts import _

from .model import Device, ObserverAsker
from .sent_notes import sort_out
from .service import ObservationService

#: Packets in one request; what one may hold when it is opened, bytes.
MOST_PACKETS = 200
MOST_OPENED = 1024 * 1024
FORMAT = 'rounds-rescued/1'

_VERSION, _PACKED = 1, 1
_WHO, _NONCE, _SIGN = 8, 12, 16


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What became of one packet: the kind of its refusal with a sentence, or how many of its notes are here."""

    kind: str = ''
    notes: int = 0
    sentence: str = ''


class Rescue:
    """Brings sealed notes in, for anybody who carries them; what is in them is told to nobody."""

    def __init__(self, observation: ObservationService) -> None:
        self.observation = observation

    async def bring_in(self, packets: Sequence[str], *, address: str) -> list[Brought]:
        """Each packet by itself, in their order. One that opens with no key counts like a wrong code.

        Raises `TooLarge` for too many, and `TooMany` when too many did not open.
        """
        if len(packets) > MOST_PACKETS:
            raise TooLarge(_('{n} packets fit into one request. Send the others in the next.').format(n=MOST_PACKETS))
        return [await self._one(packet, address) for packet in packets]

    async def _one(self, packet: str, address: str) -> Brought:
        try:
            asker, notes = await opened(self.observation.store, packet)
        except (BadInput, NotFound, Gone) as error:
            self.observation.wrong_codes.count(address)
            return Brought(kind=error.kind, sentence=error.sentence)
        sent, malformed = sort_out(notes)
        try:
            answer = await self.observation.receive_notes(asker, sent)
        except RoundsError as error:
            return Brought(kind=error.kind, sentence=error.sentence)
        refused = [*malformed, *(refusal for refusal in answer.refused if not refusal.field)]
        return Brought(notes=len(answer.received), kind='refused' if refused else '', sentence=_why(len(refused)))


async def opened(store: Store, packet: str) -> tuple[ObserverAsker, list[Any]]:
    """Whose packet it is, and the notes in it as the phone wrote them.

    Raises `BadInput` for what is no packet or was changed, `NotFound` when no phone of the round has its key, `Gone`
    for a round that was deleted.
    """
    sealed = _read(packet)
    try:
        async with store.round(sealed.round) as work:
            devices = await work.devices.all()
    except NotFound as error:
        raise Gone(_('This round has been deleted. There is nothing to do here.')) from error
    for device in devices:
        key = _key(device)
        if hmac.compare_digest(_derived(key, b'who')[:_WHO], sealed.who):
            asker = ObserverAsker(round=sealed.round, observer=device.observer, device=device.id, typist=device.typist)
            return asker, _notes(sealed, key)
    raise NotFound(_('The phone that these notes are from is not known to the round any more: join again on it.'))


@dataclass(frozen=True)
class _Sealed:
    round: str
    packed: bool
    who: bytes
    nonce: bytes
    hidden: bytes
    signed: bytes
    sign: bytes


def _read(packet: str) -> _Sealed:
    """version, flags, length and id of the round, who, nonce, hidden notes, sign."""
    try:
        raw = base64.b64decode(packet + '=' * (-len(packet) % 4), altchars=b'-_', validate=True)
        version, flags, length = raw[:3]
        who = 3 + length
        nonce = who + _WHO
        hidden = nonce + _NONCE
        if version != _VERSION or len(raw) < hidden + _SIGN:
            raise ValueError(version)
        return _Sealed(
            round=raw[3:who].decode('ascii'),
            packed=bool(flags & _PACKED),
            who=raw[who:nonce],
            nonce=raw[nonce:hidden],
            hidden=raw[hidden:-_SIGN],
            signed=raw[:-_SIGN],
            sign=raw[-_SIGN:],
        )
    except (ValueError, binascii.Error) as error:
        raise _not_whole() from error


def _notes(sealed: _Sealed, key: bytes) -> list[Any]:
    sign = hmac.digest(_derived(key, b'sign'), sealed.signed, 'sha256')[:_SIGN]
    if not hmac.compare_digest(sign, sealed.sign):
        raise _not_whole()
    plain = _turned(sealed.hidden, _derived(key, b'hide'), sealed.nonce)
    try:
        if sealed.packed:
            plain = zlib.decompressobj(-15).decompress(plain, MOST_OPENED)
        notes = orjson.loads(plain)['notes']
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        raise _not_whole() from error
    return notes if isinstance(notes, list) else []


def _turned(text: bytes, key: bytes, nonce: bytes) -> bytes:
    """HMAC-SHA-256 in counter mode: hides what is plain, and the other way round."""
    blocks = (hmac.digest(key, nonce + n.to_bytes(4, 'big'), 'sha256') for n in range(-(-len(text) // 32)))
    return bytes(letter ^ mask for letter, mask in zip(text, itertools.chain.from_iterable(blocks), strict=False))


def _key(device: Device) -> bytes:
    return hmac.digest(device.id.encode(), b'rounds rescued notes', 'sha256')


def _derived(key: bytes, use: bytes) -> bytes:
    return hmac.digest(key, use, 'sha256')


def _not_whole() -> BadInput:
    return BadInput(_('These are not notes of a round, or they did not arrive whole. Scan the code once more.'))


def _why(refused: int) -> str:
    if not refused:
        return ''
    return _('Some notes could not be taken; their author’s phone says which and why when it is connected again.')


def packets_of(file: bytes) -> list[str]:
    """The packets in a file that a phone wrote. Raises `BadInput` for any other file."""
    try:
        content = orjson.loads(file)
        packets = content['packets'] if content['format'] == FORMAT else None
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput(_('This is not a file with notes that a phone wrote.')) from error
    if not isinstance(packets, list) or not all(isinstance(packet, str) for packet in packets):
        raise BadInput(_('This is not a file with notes that a phone wrote.'))
    return packets
