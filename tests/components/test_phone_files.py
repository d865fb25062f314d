"""The phone's files as they are sent: light, whole, in the order in which they are needed, and asking for nothing."""

import re

import pytest

from components.phone.files import FIRST, NEXT, PHONE, PhoneFile, phone_files

FILES = phone_files()
MODULES = {name: file.body.decode() for name, file in FILES.assets.items() if name.endswith('.js')}
#: Bytes, packed, of all that is sent before somebody can write, headers (about 250 each) not counted.
LIGHT = 33_500


def imported(name: str) -> set[str]:
    """The modules that this one cannot do without, and those that they cannot do without."""
    found: set[str] = set()
    waiting = {name}
    while waiting:
        one = waiting.pop()
        found.add(one)
        waiting |= set(re.findall(r'^import .*?from "\./(\w+)\.js";', MODULES[f'{one}.js'], re.M)) - found
    return found


def test_the_shell_asks_early_for_all_that_the_way_in_and_the_field_need():
    assert imported('start') | imported('join') == set(FIRST)
    assert (imported('capture') | imported('groups')) - set(FIRST) == set(NEXT)
    assert preloads(FILES.shell) == [*FIRST, *NEXT]


def preloads(shell: PhoneFile) -> list[str]:
    return re.findall(r'modulepreload" href="/c/a/\w+/(\w+)\.js"', shell.body.decode())


def test_who_comes_back_asks_early_for_all_that_the_field_needs_and_for_nothing_of_the_way_in():
    assert set(preloads(FILES.again)) == imported('start') | imported('capture')
    first, again = (
        [line for line in shell.body.decode().splitlines() if 'modulepreload' not in line]
        for shell in (FILES.shell, FILES.again)
    )
    assert again == first


def test_what_is_sent_before_one_can_write_is_light():
    needed = [FILES.assets[f'{name}.js'] for name in (*FIRST, *NEXT)]
    needed += [FILES.assets['phone.css'], FILES.assets['opening.js'], FILES.shell]
    assert sum(len(file.packed) for file in needed) <= LIGHT


@pytest.mark.parametrize('name', sorted(MODULES))
def test_a_module_loses_its_comments_and_nothing_else(name):
    source = (PHONE / name).read_text('utf-8') if (PHONE / name).exists() else ''
    kept = [line.strip() for line in source.splitlines()]
    sent = MODULES[name].splitlines()
    assert [line for line in sent if line.startswith(('//', '/*', '* '))] == []
    missing = [line for line in kept if line not in set(sent) and not line.startswith(('//', '/*', '*'))]
    assert missing == []
    # A text over several lines would lose its indentation; it opens on one line and closes on another.
    assert len([line for line in sent if line.count('`') % 2]) < 2


def test_nothing_on_the_phone_asks_for_a_permission():
    asking = r'getUserMedia|getDisplayMedia|geolocation|Notification|requestPermission|clipboard\.read|BarcodeDetector'
    assert {name: found for name, text in MODULES.items() if (found := re.findall(asking, text))} == {}


def test_everything_that_a_phone_may_need_is_kept_for_a_time_without_network():
    kept = FILES.worker.body.decode()
    assert {name for name in FILES.assets if f'/c/a/{FILES.build}/{name}' not in kept} == set()
