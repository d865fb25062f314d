"""Is this instance fit for a round today? Each check says in a sentence what it found."""

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.certificate import require_usable, seen_at
from app.errors import RoundsError
from app.rounds.stages import Stage
from app.settings import Settings
from app.store import Store
from app.texts import _

#: Free space below which a day's notes and documents might not fit, bytes.
ENOUGH = 200 * 1024 * 1024
#: Days that a certificate should still hold: a round is planned further ahead than one renewal may fail.
SOON = 7


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One check: whether it is as it should be, and the sentence for whoever runs the server."""

    fine: bool
    sentence: str


async def examine(settings: Settings, open_for_reading: Callable[[Path], Store]) -> list[Finding]:
    """All checks, in the order in which they would be put right. Works beside a running app; changes nothing."""
    findings = [_folder(settings), _space(settings), *await _address(settings)]
    if not findings[0].fine:
        return findings
    try:
        store = open_for_reading(settings.data)
    except RoundsError as error:
        return [*findings, Finding(fine=False, sentence=error.sentence)]
    try:
        findings += [Finding(fine=False, sentence=sentence) for sentence in getattr(store, 'damage', ())]
        findings += await _rounds(store)
    finally:
        await store.close()
    return findings


def _folder(settings: Settings) -> Finding:
    folder = settings.data.resolve()
    if folder.is_dir():
        return Finding(fine=True, sentence=_('The data folder {folder} is there.').format(folder=folder))
    sentence = _('There is no data folder {folder} yet; “rounds serve” makes it.')
    return Finding(fine=False, sentence=sentence.format(folder=folder))


def _space(settings: Settings) -> Finding:
    folder = settings.data.resolve()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    sentence = _('{n} MB are free on the disk.').format(n=f'{free // 2**20:,}')
    if free < ENOUGH:
        sentence += ' ' + _('That is little for a day with a round: make room first.')
    return Finding(fine=free >= ENOUGH, sentence=sentence)


async def _address(settings: Settings) -> list[Finding]:
    """Which of the README's three cases this is, and what phones meet there."""
    if not settings.address:
        return [Finding(fine=False, sentence=_('ROUNDS_ADDRESS is not set, so no code can be printed.'))]
    if not settings.address.startswith('https://'):
        sentence = _(
            '{address} is plain http, as for a laptop in the hall: phones keep and send notes while the page is open, '
            'but it cannot be opened without the network.'
        )
        return [Finding(fine=True, sentence=sentence.format(address=settings.address))]
    return [_case(settings), await _met(settings.address)]


def _case(settings: Settings) -> Finding:
    if settings.tls_cert is not None:
        try:
            require_usable(settings)
        except RoundsError as error:
            return Finding(fine=False, sentence=error.sentence)
        sentence = _('The app speaks https itself, with the certificate {file}: a server of the school’s own.')
        return Finding(fine=True, sentence=sentence.format(file=settings.tls_cert))
    if settings.proxies:
        sentence = _('A reverse proxy ({proxies}) speaks https before the app: a small server in the cloud.')
        return Finding(fine=True, sentence=sentence.format(proxies=', '.join(settings.proxies)))
    sentence = _(
        'The address is https, but the app has neither a certificate nor a proxy that it believes. Name the proxy in '
        'ROUNDS_PROXIES: before that, all phones count as one address.'
    )
    return Finding(fine=False, sentence=sentence)


async def _met(address: str) -> Finding:
    seen = await seen_at(address)
    if not seen.reached:
        sentence = _(
            'Nothing answers at {address} as seen from here. Is the app running, and does the name lead to it?'
        )
        return Finding(fine=False, sentence=sentence.format(address=address))
    if not seen.trusted:
        sentence = _(
            'The certificate at {address} is not one that this computer trusts ({why}). A phone on which a warning is '
            'clicked away cannot open the page without network either.'
        )
        return Finding(fine=False, sentence=sentence.format(address=address, why=seen.why))
    sentence = _('Phones open {address}, over https with a trusted certificate, for {n} more days.')
    if seen.days < SOON:
        sentence += ' ' + _('Renew it before the round.')
    return Finding(fine=seen.days >= SOON, sentence=sentence.format(address=address, n=seen.days))


async def _rounds(store: Store) -> list[Finding]:
    async with store.index() as index:
        heads = [head for head in await index.heads.all() if not head.archived]
        accounts = await index.accounts.all()
    found = []
    if not accounts:
        found.append(Finding(fine=False, sentence=_('No facilitator has an account yet: open /set-up.')))
    today = [head for head in heads if head.date == dt.date.today() and head.stage is not Stage.PURGED]
    for head in today:
        async with store.round(head.id) as work:
            rooms, visits = len(await work.classrooms.all()), len(await work.visits.all())
        sentence = _('Today: “{title}” with {rooms} classrooms and {visits} visits on the rota.')
        found.append(
            Finding(fine=bool(rooms and visits), sentence=sentence.format(title=head.title, rooms=rooms, visits=visits))
        )
    if not today:
        found.append(Finding(fine=True, sentence=_('No round is planned for today.')))
    return found
