"""`make coach`: prints how good the language coach is on labelled notes, and what it got wrong."""

import sys

from tests.coach.measure import Figures, Share, measure, notes_of

#: What the notes are, and their files.
SETS = {
    'given, tuned on': ('notes-dev.jsonl',),
    'own, tuned on': ('own-tuning.jsonl', 'own-second.jsonl', 'own-third.jsonl'),
    'held out, own': ('own-unseen.jsonl',),
    'held out, own 2': ('own-unseen-second.jsonl',),
    'held out, own 3': ('own-unseen-third.jsonl',),
    'sample round, last': ('sample-round.json',),
}


def main() -> None:
    figures = [
        (title, measure(note for name in names for note in notes_of(name)))
        for title, files in SETS.items()
        if (names := [name for name in files if wanted(name)])
    ]
    for line in table(figures):
        print(line)
    for title, one in figures:
        print(f'\n{title}: {len(one.wrong)} notes with something wrong')
        for wrong in one.wrong:
            print('  ', wrong)


def wanted(name: str) -> bool:
    """All files, or those named as arguments."""
    return len(sys.argv) < 2 or any(given in name for given in sys.argv[1:])


def table(figures: list[tuple[str, Figures]]) -> list[str]:
    """The table as Markdown: a row a figure, a column a set of notes."""
    rows = [('', *(title for title, _one in figures)), ('---',) * (len(figures) + 1)]
    for name, value in ROWS:
        rows.append((name, *(str(value(one)) for _title, one in figures)))
    return ['| ' + ' | '.join(row) + ' |' for row in rows]


def f1(shares: tuple[Share, Share]) -> str:
    precision, recall = (share.value for share in shares)
    return f'{2 * precision * recall / (precision + recall):.2f}' if precision + recall else '0'


ROWS = (
    ('false alarms on descriptive notes', lambda one: one.false_alarms),
    ('… on the hard ones', lambda one: one.hard_ones()),
    ('precision where half of the notes judge', lambda one: f'{one.balanced_precision():.3f}'),
    ('recall', lambda one: one.recall),
    ('… of the subtle ones', lambda one: one.subtle),
    ('found with kind and place: evaluation', lambda one: one.kinds['evaluation']),
    ('… inference', lambda one: one.kinds['inference']),
    ('… prescription', lambda one: one.kinds['prescription']),
    ('kind and place right, of what is labelled in flagged notes', lambda one: one.hits),
    ('kind and place right, of what is reported', lambda one: one.reported),
    ('vague, precision', lambda one: one.vague[0]),
    ('vague, recall', lambda one: one.vague[1]),
    ('vague, F1', lambda one: f1(one.vague)),
    ('names, precision', lambda one: one.names[0]),
    ('names, recall', lambda one: one.names[1]),
)  # fmt: skip

if __name__ == '__main__':
    main()
