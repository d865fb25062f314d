"""`rounds suggest`: what is alike in the notes of a round's file."""

from collections.abc import Sequence
from typing import Any

from app.debrief.likeness_jobs import groups, nearest
from app.debrief.model import CardState
from app.debrief.pieces import Piece
from app.errors import BadInput
from app.texts import _

from .round_file import parsed


def suggested_for(data: bytes, like: Sequence[str] = ()) -> dict[str, Any]:
    """`{"groups": [[note ids], …]}`: every note in one group; or the other notes' ids as `{"nearest": [...]}`.

    Only the notes are read: a file that somebody has taken the patterns out of will do. Groups are made of the notes
    on the wall, where the file says which are; the others are put beside what they are most like. Raises `BadInput`
    for a file that is no round, a note without its id or text, and an id that is not there.
    """
    notes = [_checked(note, n) for n, note in enumerate(parsed(data).get('notes') or [])]
    notes = [note for note in notes if not note.get('deleted')]
    pieces = [_piece(note) for note in notes]
    unknown = [key for key in like if key not in {piece.id for piece in pieces}]
    if unknown:
        raise BadInput(_('There is no note “{id}” in this file.').format(id=unknown[0]), key=unknown[0])
    if like:
        return {'nearest': nearest(pieces, like)}
    accepted = {note['id'] for note in notes if _card(note).get('state') == CardState.ACCEPTED}
    on_the_wall = [piece for piece in pieces if piece.id in accepted] or pieces
    return {'groups': groups(on_the_wall, [piece for piece in pieces if piece not in on_the_wall]) if pieces else []}


def _checked(note: Any, n: int) -> dict[str, Any]:
    for key in ('id', 'text'):
        if not isinstance(note, dict) or not isinstance(note.get(key), str):
            sentence = _('“{key}” cannot be read: it is missing, or no text.')
            raise BadInput(sentence.format(key=f'notes[{n}].{key}'), key=f'notes[{n}].{key}')
    return dict(note)


def _card(note: dict[str, Any]) -> dict[str, Any]:
    card = note.get('card')
    return card if isinstance(card, dict) else {}


def _piece(note: dict[str, Any]) -> Piece:
    text = _card(note).get('text') or note['text']
    return Piece(id=note['id'], text=str(text), lens=str(note.get('lens') or ''), room=str(note.get('classroom') or ''))
