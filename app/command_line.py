"""The command `rounds`: what whoever runs the server does beside the app."""

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any, Protocol

from app import doctor
from app.coach_lines import answers
from app.documents.file_suggestions import suggested_for
from app.errors import BadInput, NotFound
from app.observation.rescued import Rescue, packets_of
from app.pdf.sizes import Paper
from app.services import Services, build_services
from app.settings import Settings, from_environment
from app.store import Store
from app.texts import _


class Storage(Protocol):
    """What `storage` offers; handed in by `__main__.py`, since nothing in `app/` knows it."""

    async def open_store(self, data: Path) -> Store: ...

    def open_for_reading(self, data: Path) -> Store: ...

    def backup(self, data: Path, file: Path) -> None: ...

    def restore(self, file: Path, data: Path) -> None: ...


#: Every command there is; the README names each.
COMMANDS = (
    'serve', 'sample', 'import', 'export', 'report', 'codes', 'rescue', 'backup', 'restore', 'purge', 'passphrase',
    'doctor', 'suggest', 'coach',
)  # fmt: skip

Does = Callable[[argparse.Namespace, Settings, Storage], Coroutine[Any, Any, int]]
Serve = Callable[[Settings], Coroutine[Any, Any, None]]


def run(arguments: Sequence[str], *, serve: Serve, storage: Storage) -> int:
    """Carry out one command; returns the exit status. Raises `RoundsError` with a sentence when it is refused."""
    given = _parser().parse_args(arguments)
    named = ('data', 'host', 'port', 'tls_cert', 'tls_key')
    settings = from_environment(os.environ, **{name: getattr(given, name, None) for name in named})
    if given.command == 'serve':
        asyncio.run(serve(settings))
        return 0
    does: Does = given.does
    return asyncio.run(does(given, settings, storage))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog='rounds', description=_('Instructional rounds, from plan to document.'))
    commands = parser.add_subparsers(dest='command', required=True)

    def command(name: str, does: Does | None, what: str, *names: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=what, description=what)
        one.add_argument('--data', type=Path, help=_('folder of the data (default: ROUNDS_DATA or ./data)'))
        for positional in names:
            one.add_argument(positional)
        one.set_defaults(does=does)
        return one

    served = command('serve', None, _('run the app'))
    served.add_argument('--host')
    served.add_argument('--port')
    served.add_argument('--tls-cert', type=Path, help=_('a certificate with its chain (PEM), to speak https'))
    served.add_argument('--tls-key', type=Path, help=_('its private key (PEM)'))
    command('sample', _sample, _('make the sample round, ready to look at in every stage'))
    command('import', _import, _('read a round from a JSON file'), 'file')
    command('export', _export, _('write a round as JSON to standard output'), 'round')
    reported = command('report', _report, _('make the outcome document'), 'round')
    command('codes', _codes, _('the codes of a round, as JSON'), 'round')
    command('rescue', _rescue, _('bring in notes that a phone without a network left in a file'), 'file')
    kept = command('backup', _backup, _('copy all data of this instance to a file'))
    sizes = [paper.value for paper in Paper]
    reported.add_argument('--paper', choices=sizes, help=_('the sheet to print on (default: what the round says)'))
    for writing in (reported, kept):
        writing.add_argument('-o', dest='to', required=True, help=_('the file to write'))
    command('restore', _restore, _('bring a backup back into an empty folder'), 'file')
    command('purge', _purge, _('delete what is due for deletion, now'))
    command('passphrase', _passphrase, _('set a new passphrase for a facilitator'), 'email')
    liked = command('suggest', _suggest, _('what is alike in the notes of a round file, as JSON'), 'file')
    liked.add_argument('--like', default='', metavar='ID,ID,ID', help=_('the other notes, nearest to these first'))
    coached = command('coach', _coach, _('ask about notes, JSON lines in and out: {"id", "text"}'))
    coached.add_argument('file', nargs='?', help=_('the file to read (default: standard input)'))
    command('doctor', _doctor, _('is this instance fit for a round today?'))
    return parser


class _Opened:
    """The services over the data folder, for as long as one command takes."""

    def __init__(self, settings: Settings, storage: Storage, *, reading: bool = False) -> None:
        self.settings, self.storage, self.reading = settings, storage, reading

    async def __aenter__(self) -> Services:
        data = self.settings.data
        if self.reading:
            self.store = self.storage.open_for_reading(data)
        else:
            self.store = await self.storage.open_store(data)
        self.services = build_services(self.settings, self.store, setup_code='')
        return self.services

    async def __aexit__(self, *error: object) -> None:
        await self.services.documents.aclose()
        await self.services.suggestions.aclose()
        await self.store.close()


async def _sample(given: argparse.Namespace, settings: Settings, storage: Storage) -> int:
    async with _Opened(settings, storage) as services:
        round_id = await services.exchange.make_sample(school_id='')
        token = await services.accounts.look_at_sample(round_id)
    print(_('The sample round of today. Start the app, then open on this computer:'))
    print(f'{settings.scheme}://127.0.0.1:{settings.port}/sample/{token}')
    print(_('Its id is'), round_id)
    return 0


async def _import(given: argparse.Namespace, settings: Settings, storage: Storage) -> int:
    data = _bytes_of(Path(given.file))
    async with _Opened(settings, storage) as services:
        async with services.store.index() as index:
            schools = await index.schools.all()
        round_id, warnings = await services.exchange.import_file(schools[0].id if schools else '', data)
    for warning in warnings:
        print(warning, file=sys.stderr)
    print(_('Imported as'), round_id)
    return 0


async def _export(given: argparse.Namespace, settings: Settings, storage: Storage) -> int:
    async with _Opened(settings, storage, reading=True) as services:
        exported = await services.exchange.export(given.round)
    json.dump(exported, sys.stdout, ensure_ascii=False, indent=1)
    print()
    return 0


async def _report(given: argparse.Namespace, settings: Settings, storage: Storage) -> int:
    async with _Opened(settings, storage, reading=True) as services:
        document = await services.documents.report(given.round, Paper(given.paper) if given.paper else None)
    _write_whole(Path(given.to), document)
    return 0


async def _codes(given: argparse.Namespace, settings: Settings, storage: Storage) -> int:
    if not settings.address:
        raise BadInput(
            _('No code is printed before phones can find this server: set ROUNDS_ADDRESS to its public address first.')
        )
    async with _Opened(settings, storage, reading=True) as services, services.store.round(given.round) as work:
        round_ = await work.plans.get(given.round)
        classrooms = await work.classrooms.all()
    if round_ is None:
        raise NotFound(_('There is no round “{id}” in this folder.').format(id=given.round))
    listed = [
        {'number': room.number, 'code': room.code, 'address': f'{settings.address}/c/{room.number}#{room.code}'}
        for room in classrooms
    ]
    print(json.dumps({'join': round_.join_code, 'classrooms': listed}, indent=1))
    return 0


async def _rescue(given: argparse.Namespace, settings: Settings, storage: Storage) -> int:
    packets = packets_of(_bytes_of(Path(given.file)))
    async with _Opened(settings, storage) as services:
        brought = await Rescue(services.observation).bring_in(packets, address='')
    for why in sorted({one.sentence for one in brought} - {''}):
        print(why, file=sys.stderr)
    print(_('Notes brought in: {n}').format(n=sum(one.notes for one in brought)))
    return 1 if any(one.kind for one in brought) else 0


async def _backup(given: argparse.Namespace, settings: Settings, storage: Storage) -> int:
    storage.backup(settings.data, Path(given.to))
    return 0


async def _restore(given: argparse.Namespace, settings: Settings, storage: Storage) -> int:
    storage.restore(Path(given.file), settings.data)
    return 0


async def _purge(given: argparse.Namespace, settings: Settings, storage: Storage) -> int:
    async with _Opened(settings, storage) as services:
        purged = await services.purge.purge_due()
    print(_('Rounds purged: {n}').format(n=len(purged)), *purged)
    return 0


async def _passphrase(given: argparse.Namespace, settings: Settings, storage: Storage) -> int:
    async with _Opened(settings, storage) as services:
        passphrase = await services.accounts.reset_passphrase(given.email)
    print(_('The new passphrase, to be changed after the next sign-in:'), passphrase)
    return 0


async def _suggest(given: argparse.Namespace, settings: Settings, storage: Storage) -> int:
    like = [key.strip() for key in given.like.split(',') if key.strip()]
    print(json.dumps(suggested_for(_bytes_of(Path(given.file)), like), ensure_ascii=False))
    return 0


async def _coach(given: argparse.Namespace, _settings: Settings, _storage: Storage) -> int:
    lines = _bytes_of(Path(given.file)).splitlines() if given.file not in (None, '-') else sys.stdin.buffer
    wrong = 0
    for answer in answers(lines):
        if isinstance(answer, BadInput):
            wrong += 1
            print(answer.sentence, file=sys.stderr)
        else:
            sys.stdout.buffer.write(answer.encode() + b'\n')
            sys.stdout.buffer.flush()
    return 1 if wrong else 0


async def _doctor(given: argparse.Namespace, settings: Settings, storage: Storage) -> int:
    findings = await doctor.examine(settings, storage.open_for_reading)
    for finding in findings:
        print(('✓ ' if finding.fine else '✗ ') + finding.sentence)
    return 0 if all(finding.fine for finding in findings) else 1


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInput(_('{file} cannot be read: {why}.').format(file=file, why=error.strerror)) from error


def _write_whole(file: Path, content: bytes) -> None:
    """Never half a document: written beside, then renamed."""
    beside = file.with_name(f'.{file.name}.part')
    try:
        beside.write_bytes(content)
        beside.replace(file)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise BadInput(_('{file} cannot be written: {why}.').format(file=file, why=error.strerror)) from error
