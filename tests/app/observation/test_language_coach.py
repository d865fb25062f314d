"""The language coach: the same answer in Python and on the phone, and a sensible one for whatever is typed."""

import itertools
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.observation.language.packing import as_module
from app.observation.language.words import forms, in_order, words_of
from app.observation.language_coach import asked, coach, named
from components.phone.files import phone_files
from tests.cases.coach.texts import NASTY, NOTES, generated
from tests.coach.measure import measure, notes_of

PHONE = Path(__file__).parents[3] / 'components' / 'phone'
WORDS = {
    'flag': ['Buzzing', 'on  fire', 'C++', '(x', '', '   ', '.*', '[a-z]+', 'buzzing'],
    'leave': ['good', 'LOVELY calm'],
}
ASKS_NODE = """
import { coach } from "%s";
import { readFileSync } from "node:fs";
const asked = JSON.parse(readFileSync(0, "utf8"));
const began = performance.now();
const answers = asked.map(([text, words]) => coach(text, words));
console.log(JSON.stringify({ answers, seconds: (performance.now() - began) / 1000 }));
"""


def on_the_phone(asked_for):
    """What the phone's module answers, under Node; `asked_for` is a list of (text, {flag, leave})."""
    module = (PHONE / 'coach.js').as_uri()
    done = subprocess.run(
        [shutil.which('node'), '--input-type=module', '-e', ASKS_NODE % module],
        input=json.dumps(asked_for), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_phone_has_the_words_as_they_are_written_for_people():
    assert (PHONE / 'coach_en.js').read_text('utf-8') == as_module('en'), 'make words'


@pytest.mark.skipif(not shutil.which('node'), reason='no node here; tests/browser/test_coach.py asks Chromium')
def test_what_is_packed_is_unpacked_on_the_phone_to_the_word():
    asks = 'import { unpacked } from "%s"; import packed from "%s"; console.log(JSON.stringify(unpacked(packed)))'
    script = asks % tuple((PHONE / name).as_uri() for name in ('coach_words.js', 'coach_en.js'))
    done = subprocess.run(['node', '--input-type=module', '-e', script], capture_output=True, check=True, timeout=120)
    there, here = json.loads(done.stdout), words_of('en')
    assert {name: sorted(words) for name, words in there['words'].items()} == {
        name: words.split(' ') for name, words in here['words'].items()
    }
    assert {kind: sorted(in_order(rule) for rule in rules) for kind, rules in there['rules'].items()} == here['rules']


def test_all_that_a_phone_loads_for_the_coach_is_under_60_kb_as_it_is_sent():
    files = phone_files().assets
    coached = [name for name in files if name.startswith(('coach', 'hints')) and name.endswith('.js')]
    assert {'coach.js', 'coach_en.js', 'coached.js', 'hints.js'} <= set(coached)
    assert sum(len(files[name].packed) for name in coached) <= 57_000


@pytest.mark.skipif(not shutil.which('node'), reason='no node here; tests/browser/test_coach.py asks Chromium')
def test_both_places_answer_the_same_to_the_character():
    texts = [*(note['text'] for note in NOTES), *NASTY, *generated(3000, seed=4)]
    asked_for = [(text, WORDS if number % 3 == 0 else {}) for number, text in enumerate(texts)]
    answers = on_the_phone(asked_for)['answers']
    for (text, words), phone in zip(asked_for, answers, strict=True):
        assert coach(text, **words) == phone, text


def test_who_is_named_is_found_at_once_as_the_whole_coach_finds_it():
    for note in NOTES:
        found = [(name['start'], name['end']) for name in coach(note['text'])['names']]
        assert list(named(note['text'])) == found, note['text']


@pytest.mark.parametrize('text', NASTY)
def test_whatever_is_typed_gets_an_answer_with_places_inside_of_it(text):
    began = time.monotonic()
    answer = coach(text, **WORDS)
    assert time.monotonic() - began < 20, 'a hang'
    for found in [*answer['flags'], *answer['names']]:
        assert found['text'] == text[found['start'] : found['end']] != ''
    places = [(flag['start'], flag['end']) for flag in answer['flags']]
    assert all(end <= start for (_start, end), (start, _end) in itertools.pairwise(places)), 'in order, apart'


@pytest.mark.skipif(not shutil.which('node'), reason='no node here')
def test_the_phone_does_not_freeze_over_long_or_strange_text():
    texts = [*NASTY, *(text[:2000] for text in (' '.join(generated(200, seed=seed)) for seed in range(5)))]
    assert on_the_phone([(text, WORDS) for text in texts])['seconds'] < 20


def test_a_network_has_its_own_words_flagged_and_others_left_alone():
    answer = coach('Room on FIRE, good pace, popcorn?', flag=['on fire', 'Popcorn'], leave=['Good'])
    assert [(flag['kind'], flag['text']) for flag in answer['flags']] == [
        ('evaluation', 'on FIRE'),
        ('evaluation', 'popcorn'),
    ]
    assert coach('Summer reads aloud', leave=['summer'])['names'] == []
    assert coach('outstandingly good', leave=['good'])['flags'] == []
    assert coach('a.b c', flag=['a.c', '.*', '', ' '])['flags'] == []


@pytest.mark.parametrize(
    ('text', 'kinds'),
    [
        ('T: “Good job, table three”', []),
        ('T: good job table three', []),
        ('LO on board: give a clear, effective explanation', []),
        ('“Good job” x6. Lovely', ['evaluation']),
        ('Ss bored, T should move on', ['inference', 'prescription']),
        ('weak acid in one tube, strong acid in the other', []),
        ('Excellant pace', ['evaluation']),
    ],
)
def test_the_words_of_others_and_terms_are_no_judgement(text, kinds):
    assert [flag['kind'] for flag in coach(text)['flags']] == kinds


def test_each_kind_asks_its_question_of_the_practice():
    (flag,) = coach('9:05 they were bored by the slides')['flags']
    assert (flag['kind'], flag['text'], flag['ask']) == ('inference', 'bored', 'What did they do or say?')
    assert {asked(kind) for kind in ('evaluation', 'prescription', 'vague', 'name')} == {
        'What did you see or hear that made you write this?',
        'Keep ideas for the afternoon. What happened?',
        'How many of how many? What would a camera have recorded?',
        'Take out the name: “a student”, “the teacher”.',
    }


def test_the_coach_is_not_worse_than_the_readme_says():
    given, unseen = (measure(notes_of(f'{name}.jsonl')) for name in ('notes-dev', 'own-unseen'))
    assert given.false_alarms.value <= 0.03
    assert given.recall.value >= 0.95
    assert unseen.false_alarms.value <= 0.06
    assert unseen.recall.value >= 0.85


def test_words_have_their_endings():
    assert forms('enjoy/v') == ['enjoy', 'enjoys', 'enjoyed', 'enjoying']
    assert forms('copy/v') == ['copy', 'copies', 'copied', 'copying']
    assert forms('class/n') == ['class', 'classes']


@pytest.mark.slow
def test_the_command_reads_and_writes_json_lines_and_names_bad_ones(tmp_path):
    lines = (
        b'\xef\xbb\xbf{"id": 7, "text": "Good \\ud83d", "more": 1}\r\n\nnot json\n["x"]\n\xff\n{"id": "b", "text": ""}'
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith(('ROUNDS', 'PYTEST', 'NICEGUI'))}
    command = [sys.executable, '-m', 'app', 'coach']
    done = subprocess.run(command, input=lines, capture_output=True, env=clean, timeout=120, check=False)
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert answers == [{'id': 7, **coach('Good \ud83d')}, {'id': 'b', 'flags': [], 'vague': False, 'names': []}]
    assert [line.split(':')[0] for line in done.stderr.decode().splitlines()] == ['Line 3', 'Line 4', 'Line 5']
    assert done.returncode == 1
    file = tmp_path / 'notes.jsonl'
    file.write_bytes(b'{"id": "b", "text": "they were bored"}\n')
    assert subprocess.run([*command, file], env=clean, timeout=120, check=False, capture_output=True).returncode == 0
