"""How a work is written: one line, its checksum before it, so that half a line is known for what it is.

A journal has two kinds of lines. `{"n": 7, "seq": 3, "drop": {…}, "put": {…}}` is the seventh work: what it removed
and put, and the round's order after it. `{"synced": 6}` begins a batch and says that all works up to the sixth were on
disk by then: a bad line among those is damage, a bad line after them is a work that nobody was told was kept.

A checkpoint has `{"generation": 2, "n": 7, "seq": 3}`, a line for each document, and `{"end": 41}` with their number.
"""

from typing import Any
from zlib import crc32

import orjson


def line(payload: bytes) -> bytes:
    """The payload (JSON, so without a line break) as a line."""
    return b'%08x %b\n' % (crc32(payload), payload)


def read_line(text: bytes) -> dict[str, Any] | None:
    """What a line (without its line break) says; None if it is not whole."""
    if len(text) < 9 or text[8:9] != b' ' or not checks(text[:8], text[9:]):
        return None
    try:
        entry = orjson.loads(text[9:])
    except orjson.JSONDecodeError:
        return None
    return entry if isinstance(entry, dict) else None


def checks(checksum: bytes, payload: bytes) -> bool:
    """Whether the checksum belongs to the payload."""
    return checksum == b'%08x' % crc32(payload)


def synced_line(n: int) -> bytes:
    """Begins a batch: works up to `n` are on disk."""
    return line(b'{"synced":%d}' % n)
