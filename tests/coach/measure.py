"""Figures of the coach over labelled notes, as `evidence/GUIDE.md` measures it."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from app.observation.language_coach import coach

CASES = Path(__file__).parents[1] / 'cases' / 'coach'
SAMPLE = Path(__file__).parents[2] / 'app' / 'documents' / 'sample' / 'sample-round.json'
KINDS = ('evaluation', 'inference', 'prescription')


@dataclass
class Share:
    """`right` of `all`; prints as a percentage with its counts."""

    right: int = 0
    all: int = 0

    def add(self, right: object) -> None:
        self.all += 1
        self.right += bool(right)

    @property
    def value(self) -> float:
        return self.right / self.all if self.all else float('nan')

    def __str__(self) -> str:
        return f'{100 * self.value:.1f} % ({self.right}/{self.all})' if self.all else 'none'


@dataclass
class Figures:
    """What the guide asks for. `hits`: of the labelled judgements in flagged notes, those found with their kind."""

    false_alarms: Share = field(default_factory=Share)
    hard: dict[str, Share] = field(default_factory=dict)
    precision: Share = field(default_factory=Share)
    recall: Share = field(default_factory=Share)
    kinds: dict[str, Share] = field(default_factory=lambda: {kind: Share() for kind in KINDS})
    subtle: Share = field(default_factory=Share)
    hits: Share = field(default_factory=Share)
    reported: Share = field(default_factory=Share)
    vague: tuple[Share, Share] = field(default_factory=lambda: (Share(), Share()))
    names: tuple[Share, Share] = field(default_factory=lambda: (Share(), Share()))
    wrong: list[str] = field(default_factory=list)

    def hard_ones(self) -> Share:
        """False alarms on the descriptive notes with a `hard` tag."""
        shares = self.hard.values()
        return Share(sum(share.right for share in shares), sum(share.all for share in shares))

    def balanced_precision(self) -> float:
        """Precision where half of the notes judge, whatever the share is in these."""
        return self.recall.value / (self.recall.value + self.false_alarms.value)


def notes_of(name: str) -> list[dict]:
    """Labelled notes of a file of `tests/cases/coach`; those of the sample round lie in its own file."""
    if name == SAMPLE.name:
        return json.loads(SAMPLE.read_text('utf-8'))['notes']
    return [json.loads(line) for line in (CASES / name).read_text('utf-8').splitlines() if line.strip()]


def measure(notes: Iterable[dict], read: Callable[[str], dict] = coach) -> Figures:
    """Every figure over `notes`."""
    figures = Figures()
    for note in notes:
        _one(figures, note, read(note['text']))
    return figures


def spans(note: dict) -> list[tuple[str, int, int]]:
    """The labelled judgements with their places: the first place that no other label of the note has taken."""
    taken: list[tuple[str, int, int]] = []
    for label in note['judgement']:
        start = note['text'].find(label['span'])
        while any(start < end and start + len(label['span']) > begin for _kind, begin, end in taken):
            start = note['text'].find(label['span'], start + 1)
        taken.append((label['kind'], start, start + len(label['span'])))
    return taken


def _one(figures: Figures, note: dict, answer: dict) -> None:
    labels, flags = spans(note), answer['flags']
    wrong = []
    if labels:
        figures.recall.add(flags)
        if note['hard']:
            figures.subtle.add(flags)
        for kind, start, end in labels:
            hit = any(flag['kind'] == kind and flag['start'] < end and flag['end'] > start for flag in flags)
            figures.kinds[kind].add(hit)
            if flags:
                figures.hits.add(hit)
            if not hit:
                wrong.append(f'missed {kind} “{note["text"][start:end]}”')
    else:
        figures.false_alarms.add(flags)
        if note['hard']:
            figures.hard.setdefault(note['hard'], Share()).add(flags)
    if flags:
        figures.precision.add(labels)
    for flag in flags:
        hit = any(flag['kind'] == kind and flag['start'] < end and flag['end'] > start for kind, start, end in labels)
        figures.reported.add(hit)
        if not hit:
            wrong.append(f'not labelled: {flag["kind"]} “{flag["text"]}”')
    wrong += _vague(figures, note, answer) + _names(figures, note, answer)
    if wrong:
        figures.wrong.append(f'{note["id"]} {note["text"]}\n      {"; ".join(wrong)}')


def _vague(figures: Figures, note: dict, answer: dict) -> list[str]:
    if answer['vague']:
        figures.vague[0].add(note['vague'])
    if note['vague']:
        figures.vague[1].add(answer['vague'])
    return [f'vague is {note["vague"]}'.lower()] if answer['vague'] != note['vague'] else []


def _names(figures: Figures, note: dict, answer: dict) -> list[str]:
    found, wanted = [name['text'] for name in answer['names']], note['names']
    for name in found:
        figures.names[0].add(name in wanted)
    for name in wanted:
        figures.names[1].add(name in found)
    return [f'names {wanted}, found {found}'] if sorted(found) != sorted(wanted) else []
