"""Is this instance fit for a round today? Each check says in a sentence what it found."""

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.errors import RoundsError
from app.rounds.stages import Stage
from app.settings import Settings
from app.store import Store
from app.texts import _

#: Free space below which a day's notes and documents might not fit, bytes.
ENOUGH = 200 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One check: whether it is as it should be, and the sentence for whoever runs the server."""

    fine: bool
    sentence: str


async def examine(settings: Settings, open_for_reading: Callable[[Path], Store]) -> list[Finding]:
    """All checks, in the order in which they would be put right. Works beside a running app; changes nothing."""
    findings = [_folder(settings), _space(settings), _address(settings)]
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


def _address(settings: Settings) -> Finding:
    if not settings.address:
        sentence = _('ROUNDS_ADDRESS is not set, so no code can be printed.')
        return Finding(fine=False, sentence=sentence)
    if not settings.secure:
        sentence = _(
            '{address} is plain http: phones can write and send, but a page opens without network only over https.'
        )
        return Finding(fine=True, sentence=sentence.format(address=settings.address))
    return Finding(fine=True, sentence=_('Phones open {address}, over https.').format(address=settings.address))


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
