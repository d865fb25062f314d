"""The phone's files as they are sent: read once, packed once, all under one build's name."""

import gzip
import hashlib
import json
import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from app.observation.practice import STATEMENTS

PHONE = Path(__file__).parent
PWA = PHONE.parent / 'pwa'
TYPES = {
    '.js': 'text/javascript',
    '.css': 'text/css',
    '.html': 'text/html; charset=utf-8',
    '.png': 'image/png',
    '.json': 'application/json; charset=utf-8',
    '.svg': 'image/svg+xml',
    '.webmanifest': 'application/manifest+json',
}
#: Lines that are nothing but a comment, and what indents the others: a quarter of what a phone would wait for.
_COMMENTS = re.compile(rb'^[ ]*(?:/\*\*(?:[^*]|\*(?!/))*\*/|//.*)\n|^[ ]+', re.MULTILINE)
#: What the way in needs, and what the field for notes needs after it; the rest is loaded when one can type.
FIRST = (
    'start',
    'api',
    'bring',
    'bus',
    'disk',
    'draw',
    'head',
    'join',
    'memory',
    'session',
    'sync',
    'outbox',
    'texts',
)
NEXT = ('groups', 'capture', 'field', 'drafts', 'note_row')
#: Who comes back has joined and has a group: each module that is not asked for brings the field 4 ms nearer.
ONCE = ('join', 'groups')


@dataclass(frozen=True)
class PhoneFile:
    """`packed` is the body in gzip; the same as the body where packing does not help.

    `stands_alone`: a browser opens it by itself (a page, a worker, a drawing), so that it needs a policy of its own; a
    module or a style sheet has that of its page, and fifteen of them would carry 6 KB of policies.
    """

    body: bytes
    packed: bytes
    type: str
    stands_alone: bool


@dataclass(frozen=True)
class PhoneFiles:
    """`shell` is the one page of all rounds and rooms, `again` the same for those who come back: the worker keeps it.

    `build` changes with any byte of any file.
    """

    build: str
    shell: PhoneFile
    again: PhoneFile
    worker: PhoneFile
    manifest: PhoneFile
    assets: dict[str, PhoneFile]


@cache
def phone_files() -> PhoneFiles:
    """Read the phone from the disk, once. Addresses of assets hold the build, so that two builds are never mixed."""
    sources = {path.name: path.read_bytes() for path in _asset_paths()}
    shell, worker, manifest = (
        (PHONE / 'shell.html').read_text('utf-8'),
        (PWA / 'service_worker.js').read_text('utf-8'),
        (PWA / 'manifest.webmanifest').read_text('utf-8'),
    )
    parts = [*(name.encode() + body for name, body in sorted(sources.items())), shell.encode(), worker.encode()]
    build = hashlib.sha256(b'\0'.join([*parts, manifest.encode()])).hexdigest()[:16]
    kept = ['/c/again', '/c/manifest.webmanifest', *(f'/c/a/{build}/{name}' for name in sorted(sources))]
    first, again = (
        _file('.html', shell.replace('<!-- preloads -->', _preloads(left_out)).replace('{{build}}', build).encode())
        for left_out in ((), ONCE)
    )
    return PhoneFiles(
        build=build,
        shell=first,
        again=again,
        worker=replace(_file('.js', _filled(worker, build, kept)), stands_alone=True),
        manifest=_file('.webmanifest', manifest.replace('{{build}}', build).encode()),
        assets={name: _file(Path(name).suffix, body) for name, body in sources.items()},
    )


def _filled(worker: str, build: str, kept: list[str]) -> bytes:
    return worker.replace('"{{build}}"', json.dumps(build)).replace('["{{kept}}"]', json.dumps(kept)).encode()


def _preloads(left_out: tuple[str, ...]) -> str:
    link = '<link rel="modulepreload" href="/c/a/{{{{build}}}}/{name}.js"{more}>'
    asked = [(name, '') for name in FIRST] + [(name, ' fetchpriority="low"') for name in NEXT]
    return '\n'.join(link.format(name=name, more=more) for name, more in asked if name not in left_out)


def _asset_paths() -> list[Path]:
    found = [*PHONE.glob('*.js'), *PHONE.glob('*.css'), *(PWA / 'icons').iterdir(), STATEMENTS]
    return sorted(path for path in found if path.suffix in TYPES)


def _file(suffix: str, body: bytes) -> PhoneFile:
    if suffix == '.js':
        body = _COMMENTS.sub(b'', body)
    packed = body if suffix == '.png' else gzip.compress(body, 9, mtime=0)
    return PhoneFile(body, packed if len(packed) < len(body) else body, TYPES[suffix], suffix in ('.html', '.svg'))
