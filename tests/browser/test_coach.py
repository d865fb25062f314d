"""The coach in the browser that a phone has: the server's answers, and how long they take there."""

import pytest

from app.observation.language_coach import coach
from components.phone.files import phone_files
from tests.cases.coach.texts import NASTY, NOTES, generated

ASK = """async ([module, texts]) => {
  const { coach } = await import(module);
  const took = [];
  const answers = texts.map((text) => {
    const began = performance.now();
    const answer = coach(text);
    took.push(performance.now() - began);
    return answer;
  });
  return { answers, took };
}"""


@pytest.fixture
def page_of_the_phone(server, opened):
    page = opened('phone')
    page.goto(f'{server.address}/c/')
    return page, f'/c/a/{phone_files().build}/coach.js'


def test_a_page_answers_as_the_server_does(page_of_the_phone):
    page, module = page_of_the_phone
    texts = [*(note['text'] for note in NOTES), *generated(500, seed=11), *NASTY]
    texts = [text for text in texts if not any('\ud800' <= sign <= '\udfff' for sign in text)]
    found = page.evaluate(ASK, [module, texts])
    for text, answer in zip(texts, found['answers'], strict=True):
        assert coach(text) == answer, text


def test_a_note_of_forty_words_does_not_hold_up_a_slow_phone(page_of_the_phone):
    page, module = page_of_the_phone
    page.context.new_cdp_session(page).send('Emulation.setCPUThrottlingRate', {'rate': 4})
    texts = [note['text'] for note in NOTES if 35 <= len(note['text'].split()) <= 45]
    took = sorted(page.evaluate(ASK, [module, [*texts, *texts]])['took'])
    print(f'\n{len(took)} notes of 35 to 45 words, processor slowed 4 times: median {took[len(took) // 2]:.1f} ms, '
          f'nine in ten within {took[len(took) * 9 // 10]:.1f} ms')  # fmt: skip
    assert took[len(took) // 2] < 100, 'a hang: five are meant'
