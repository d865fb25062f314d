"""The three ways a phone reaches an instance: https of the app's own, and plain http on a school's network.

Both are opened under a name that is not this computer's: for `localhost` a browser makes exceptions.
"""

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from tests.needs import chromium as system_chromium

from .conftest import FLAGS
from .phones import RECEIVED, Day, join, next_note, pill, plan_days, write
from .serving import Server

NAME = 'rounds.test'


@pytest.fixture(scope='module')
def certificate(tmp_path_factory) -> tuple[Path, Path]:
    place = tmp_path_factory.mktemp('tls')
    made = trustme.CA().issue_cert(NAME, '127.0.0.1')
    (place / 'cert.pem').write_bytes(b''.join(part.bytes() for part in made.cert_chain_pems))
    made.private_key_pem.write_to_path(place / 'key.pem')
    return place / 'cert.pem', place / 'key.pem'


@pytest.fixture(scope='module')
def context(certificate, tmp_path_factory) -> Iterator[BrowserContext]:
    """A browser that trusts this one certificate and finds the name on this computer."""
    key = x509.load_pem_x509_certificate(certificate[0].read_bytes()).public_key()
    digest = hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()
    trust = f'--ignore-certificate-errors-spki-list={base64.b64encode(digest).decode()}'
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp('profile'),
            executable_path=system_chromium(),
            args=[*FLAGS, trust, f'--host-resolver-rules=MAP {NAME} 127.0.0.1'],
            viewport={'width': 390, 'height': 844},
        )
        yield opened
        opened.close()


def served(place: Path, **more) -> Iterator[tuple[Server, Day]]:
    server = Server(place / 'data', name=NAME, **more)
    days = server.seed(lambda services: plan_days(services, 'open'))
    server.start()
    yield server, days['open']
    server.stop()


@pytest.fixture(scope='module')
def over_https(certificate, tmp_path_factory) -> Iterator[tuple[Server, Day]]:
    yield from served(tmp_path_factory.mktemp('https'), tls=certificate)


@pytest.fixture(scope='module')
def over_http(tmp_path_factory) -> Iterator[tuple[Server, Day]]:
    yield from served(tmp_path_factory.mktemp('http'))


@pytest.fixture
def page(context) -> Iterator[Page]:
    made = context.new_page()
    yield made
    made.close()


@pytest.mark.soak
def test_with_a_certificate_of_its_own_the_page_opens_without_the_server(over_https, page):
    server, day = over_https
    join(page, day.door(1), 'Ann Secure')
    write(page, 'Six of 24 students')
    expect(page.locator('.where')).to_have_text(RECEIVED)
    assert page.evaluate('isSecureContext && navigator.serviceWorker.ready.then((one) => Boolean(one.active))')
    server.stop()
    try:
        page.goto(day.door(3))
        expect(page.locator('#note')).to_be_visible()
        write(page, 'Opened without a server.')
        next_note(page)
        expect(pill(page)).to_contain_text('1 not yet received')
    finally:
        server.start()
    expect(pill(page)).to_contain_text('All received', timeout=30_000)
    assert 'Opened without a server.' in day.texts()


@pytest.mark.soak
def test_over_plain_http_the_page_keeps_and_sends_while_it_is_open_and_says_what_it_cannot(over_http, page):
    server, day = over_http
    join(page, day.door(1), 'Bo Plain')
    assert not page.evaluate('isSecureContext || "serviceWorker" in navigator')
    write(page, 'Four of six pairs')
    expect(page.locator('.where')).to_have_text(RECEIVED)
    server.stop()
    try:
        page.locator('#note').press_sequentially(' talked.')
        next_note(page)
        expect(pill(page)).to_contain_text('1 not yet received')
        page.get_by_role('button', name='Network gone for good?').click()
        page.get_by_role('button', name='As codes for another phone').click()
        expect(page.locator('.qr')).to_be_visible()
    finally:
        server.start()
    expect(pill(page)).to_contain_text('All received', timeout=30_000)
    page.get_by_role('navigation').get_by_role('button', name='You').click()
    expect(page.locator('#view')).to_contain_text('This address has no https')
    assert 'Four of six pairs talked.' in day.texts()
