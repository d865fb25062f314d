"""Reading a file of the format `rounds/1`: all of it is checked before anything is kept."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import orjson

from app.errors import BadInput, TooLarge
from app.texts import _

from .round_file_parts import Reader
from .round_file_write import FORMAT
from .whole_round import Documents

MOST_BYTES = 64_000_000


@dataclass(frozen=True, kw_only=True)
class RoundFile:
    """What a file holds, under the file's own names. `warnings`: one for each key that was left aside."""

    documents: Documents
    warnings: tuple[str, ...] = ()


def read_round_file(data: bytes, *, timezone: str = 'UTC', now: dt.datetime | None = None) -> RoundFile:
    """Check a file and read it. What it does not say is filled in: a stage is *closed*, a group has its observers.

    `timezone` is that of the host school, for a file that names none. Raises `BadInput` that names the line or the
    key, and `TooLarge`.
    """
    reader = Reader(parsed(data), timezone, now or dt.datetime.now(dt.UTC))
    documents = reader.read()
    sentence = _('“{key}” is not known here and was left aside.')
    return RoundFile(
        documents=documents, warnings=tuple(sentence.format(key=key) for key in sorted(reader.checked.unknown))
    )


def parsed(data: bytes) -> dict[str, Any]:
    """A file of our format as it stands, nothing else of it checked. Raises `BadInput` and `TooLarge`."""
    if len(data) > MOST_BYTES:
        raise TooLarge(_('The file has more than {n} MB; no round is that large.').format(n=MOST_BYTES // 1_000_000))
    try:
        content = orjson.loads(data.removeprefix(b'\xef\xbb\xbf'))
    except orjson.JSONDecodeError as error:
        sentence = _('The file is no JSON: line {line}, column {column}. Export the round again, or mend that line.')
        raise BadInput(sentence.format(line=error.lineno, column=error.colno), line=error.lineno) from error
    if not isinstance(content, dict) or content.get('format') != FORMAT:
        sentence = _('This is no file of a round: “format” has to be “{format}”. Choose a file that was exported here.')
        raise BadInput(sentence.format(format=FORMAT), key='format')
    return content
