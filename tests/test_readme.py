"""The README says what is true: commands, settings, files that it names."""

import dataclasses
import re
from pathlib import Path

from app.command_line import COMMANDS
from app.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / 'README.md').read_text()


def test_every_setting_is_in_the_readme():
    named = set(re.findall(r'`ROUNDS_([A-Z_]+)`', README))
    assert named == {field.name.upper() for field in dataclasses.fields(Settings)}


def test_every_default_is_the_one_in_the_readme():
    rows = dict(re.findall(r'^\| `ROUNDS_([A-Z_]+)` \| `?([^|`]*)`? \|', README, re.M))
    shown = {field.name.upper(): str(field.default or '') for field in dataclasses.fields(Settings)}
    assert {name: rows[name].strip('` ') for name in shown} == shown


def test_every_command_is_in_the_readme():
    named = set(re.findall(r'^    rounds ([a-z]+)', README, re.M))
    assert named == set(COMMANDS)


def test_every_make_target_of_the_readme_is_there():
    targets = set(re.findall(r'^([a-z]+):', (ROOT / 'Makefile').read_text(), re.M))
    named = set(re.findall(r'`make ([a-z]+)`', README)) | set(re.findall(r'^    make ([a-z]+)', README, re.M))
    assert {'run', 'test', 'bench', 'lint', 'soak'} <= named <= targets


def test_every_file_that_the_readme_points_to_is_there():
    pointed = re.findall(r'\]\((?!http|#)([^)]+)\)', README)
    assert pointed
    assert not [path for path in pointed if not (ROOT / path).exists()]
