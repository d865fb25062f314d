"""The rooms and the arrows between them: what may import what."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FEATURES = ('accounts', 'schools', 'rounds', 'observation', 'debrief', 'theory', 'documents')
#: Rooms that stand on no feature and may be used by all of `app/`.
GROUND = {
    'announce', 'errors', 'ids', 'settings', 'texts', 'wording', 'addresses', 'pdf', 'guard',
}  # fmt: skip
#: What a package of our own may import of the others; `app/main.py` alone knows all; the command knows the storage.
LAYERS = {
    'app': {'app'},
    'components': {'app', 'components'},
    'pages': {'app', 'components', 'pages'},
    'storage': {'app', 'storage'},
}
#: Who may import which library.
LIBRARIES = {
    'nicegui': ('components/', 'pages/', 'app/main.py'),
    'fastapi': ('pages/', 'app/main.py', 'api.py'),
    'starlette': ('pages/', 'app/main.py', 'api.py'),
    'sse_starlette': ('api.py',),
    'uvicorn': ('app/main.py',),
    'tinydb': ('storage/',),
    'reportlab': ('app/pdf/', 'app/documents/pdf/', 'app/documents/print_pack/'),
    'pikepdf': ('app/pdf/',),
    'docx': ('app/documents/office/',),
    'openpyxl': ('app/documents/office/',),
    'PIL': ('app/schools/logo.py', 'draw_icons.py'),
    'qrcode': ('app/rounds/join_codes.py',),
    'argon2': ('app/accounts/',),
    'limits': ('limits.py',),
}


@dataclass(frozen=True)
class Import:
    file: str
    line: int
    module: str


def imports_of(source: str, file: str) -> Iterator[Import]:
    """Every import in `source`, with relative ones made absolute."""
    package = list(Path(file).parent.parts)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(file, node.lineno, alias.name)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = '.'.join([*base, *(node.module.split('.') if node.module else [])])
            for alias in node.names:
                yield Import(file, node.lineno, f'{module}.{alias.name}')


def breaks(found: Import) -> str:
    """The rule that this import breaks, in words; empty when it breaks none."""
    if found.file == 'app/main.py' or (found.file, found.module) == ('app/__main__.py', 'storage'):
        return ''
    return _layer(found) or _library(found) or _component(found) or _feature(found)


def _layer(found: Import) -> str:
    room, target = found.file.split('/')[0], found.module.split('.')[0]
    if target in LAYERS and target not in LAYERS[room]:
        return f'{room}/ knows nothing of {target}/'
    return ''


def _library(found: Import) -> str:
    library = found.module.split('.')[0]
    allowed = LIBRARIES.get(library)
    if allowed is None or any(found.file.startswith(place) or found.file.endswith('/' + place) for place in allowed):
        return ''
    return f'{library} is used in {", ".join(allowed)} only'


def _component(found: Import) -> str:
    if found.file.startswith('components/') and found.module.startswith('app.'):
        parts = found.module.split('.')
        if 'service' in parts or parts[1] in ('services', 'store', 'command_line', 'main'):
            return 'components/ draw models; services belong to pages/'
    return ''


def _feature(found: Import) -> str:
    """Features are ordered, and what all stand on knows none of them."""
    parts, target = found.file.split('/'), found.module.split('.')
    if parts[0] != 'app' or target[0] != 'app' or len(target) < 2:
        return ''
    own = parts[1].removesuffix('.py')
    other = target[1]
    if own in FEATURES and other in FEATURES and FEATURES.index(other) > FEATURES.index(own):
        return f'{own} comes before {other} and may not use it'
    if own in GROUND and (other in FEATURES or other in ('services', 'store')):
        return f'{own} stands below all features and may not use {other}'
    if own in FEATURES and other in ('services', 'main', 'command_line', 'terminal', 'doctor'):
        return f'{own} may not use {other}, which puts the features together'
    if own == 'store' and other in FEATURES and target[2] not in ('model', 'outcome'):
        return 'the store knows models only'
    return ''


def _all_files() -> list[Path]:
    return [file for room in LAYERS for file in sorted((ROOT / room).rglob('*.py'))]


def test_imports_flow_one_way():
    broken = [
        f'{found.file}:{found.line}: {rule} (it imports {found.module})'
        for path in _all_files()
        for found in imports_of(path.read_text(), path.relative_to(ROOT).as_posix())
        if (rule := breaks(found))
    ]
    assert not broken, '\n'.join(broken)


@pytest.mark.parametrize(
    ('file', 'source', 'rule'),
    [
        ('app/rounds/service.py', 'from nicegui import ui', 'nicegui is used in'),
        ('app/rounds/service.py', 'from storage import open_store', 'app/ knows nothing of storage/'),
        ('app/rounds/service.py', 'from app.debrief.model import Card', 'rounds comes before debrief'),
        ('app/rounds/service.py', 'from ..theory.model import Theory', 'rounds comes before theory'),
        ('app/errors.py', 'from app.rounds.model import Round', 'stands below all features'),
        ('app/debrief/service.py', 'from app.services import Services', 'puts the features together'),
        ('app/observation/service.py', 'from fastapi import Request', 'fastapi is used in'),
        ('components/layout.py', 'from app.rounds.service import RoundService', 'services belong to pages/'),
        ('components/layout.py', 'import storage', 'components/ knows nothing of storage/'),
        ('pages/home.py', 'from storage import open_store', 'pages/ knows nothing of storage/'),
        ('storage/memory_store.py', 'from pages.home import register', 'storage/ knows nothing of pages/'),
        ('app/theory/service.py', 'from tinydb import TinyDB', 'tinydb is used in'),
        ('app/store.py', 'from app.rounds.service import RoundService', 'the store knows models only'),
    ],
)
def test_a_wrong_import_is_named_with_its_rule(file, source, rule):
    (found,) = imports_of(source, file)
    assert rule in breaks(found)


def test_every_feature_and_room_stands_where_it_belongs():
    folders = {path.name for path in (ROOT / 'app').iterdir() if path.is_dir() and not path.name.startswith('__')}
    assert folders == {*FEATURES, 'locale', 'pdf'}, 'a new feature needs its place in FEATURES'
    shadowing = [path for path in _all_files() if path.stem in {'utils', 'helpers', 'manager', 'common'}]
    assert not shadowing, f'the words of the field, not {shadowing}'


def test_no_file_is_longer_than_fits_in_the_head():
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for room in LAYERS
        for path in [*(ROOT / room).rglob('*.py'), *(ROOT / room).rglob('*.js')]
        if (lines := len(path.read_text().splitlines())) > 400
    }
    assert not long, f'longer than 400 lines: {long}'


def test_every_module_says_what_its_room_is_for():
    silent = [
        path.relative_to(ROOT).as_posix()
        for path in _all_files()
        if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert not silent, f'without a first line: {silent}'


def test_every_function_says_what_goes_in_and_out():
    bare = []
    for path in _all_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
                untyped = [arg.arg for arg in given if arg.annotation is None and arg.arg not in ('self', 'cls')]
                if untyped or node.returns is None:
                    bare.append(f'{path.relative_to(ROOT)}:{node.lineno} {node.name} {untyped}')
    assert not bare, '\n'.join(bare)
