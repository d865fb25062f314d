"""https: which certificates are taken, and what is said of the one that answers."""

import asyncio
import ssl
from contextlib import asynccontextmanager

import pytest
import trustme

from app.certificate import require_usable, seen_at
from app.doctor import examine
from app.errors import BadInput
from app.settings import Settings

pytestmark = pytest.mark.anyio


@pytest.fixture(scope='module')
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def files(authority, tmp_path):
    """A certificate with its key, and a key of another one."""
    one, other = authority.issue_cert('rounds.test', '127.0.0.1'), authority.issue_cert('rounds.test')
    (tmp_path / 'cert.pem').write_bytes(b''.join(part.bytes() for part in one.cert_chain_pems))
    one.private_key_pem.write_to_path(tmp_path / 'key.pem')
    other.private_key_pem.write_to_path(tmp_path / 'other.pem')
    return tmp_path


def test_a_certificate_with_its_key_is_taken(files):
    settings = Settings(tls_cert=files / 'cert.pem', tls_key=files / 'key.pem')
    require_usable(settings)
    assert settings.secure
    assert settings.scheme == 'https'
    require_usable(Settings())


@pytest.mark.parametrize(
    ('cert', 'key', 'part'),
    [
        ('cert.pem', None, 'both --tls-cert and --tls-key'),
        (None, 'key.pem', 'both --tls-cert and --tls-key'),
        ('nowhere.pem', 'key.pem', 'nowhere.pem cannot be read'),
        ('cert.pem', 'other.pem', 'cannot be used for https'),
        ('key.pem', 'cert.pem', 'cannot be used for https'),
    ],
)
def test_what_cannot_be_used_is_said_before_anything_starts(files, cert, key, part):
    named = {'tls_cert': cert and files / cert, 'tls_key': key and files / key}
    with pytest.raises(BadInput, match=part):
        require_usable(Settings(**named))


@asynccontextmanager
async def answering(authority, *, days: int = 90):
    """A server of this authority on a free port; its address."""
    import datetime as dt

    ends = dt.datetime.now(dt.UTC) + dt.timedelta(days=days)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert('localhost', not_after=ends).configure_cert(context)
    server = await asyncio.start_server(lambda _reader, writer: writer.close(), '127.0.0.1', 0, ssl=context)
    try:
        yield f'https://localhost:{server.sockets[0].getsockname()[1]}'
    finally:
        server.close()


@pytest.fixture
def anyio_backend():
    return 'asyncio'


async def test_a_trusted_certificate_is_seen_with_its_days(authority):
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    async with answering(authority, days=30) as address:
        seen = await seen_at(address, trusting=trusting)
    assert (seen.reached, seen.trusted, seen.days) == (True, True, 29)


async def test_a_certificate_that_nobody_trusts_is_seen_as_that(authority):
    async with answering(authority) as address:
        seen = await seen_at(address)
    assert (seen.reached, seen.trusted) == (True, False)
    assert 'issuer' in seen.why or 'self' in seen.why


async def test_the_doctor_names_the_case_and_what_a_phone_meets(authority, files, tmp_path):
    def refuse(_data):
        raise BadInput('no store')

    async with answering(authority) as address:
        proxied = await examine(Settings(data=tmp_path, address=address, proxies=('10.0.0.2',)), refuse)
        own = Settings(data=tmp_path, address=address, tls_cert=files / 'cert.pem', tls_key=files / 'key.pem')
        by_itself = await examine(own, refuse)
    nobody = await examine(Settings(data=tmp_path, address='https://127.0.0.1:9', proxies=('10.0.0.2',)), refuse)
    said = [[finding.sentence for finding in found] for found in (proxied, by_itself, nobody)]
    assert 'a small server in the cloud' in said[0][2]
    assert 'not one that this computer trusts' in said[0][3]
    assert 'a server of the school’s own' in said[1][2]
    assert 'Nothing answers' in said[2][3]
    assert [finding.fine for finding in proxied[2:4]] == [True, False]
