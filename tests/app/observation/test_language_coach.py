"""The language coach: the same answer in Python and on the phone, and sensible ones."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from app.observation.language.words import as_module
from app.observation.language_coach import coach
from tests.coach.measure import notes_of

PHONE = Path(__file__).parents[3] / 'components' / 'phone'
ASKS_NODE = """
import { coach } from "%s";
import { readFileSync } from "node:fs";
const asked = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(asked.map(([text, words]) => coach(text, words))));
"""


def on_the_phone(asked):
    """What the phone's module answers, under Node; `asked` is a list of (text, {flag, leave})."""
    module = (PHONE / 'coach.js').as_uri()
    done = subprocess.run(
        [shutil.which('node'), '--input-type=module', '-e', ASKS_NODE % module],
        input=json.dumps(asked), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_phone_has_the_words_as_they_are_written_for_people():
    assert (PHONE / 'coach_en.js').read_text('utf-8') == as_module('en'), 'make words'


@pytest.mark.skipif(not shutil.which('node'), reason='no node on this machine')
def test_both_places_answer_the_same_for_every_labelled_note():
    asked = [
        (note['text'], {}) for name in ('notes-dev', 'own-tuning', 'own-unseen') for note in notes_of(f'{name}.jsonl')
    ]
    for (text, words), phone in zip(asked, on_the_phone(asked), strict=True):
        assert coach(text, **words) == phone, text
