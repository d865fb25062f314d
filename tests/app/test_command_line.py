"""The command `rounds`, run as whoever runs the server runs it: in processes of its own."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.serving import Server
from tests.cases.rendering import info_of

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / 'app' / 'documents' / 'sample' / 'sample-round.json'
pytestmark = pytest.mark.slow


def rounds(*arguments: object, full: bool = False, **environment: str) -> subprocess.CompletedProcess[str]:
    """`rounds ARGUMENTS`, with nothing of this process's own settings; `full`: the disk has room for 20 KB."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(('ROUNDS', 'PYTEST', 'NICEGUI'))}
    return subprocess.run(
        [sys.executable, '-m', 'app', *map(str, arguments)],
        cwd=ROOT, env=clean | environment, capture_output=True, text=True, timeout=120, check=False,
        preexec_fn=_leave_20_kb if full else None,
    )  # fmt: skip


def _leave_20_kb() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


@pytest.fixture(scope='module')
def imported(tmp_path_factory) -> tuple[Path, str]:
    """A data folder with the sample file imported, and the round's id."""
    data = tmp_path_factory.mktemp('imported') / 'data'
    done = rounds('import', SAMPLE, '--data', data)
    assert done.returncode == 0, done.stderr
    return data, done.stdout.split()[-1]


def test_an_imported_round_becomes_its_document_in_one_go(imported, tmp_path):
    data, round_id = imported
    done = rounds('report', round_id, '-o', tmp_path / 'outcome.pdf', '--data', data)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / 'outcome.pdf').read_bytes().startswith(b'%PDF-')
    again = rounds('report', round_id, '-o', tmp_path / 'again.pdf', '--data', data)
    assert again.returncode == 0
    assert (tmp_path / 'again.pdf').read_bytes() == (tmp_path / 'outcome.pdf').read_bytes()


def test_a_report_is_on_the_paper_that_is_asked_for(imported, tmp_path):
    data, round_id = imported
    assert rounds('report', round_id, '-o', tmp_path / 'us.pdf', '--paper', 'letter', '--data', data).returncode == 0
    assert info_of((tmp_path / 'us.pdf').read_bytes())['Page size'] == '612 x 792 pts (letter)'
    assert rounds('report', round_id, '-o', tmp_path / 'a5.pdf', '--paper', 'a5', '--data', data).returncode == 2


def test_whoever_reads_only_the_beginning_is_not_shown_a_crash(imported):
    data, round_id = imported
    command = [sys.executable, '-m', 'app', 'export', round_id, '--data', str(data)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as export:
        export.stdout.close()
        assert export.stderr.read() == b''


def test_a_full_disk_leaves_no_half_of_a_report(imported, tmp_path):
    data, round_id = imported
    done = rounds('report', round_id, '-o', tmp_path / 'outcome.pdf', '--data', data, full=True)
    assert done.returncode == 1
    assert done.stderr.strip() == f'{tmp_path / "outcome.pdf"} cannot be written: File too large.'
    assert list(tmp_path.iterdir()) == []


def test_an_export_imports_as_the_same_round(imported, tmp_path):
    data, round_id = imported
    first = rounds('export', round_id, '--data', data).stdout
    (tmp_path / 'round.json').write_text(first)
    done = rounds('import', tmp_path / 'round.json', '--data', tmp_path / 'other')
    assert done.returncode == 0, done.stderr
    second = rounds('export', done.stdout.split()[-1], '--data', tmp_path / 'other').stdout
    assert json.loads(second) == json.loads(first)


def test_codes_are_printed_as_json_with_their_addresses(imported):
    data, round_id = imported
    listed = json.loads(rounds('codes', round_id, '--data', data, ROUNDS_ADDRESS='https://rounds.example.org').stdout)
    assert len(listed['classrooms']) == 10
    first = listed['classrooms'][0]
    assert first['address'] == f'https://rounds.example.org/c/1#{first["code"]}'
    assert len({listed['join'], *(room['code'] for room in listed['classrooms'])}) == 11


def test_a_backup_is_restored_to_the_same_round(imported, tmp_path):
    data, round_id = imported
    assert rounds('backup', '-o', tmp_path / 'all.backup', '--data', data).returncode == 0
    assert rounds('restore', tmp_path / 'all.backup', '--data', tmp_path / 'restored').returncode == 0
    exported = rounds('export', round_id, '--data', data).stdout
    assert rounds('export', round_id, '--data', tmp_path / 'restored').stdout == exported
    refused = rounds('restore', tmp_path / 'all.backup', '--data', data)
    assert refused.returncode == 1, 'never over data that are there'
    assert rounds('export', round_id, '--data', data).stdout == exported


@pytest.mark.parametrize(
    ('content', 'part'),
    [
        ('', 'round.json'),
        ('{"format": "rounds/1",\n "round": {', 'line 2'),
        ('{"format": "rounds/2", "round": {}}', 'rounds/1'),
        ('{"format": "rounds/1"}', 'round'),
        ('[1, 2]', 'rounds/1'),
    ],
)
def test_a_file_that_is_no_round_is_refused_in_a_sentence_and_changes_nothing(content, part, imported, tmp_path):
    data, _round_id = imported
    file = tmp_path / 'round.json'
    file.write_text(content)
    before = sorted(path.name for path in (data / 'rounds').iterdir())
    done = rounds('import', file, '--data', data)
    assert done.returncode == 1
    assert part in done.stderr or not content
    assert 'Traceback' not in done.stderr
    assert sorted(path.name for path in (data / 'rounds').iterdir()) == before


def test_the_sample_round_ends_with_its_id_and_opens_by_its_address(tmp_path):
    done = rounds('sample', '--data', tmp_path / 'data')
    assert done.returncode == 0, done.stderr
    round_id = done.stdout.split()[-1]
    assert '/sample/' in done.stdout
    assert rounds('export', round_id, '--data', tmp_path / 'data').returncode == 0


def test_doctor_says_in_sentences_what_is_missing(tmp_path, imported):
    nothing = rounds('doctor', '--data', tmp_path / 'nowhere')
    assert nothing.returncode == 1
    assert 'no data folder' in nothing.stdout
    data, _round_id = imported
    found = rounds('doctor', '--data', data, ROUNDS_ADDRESS='https://rounds.example.org').stdout
    assert 'No facilitator has an account yet' in found
    assert 'neither a certificate nor a proxy' in found
    hall = rounds('doctor', '--data', data, ROUNDS_ADDRESS='http://192.168.1.5:8080').stdout
    assert 'a laptop in the hall' in hall


def test_an_unknown_round_an_unknown_email_and_a_broken_setting_are_said(imported, tmp_path):
    data, _round_id = imported
    for arguments, part in (
        (('export', 'nosuchround'), 'nosuchround'),
        (('report', 'nosuchround', '-o', tmp_path / 'x.pdf'), 'nosuchround'),
        (('codes', 'nosuchround'), 'ROUNDS_ADDRESS'),
        (('passphrase', 'nobody@school.example'), 'nobody@school.example'),
    ):
        done = rounds(*arguments, '--data', data)
        assert done.returncode == 1, arguments
        assert 'Traceback' not in done.stderr
        assert part in done.stderr or 'no ' in done.stderr.lower()
    assert not (tmp_path / 'x.pdf').exists()
    assert 'ROUNDS_PORT' in rounds('doctor', '--data', data, ROUNDS_PORT='soon').stderr


def test_beside_a_running_app_reading_works_and_writing_says_why_not(tmp_path):
    server = Server(tmp_path / 'data')
    assert rounds('import', SAMPLE, '--data', server.data).returncode == 0
    server.start()
    try:
        listed = sorted(path.name for path in (server.data / 'rounds').iterdir())
        assert rounds('export', listed[0], '--data', server.data).returncode == 0
        assert rounds('report', listed[0], '-o', tmp_path / 'beside.pdf', '--data', server.data).returncode == 0
        assert rounds('backup', '-o', tmp_path / 'beside.backup', '--data', server.data).returncode == 0
        refused = rounds('import', SAMPLE, '--data', server.data)
        assert refused.returncode == 1
        assert len(refused.stderr.strip().splitlines()) == 1
        second = rounds('serve', '--port', server.port, '--data', tmp_path / 'other')
        assert (second.returncode, second.stdout) == (1, ''), 'nothing is said to be running that is not'
        assert 'something else is using it' in second.stderr
        assert len(second.stderr.strip().splitlines()) == 1
    finally:
        server.stop()


def test_suggest_needs_no_folder_and_puts_every_note_in_one_group(tmp_path):
    file = json.loads(SAMPLE.read_text())
    for note in file['notes']:
        note.pop('pattern', None)
    (tmp_path / 'round.json').write_text(json.dumps(file | {'patterns': []}))
    done = rounds('suggest', tmp_path / 'round.json', '--data', tmp_path / 'none')
    assert done.returncode == 0, done.stderr
    grouped = [key for group in json.loads(done.stdout)['groups'] for key in group]
    assert sorted(grouped) == sorted(note['id'] for note in file['notes'])
    assert not (tmp_path / 'none').exists()

    near = json.loads(rounds('suggest', tmp_path / 'round.json', '--like', 'n001,n002').stdout)['nearest']
    assert len(near) == len(file['notes']) - 2
    refused = rounds('suggest', tmp_path / 'round.json', '--like', 'n001,nobody')
    assert refused.returncode != 0
    assert 'There is no note “nobody” in this file.' in refused.stderr
    assert not refused.stdout
    (tmp_path / 'round.json').write_text(json.dumps(file | {'notes': [{'id': 'n1'}]}))
    assert 'notes[0].text' in rounds('suggest', tmp_path / 'round.json').stderr
