"""Texts for the coach that nobody would label: nasty ones, and ones thrown together from its own words."""

import random

from app.observation.language.words import words_of
from tests.coach.measure import CASES, SAMPLE, notes_of

#: Every note that anybody has labelled.
NOTES = tuple(
    note for name in (*sorted(file.name for file in CASES.glob('*.jsonl')), SAMPLE.name) for note in notes_of(name)
)
NASTY = [
    '',
    ' ',
    '\n\n',
    '.',
    '"',
    "'",
    '“',
    '”',
    '‘',
    '’',
    ':',
    '://',
    '“unclosed quote with excellent in it',
    'closed” but never opened, excellent',
    "'tis the Ss' books, isn't it, 'twas good'",
    '«très bien» sagt T',
    '😀😀😀',
    '👍' * 500,
    '👩🏽‍🏫 excellent 👨‍👩‍👧‍👦',
    '𝒢𝑜𝑜𝒹 𝓁𝑒𝓈𝓈𝑜𝓃',
    '𐐀𐐁𐐂 excellent 𐐃',
    'отличный урок',
    'Превосходно, ученики скучали',
    'ممتاز جدا',
    'מצוין',
    '非常好的課',
    'とても良い授業',
    'ดีมาก',
    'Κακή μέρα',
    'BRA LEKTION ÅSA',
    'I\u0307stanbul İSTANBUL ıI',
    'e\u0301xcellent Zoe\u0308',
    '\ud83d excellent \ude00',
    '<b>excellent</b> &amp; <script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '\x00\x01\x02',
    '\u202eexcellent',
    '\ufeffgood',
    'a' * 2000,
    'good ' * 400,
    '"' * 2000,
    "'a " * 660,
    '“' * 1000 + '”' * 1000,
    'T: ' * 600,
    'says ' * 400,
    ', ' * 1000,
    '. good' * 330,
    'too *1 <sure> [ ^ $',
    '- ' * 1000,
    'what if ' * 250,
    'as if they ' * 180,
    'Mr ' * 600,
    'Mr. ' * 500,
    'Grace and Will ' * 130,
    '1.2.3.4:5/6%' * 160,
    "S's's's's",
    "T'''''s",
    '-good-',
    '--',
    'x-' * 1000,
]


def generated(count, seed):
    """Texts out of the words of the notes and the rules, with quotes, speakers, slips and signs between them."""
    chance = random.Random(seed)
    data = words_of('en')
    ours = [
        word
        for name in ('sure', 'amb', 'mind', 'thing', 'say', 'speaker', 'source', 'wordname')
        for word in data['words'][name].split(' ')
    ]
    literal = [part for rules in data['rules'].values() for rule in rules for part in rule.split(' ') if part.isalpha()]
    noted = [word for note in NOTES for word in note['text'].split()]
    signs = [
        '"',
        '“',
        '”',
        "'",
        '‘',
        '’',
        ':',
        ',',
        '.',
        '?',
        ' - ',
        '–',
        '\n',
        '=',
        '…',
        '(',
        ')',
        '7 of 24',
        'T:',
        "'s",
        '👍',
        'é',
        '𐐀',
    ]
    for _time in range(count):
        words = []
        for _word in range(chance.randint(1, 25)):
            word = chance.choice(chance.choice((ours, literal, noted, noted, signs)))
            if chance.random() < 0.1 and len(word) > 3:
                at = chance.randrange(1, len(word) - 1)
                word = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            words.append(word.capitalize() if chance.random() < 0.15 else word)
        yield chance.choice((' ', ' ', ' ', '')).join(words) if chance.random() < 0.05 else ' '.join(words)
