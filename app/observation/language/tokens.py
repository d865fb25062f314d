"""A note in words, numbers and signs, each with its place counted in code points."""

from dataclasses import dataclass

WORD, NUMBER, SIGN = 'w', 'n', 's'
APOSTROPHES = ("'", '’', '`', '´', 'ʼ')
HYPHENS = ('-', '‐', '‑')
SPACES = frozenset(
    (9, 11, 12, 13, 32, 0x85, 0xA0, 0x1680, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF, *range(0x2000, 0x2010))
)
#: Letters by range, since two languages with two versions of Unicode must agree: Latin with its accents, combining
#: marks, then whole scripts.
LETTERS = (
    (0x41, 0x5A), (0x61, 0x7A), (0xAA, 0xAA), (0xB5, 0xB5), (0xBA, 0xBA), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x2AF),
    (0x300, 0x1FFF), (0x2C00, 0x2DFF), (0x3040, 0xD7FF), (0xF900, 0xFDFF), (0xFE70, 0xFEFE), (0x10000, 0x1EFFF),
    (0x20000, 0x3FFFF),
)  # fmt: skip
#: Capitals by range, and how far their small letter is.
CAPITALS = (
    (0x41, 0x5A, 32), (0xC0, 0xD6, 32), (0xD8, 0xDE, 32), (0x391, 0x3A1, 32), (0x3A3, 0x3A9, 32), (0x410, 0x42F, 32),
    (0x400, 0x40F, 80),
)  # fmt: skip
#: Here every other letter is a capital: the first range begins with one, so does the second.
PAIRS = ((0x100, 0x137), (0x139, 0x148), (0x14A, 0x177), (0x179, 0x17E))


@dataclass(frozen=True, slots=True)
class Token:
    """`word` is in small letters without apostrophes; `joined`: no space before.

    `capital`: the first letter is one; `shout`: the second is one too.
    """

    start: int
    end: int
    word: str
    kind: str
    capital: bool
    joined: bool
    shout: bool = False


def small(letter: str) -> str:
    """The small letter of a capital; anything else as it is."""
    if letter.isascii():
        return letter.lower()
    code = ord(letter)
    for first, last, step in CAPITALS:
        if first <= code <= last:
            return chr(code + step)
    for first, last in PAIRS:
        if first <= code <= last and (code - first) % 2 == 0 and code not in (0x130,):
            return chr(code + 1)
    return letter


def tokens_of(text: str, kept: frozenset[str]) -> list[Token]:
    """`text` in tokens. Words in `kept` keep their apostrophe (“we'll” is not “well”), others lose it."""
    found: list[Token] = []
    at = 0
    while at < len(text):
        if ord(text[at]) in SPACES:
            at += 1
        elif _digit(text[at]):
            end = _end_of_number(text, at)
            found.append(_token(text, at, end, NUMBER, kept))
            at = end
        elif _letter(text[at]):
            end = _end_of_word(text, at)
            found += _word(text, at, end, kept)
            at = end
        elif text[at] in HYPHENS and 0 < at < len(text) - 1 and _inside(text[at - 1]) and _inside(text[at + 1]):
            at += 1
        else:
            found.append(_token(text, at, at + 1, SIGN, kept))
            at += 1
    return found


def _word(text: str, start: int, end: int, kept: frozenset[str]) -> list[Token]:
    """One token; two where the word ends in an 's that stands for “is” or marks an owner."""
    if end - start > 2 and text[end - 1] in 'sS' and text[end - 2] in APOSTROPHES:
        owner = _token(text, start, end - 2, WORD, kept)
        return [owner, Token(end - 2, end, "'s", WORD, False, True)]
    return [_token(text, start, end, WORD, kept)]


def _token(text: str, start: int, end: int, kind: str, kept: frozenset[str]) -> Token:
    word = ''.join("'" if letter in APOSTROPHES else small(letter) for letter in text[start:end])
    if kind == WORD and word not in kept:
        word = word.replace("'", '')
    if kind == SIGN:
        word = text[start]
    joined = start > 0 and ord(text[start - 1]) not in SPACES
    shout = end - start > 1 and small(text[start + 1]) != text[start + 1]
    return Token(start, end, word, kind, small(text[start]) != text[start], joined, shout)


def _end_of_word(text: str, at: int) -> int:
    while at < len(text):
        if not _inside(text[at]):
            within = text[at] in APOSTROPHES and at + 1 < len(text) and _letter(text[at + 1])
            if not within:
                break
        at += 1
    return at


def _end_of_number(text: str, at: int) -> int:
    while at < len(text):
        if not _inside(text[at]) and text[at] != '%':
            within = text[at] in '.,:/' and at + 1 < len(text) and _digit(text[at + 1])
            if not within:
                break
        at += 1
    return at


def _inside(sign: str) -> bool:
    return _letter(sign) or _digit(sign)


def _digit(sign: str) -> bool:
    return '0' <= sign <= '9'


def _letter(sign: str) -> bool:
    code = ord(sign)
    if code < 0x80:
        return 0x61 <= code <= 0x7A or 0x41 <= code <= 0x5A
    return any(first <= code <= last for first, last in LETTERS)
