"""How well suggestions follow people: our likeness beside plain TF-IDF, on rounds whose patterns people named."""

import json
import time
from pathlib import Path

import numpy as np
from sklearn.cluster import AgglomerativeClustering
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import adjusted_mutual_info_score

from app.debrief.grouping import groups, nearest
from app.debrief.pieces import Piece
from tests.cases.sample_round import FILE

CASES = Path(__file__).parent.parent / 'cases' / 'suggest'
FIRST, NEXT = 3, 5  #: of a facilitator's first three cards, how many of the next five belong


def main() -> None:
    print('Suggestions: adjusted mutual information of the groups; precision at 5; seconds for all cards')
    gains, precisions = [], []
    for file in (FILE, *sorted(CASES.glob('*.json'))):
        notes = [note for note in json.loads(file.read_text())['notes'] if note.get('pattern')]
        named = {note['id']: note['pattern'] for note in notes}
        pieces = [
            Piece(id=note['id'], text=note['text'], lens=note['lens'] or '', room=note['classroom']) for note in notes
        ]
        began = time.perf_counter()
        ours = groups(pieces)
        seconds = time.perf_counter() - began
        plain = agreement(plain_groups(pieces, len(ours)), named)
        gains.append(agreement(ours, named) - plain)
        precisions.append(precision(pieces, named))
        print(
            f'  {file.stem:24} {len(notes):4} cards  {plain + gains[-1]:.2f}, plain TF-IDF {plain:.2f};'
            f'  precision {precisions[-1]:.2f}, plain {precision(pieces, named, plain_nearest):.2f};  {seconds:.2f} s'
        )
    print(f'  mean gain {np.mean(gains):.2f} (aim 0.10), mean precision at 5 {np.mean(precisions):.2f} (aim 0.60)')


def agreement(found: list[list[str]], named: dict[str, str]) -> float:
    """Adjusted mutual information between groups that were found and the patterns that people named."""
    label = {card: number for number, group in enumerate(found) for card in group}
    return float(adjusted_mutual_info_score(list(named.values()), [label[card] for card in named]))


def precision(pieces: list[Piece], named: dict[str, str], order=nearest) -> float:
    """Of the first five that are suggested to a pattern's first three cards, how many belong; mean over patterns."""
    shares = []
    for pattern in sorted(set(named.values())):
        cards = [card for card, name in named.items() if name == pattern]
        if len(cards) > FIRST:
            found = order(pieces, cards[:FIRST])[:NEXT]
            shares.append(np.mean([named[card] == pattern for card in found]))
    return float(np.mean(shares))


def plain_groups(pieces: list[Piece], n: int) -> list[list[str]]:
    """The mark to beat: TF-IDF of words and agglomerative clustering, into as many groups."""
    labels = AgglomerativeClustering(n_clusters=n).fit_predict(_words(pieces))
    return [[piece.id for piece, label in zip(pieces, labels, strict=True) if label == one] for one in range(n)]


def plain_nearest(pieces: list[Piece], to: list[str]) -> list[str]:
    words = _words(pieces)
    wanted = [place for place, piece in enumerate(pieces) if piece.id in to]
    near = (words @ words[wanted].T).mean(axis=1)
    return [pieces[place].id for place in np.argsort(-near, kind='stable') if pieces[place].id not in to]


def _words(pieces: list[Piece]) -> np.ndarray:
    return TfidfVectorizer().fit_transform([piece.text for piece in pieces]).toarray()
