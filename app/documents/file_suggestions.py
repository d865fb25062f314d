"""`rounds suggest`: what is alike in the notes of a round's file."""

from collections.abc import Sequence
from typing import Any

from app.debrief.likeness_jobs import groups, nearest
from app.debrief.pieces import Piece
from app.errors import BadInput
from app.texts import _

from .round_file import read_round_file


def suggested_for(data: bytes, like: Sequence[str] = ()) -> dict[str, Any]:
    """`{"groups": [[note ids], …]}`: every note in one group; or the other notes' ids as `{"nearest": [...]}`.

    Groups are made of the notes on the wall, where the file says which are; the others are put beside what they are
    most like. Raises `BadInput` for a file that is no round or an id that it does not hold.
    """
    documents = read_round_file(data).documents
    notes = [note for note in documents.get('notes', []) if not note.get('deleted')]
    accepted = {card['note']: card['text'] for card in documents.get('cards', []) if card.get('state') == 'accepted'}
    pieces = [_piece(note, accepted.get(note['id'])) for note in notes]
    unknown = [key for key in like if key not in {piece.id for piece in pieces}]
    if unknown:
        raise BadInput(_('There is no note “{id}” in this file.').format(id=unknown[0]), key=unknown[0])
    if like:
        return {'nearest': nearest(pieces, like)}
    on_the_wall = [piece for piece in pieces if piece.id in accepted] or pieces
    return {'groups': groups(on_the_wall, [piece for piece in pieces if piece not in on_the_wall]) if pieces else []}


def _piece(note: dict[str, Any], reworded: str | None) -> Piece:
    return Piece(
        id=note['id'], text=reworded or note['text'], lens=note.get('lens') or '', room=str(note.get('classroom', ''))
    )
