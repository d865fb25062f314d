"""`rounds coach`: notes as JSON lines in, what to ask about each as JSON lines out."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from app.errors import BadInput
from app.observation.language_coach import coach
from app.texts import _


def answers(lines: Iterable[bytes]) -> Iterator[str | BadInput]:
    """For every line its answer as JSON, or a sentence that says what is wrong with it; blank lines are passed over."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                note = _note(line)
            except BadInput as wrong:
                yield BadInput(_('Line {n}: {why}').format(n=number, why=wrong.sentence))
            else:
                yield _line({'id': note['id'], **coach(note['text'])})


def _line(answer: dict[str, Any]) -> str:
    """As JSON that can be written in UTF-8: half a character stays escaped."""
    line = json.dumps(answer, ensure_ascii=False)
    return line if not any('\ud800' <= sign <= '\udfff' for sign in line) else json.dumps(answer)


def _note(line: bytes) -> dict[str, Any]:
    """The `id` and `text` of a line; raises `BadInput` with what it is not."""
    try:
        note = json.loads(line.decode('utf-8-sig'))
    except UnicodeDecodeError as error:
        raise BadInput(_('this is not UTF-8 text.')) from error
    except (ValueError, RecursionError) as error:
        raise BadInput(_('this is not JSON. A note looks like {example}').format(example=_EXAMPLE)) from error
    if not isinstance(note, dict) or not isinstance(note.get('text'), str) or 'id' not in note:
        raise BadInput(_('a note has an id and a text, like {example}').format(example=_EXAMPLE))
    return note


_EXAMPLE = '{"id": "n1", "text": "7 of 24 write"}'
