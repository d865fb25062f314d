"""Outcomes to print: the sample round's, and one of whatever people may write."""

import base64
import datetime as dt
import io

from PIL import Image, ImageDraw

from app.documents.outcome import (
    Numbers,
    Outcome,
    PrintedPattern,
    PrintedPrediction,
    PrintedStep,
    PrintedTheory,
    Quotation,
    outcome_of,
)
from app.theory.model import Horizon, Level
from tests.cases.sample_round import sample_models

NASTY = [
    'Students explain their reasoning to a partner. ' * 42,
    'x' * 2000,
    '😀👨‍👩‍👧 two students ⚠️',
    'مرحبا بالعالم ' * 20,
    'Học sinh giải thích lý do của mình',
    'Οι μαθητές εξηγούν',
    'Ученики объясняют',
    '中文字符' * 100,
    '<script>alert(1)</script><b>bold</i> &amp; <img src="/etc/passwd"/> <para>',
    'a\x00b\x07c\u202edcba\u2028e\ufffff\ud800g',
    'a\n\n\n\t b',
    '',
]


def a_logo(size=(600, 240), kind='PNG'):
    """A picture as a school would send it, as base64."""
    file = io.BytesIO()
    picture = Image.new('RGBA', size, (255, 255, 255, 0))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((10, 10, size[1] - 10, size[1] - 10), fill=(11, 92, 98, 255))
    draw.rectangle((size[1] + 20, size[1] // 3, size[0] - 20, size[1] // 2), fill=(180, 83, 9, 255))
    picture.save(file, kind)
    return base64.b64encode(file.getvalue()).decode()


def sample_outcome(**changes):
    models = sample_models(**changes)
    return outcome_of(models.pop('round'), **models)


def full_of(texts):
    """A long document in which every field holds one of `texts`."""
    levels, horizons = list(Level), list(Horizon)
    return Outcome(
        id='round',
        title=texts[0],
        school=texts[-1],
        network=texts[0],
        date=dt.date(2026, 3, 11),
        visitors=tuple(texts),
        problem_of_practice=texts[0],
        focus_statements=tuple(texts),
        numbers=Numbers(notes=8000, cards=400, patterns=40, outside=3),
        patterns=tuple(
            PrintedPattern(
                number=n,
                title=text,
                summary=text,
                exception=text,
                cards=9,
                visits=4,
                samples=tuple(Quotation(text=other, lens=other) for other in texts[n % 3 : n % 3 + 4]),
            )
            for n, text in enumerate(texts, 1)
        ),
        left_out=2,
        predictions=tuple(PrintedPrediction(text=text, patterns=(1, 2), unprinted=1) for text in texts),
        theories=tuple(
            PrintedTheory(
                number=n,
                when=text,
                so=text,
                then=text,
                level=levels[n % 3],
                wrong_if=text,
                look_again=None,
                relates_to=text,
                patterns=(n,),
            )
            for n, text in enumerate(texts, 1)
        ),
        next_steps=tuple(
            PrintedStep(
                horizon=horizons[n % 3], owner=levels[n // 3 % 3], text=text, theories=(1,), taken_up=n % 2 == 0
            )
            for n, text in enumerate(texts)
        ),
    )
