"""The form of a note as a phone sends it: what is right goes on, what is not is refused by name."""

import re
from typing import Any

from pydantic import BaseModel, StrictBool, StrictInt, StrictStr, ValidationError

from app.texts import _

from .receiving import Reason, Refusal, SentNote

_NOTE_ID = re.compile(r'[A-Za-z0-9_-]{22,36}')
_MOST_REV = 2**31 - 1


class NoteIn(BaseModel):
    """One note: `id` is made on the phone (22–36 of `A-Z a-z 0-9 _ -`), `rev` from 1, `classroom` its number."""

    id: StrictStr
    rev: StrictInt
    classroom: StrictInt
    text: StrictStr = ''
    lens: StrictStr | None = None
    written_at: StrictStr = ''
    chosen: StrictBool | None = None
    deleted: StrictBool = False


def sort_out(sent: list[Any]) -> tuple[list[SentNote], list[Refusal]]:
    """The notes whose form is right, and a refusal for each of the others."""
    notes, malformed = [], []
    for raw in sent:
        try:
            note = NoteIn.model_validate(raw)
            if not _NOTE_ID.fullmatch(note.id):
                raise ValueError('id')
            if not 1 <= note.rev <= _MOST_REV:
                raise ValueError('rev')
        except ValidationError as error:
            malformed.append(_malformed(raw, str(error.errors()[0]['loc'][0]) if error.errors()[0]['loc'] else 'note'))
        except ValueError as error:
            malformed.append(_malformed(raw, str(error)))
        else:
            notes.append(SentNote(**note.model_dump()))
    return notes, malformed


def _malformed(raw: Any, field: str) -> Refusal:
    named = raw if isinstance(raw, dict) else {}
    note_id, rev = named.get('id'), named.get('rev')
    sentence = _('This note is not as the API describes it: look at “{field}”.')
    return Refusal(
        id=note_id[:64] if isinstance(note_id, str) else '',
        rev=rev if isinstance(rev, int) and not isinstance(rev, bool) else 0,
        reason=Reason.MALFORMED,
        sentence=sentence.format(field=field),
    )
