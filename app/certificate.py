"""https: whether a certificate can be used, and what a phone sees of the one that answers."""

import asyncio
import contextlib
import datetime as dt
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

from app.errors import BadInput
from app.settings import Settings
from app.texts import _

#: Seconds that an address has to answer; it may be the other end of a slow line.
PATIENCE = 5.0


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What answers under an address: whether it is `trusted`, `why` not, and how many `days` it still holds."""

    reached: bool
    trusted: bool = False
    why: str = ''
    days: int = 0


def require_usable(settings: Settings) -> None:
    """Raise `BadInput` when certificate and key are not both given, cannot be read, or do not belong together."""
    if settings.tls_cert is None and settings.tls_key is None:
        return
    if settings.tls_cert is None or settings.tls_key is None:
        raise BadInput(_('A certificate needs its private key: give both --tls-cert and --tls-key, or neither.'))
    for file in (settings.tls_cert, settings.tls_key):
        try:
            file.read_bytes()
        except OSError as error:
            raise BadInput(_('{file} cannot be read: {why}.').format(file=file, why=error.strerror)) from error
    try:
        # A key that asks for a passphrase would wait for one in the terminal for ever.
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(settings.tls_cert, settings.tls_key, lambda: '')
    except (ssl.SSLError, ValueError) as error:
        sentence = _(
            '{cert} and {key} cannot be used for https: they have to be PEM files, the certificate first and its chain '
            'after it, the key of the same certificate and without a passphrase.'
        )
        raise BadInput(sentence.format(cert=settings.tls_cert, key=settings.tls_key)) from error


async def seen_at(address: str, *, trusting: ssl.SSLContext | None = None) -> Seen:
    """What a phone meets at this https address; nothing is sent but the greeting."""
    parts = urlsplit(address)
    host, port = parts.hostname or '', parts.port or 443
    try:
        async with asyncio.timeout(PATIENCE):
            _reader, writer = await asyncio.open_connection(host, port, ssl=trusting or ssl.create_default_context())
    except ssl.SSLCertVerificationError as error:
        return Seen(reached=True, why=error.verify_message)
    except ssl.SSLError as error:
        return Seen(reached=True, why=error.reason or str(error))
    except (OSError, TimeoutError):
        return Seen(reached=False)
    certificate = writer.get_extra_info('peercert')
    writer.close()
    with contextlib.suppress(OSError, ssl.SSLError):
        await writer.wait_closed()
    ends = dt.datetime.fromtimestamp(ssl.cert_time_to_seconds(certificate['notAfter']), dt.UTC)
    return Seen(reached=True, trusted=True, days=(ends - dt.datetime.now(dt.UTC)).days)
