"""What a card's own words must not say: a clock time, a room, a name.

Screening asks for other words ("for six minutes", not "at 9:42"), and a card that still holds one is not used as a
sample in a document. “S1” and “S2” are students, also where a room has that label.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, NamedTuple

from app.observation.language_coach import named

AskedKind = Literal['time', 'room', 'name']


class AskedOut(NamedTuple):
    """Code points `start` to `end` of a text say a time, a room or a name."""

    start: int
    end: int
    kind: AskedKind


def asked_out(text: str, rooms: Iterable[str], names: Iterable[str]) -> list[AskedOut]:
    """Every place in `text` with a clock time, one of `rooms` (labels), or a name, in order.

    A name is one of `names` (observers), or what the language coach takes for somebody's. Where two overlap, the longer
    one counts. Whole words only; rooms with a digit in any case.
    """
    found = [AskedOut(*match.span(match.lastindex or 0), 'time') for match in _clock_times(text)]
    for room in {room.strip() for room in rooms}:
        found += [AskedOut(*match.span(1), 'room') for match in _room(room).finditer(text)] if room else []
    for name in {name.strip() for name in names}:
        found += [AskedOut(*match.span(), 'name') for match in _name(name).finditer(text)] if name else []
    found += [AskedOut(start, end, 'name') for start, end in named(text)]
    kept: list[AskedOut] = []
    for one in sorted(set(found), key=lambda one: (one.start - one.end, one.start, one.kind)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept)


def may_be_asked_out(text: str, rooms: Iterable[str]) -> bool:
    """Whether a reader could take something in `text` for a time or a room though it need not be one.

    “S2” may be a student or a room, “12:18” a ratio. Nobody is asked about it; other cards are the better samples.
    """
    words = set(re.findall(r'\w+', text.casefold()))
    return bool(_LIKE_A_TIME.search(text)) or any(room.strip().casefold() in words for room in rooms)


_LIKE_A_TIME = re.compile(r'\d{1,2}[:：.h]\d{2}(?!\d)', re.IGNORECASE)
_HOUR, _MINUTE = r'(?:[01]?\d|2[0-4])', r'[0-5]\d'
_NUMBER_WORD = 'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve'
_CUE = r'(?:at|by|until|till?|from|since|around|before|after|kl\.?|klockan|@)'
_UNIT = r'(?:%|°|[kcm]?m\b|k?g\b|m?l\b|s\b|secs?\b|min|kg|cm|mm|hours?\b|points?\b|pounds?\b|euros?\b)'

_TIMES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf'(?<![\d:：.,£$€]){_HOUR}\s?[ap]\.?m\b\.?',
        rf'(?<![\d:：.,£$€]){_HOUR}[:：.]{_MINUTE}\s?(?:[ap]\.?m\b\.?|uhr\b)',
        rf'(?<![\d:：.,£$€]){_HOUR}[:：]{_MINUTE}(?::{_MINUTE})?(?!\d|[:：.,]\d)',
        rf'(?<![\d:：.,£$€\w]){_HOUR}\s?h\s?{_MINUTE}(?!\d|[.,]\d)',
        rf'(?<![\d:：.,£$€])(?:0\d|1\d|2[0-3])\.{_MINUTE}\s?[-–—]\s?(?:0\d|1\d|2[0-3])\.{_MINUTE}(?!\d|[.,]\d|\s?{_UNIT})',
        rf'(?<![\d:：.,£$€])0\d\.{_MINUTE}(?!\d|[.,]\d|\s?{_UNIT})',
        rf'(?<!\w){_CUE}\s?({_HOUR}\.{_MINUTE})(?!\d|[.,]\d|\s?{_UNIT})',
        rf'^\s*((?:[7-9]|1[0-7])\.{_MINUTE})(?!\d|[.,]\d|\s?{_UNIT})(?=\s)',
        rf'(?<!\w)(?:at|by|from|since|until|kl\.?|klockan)\s(0\d{_MINUTE})\b',
        rf'\b[01]\d{_MINUTE}\s?hrs\b',
        rf'(?<!\w)(?:kl\.?|klockan)\s?{_HOUR}(?!\d|[.:]\d)',
        rf'\b(?:\d{{1,2}}|{_NUMBER_WORD})\s?o[’\'‘]?\s?clock\b',
        r'\b(?:half|quarter|five|ten|twenty|twenty[- ]five|\d{1,2})(?:\s(?:minutes|min))?\spast\s'
        rf'(?:\d{{1,2}}|{_NUMBER_WORD})\b',
        rf'\bquarter\sto\s(?:\d{{1,2}}|{_NUMBER_WORD})\b',
    )
]  # fmt: skip

#: “ratio 12:18”, “scale 1:50”, “John 3:16”: a colon of the subject, not of a clock.
_NO_CLOCK_BEFORE = re.compile(
    r'\b(?:ratios?|scale|simplif\w+|odds|verses?|chapter|genesis|exodus|psalms?|matthew|mark|luke|john|acts|romans'
    r'|corinthians|surah|qur[’\']?an)\b[^.;!?\d]{0,20}(?:\d+:\d+[\s,]*(?:and|or|to|=|→)?\s*)*$',
    re.IGNORECASE,
)


#: Part of every clock time: what has none of these is not looked at closely. The first board of a process asks about
#: four hundred cards at once, and the patterns above take half a millisecond a card.
_MAY_HOLD_A_TIME = re.compile(r'\d\s?[ap]\.?m|\d[:：.]\d|\d\s?h\s?\d|0\d{3}|hrs|kl|past|clock|quarter', re.IGNORECASE)


def _clock_times(text: str) -> list[re.Match[str]]:
    if not _MAY_HOLD_A_TIME.search(text):
        return []
    matches = [match for pattern in _TIMES for match in pattern.finditer(text)]
    return [match for match in matches if not _NO_CLOCK_BEFORE.search(text[: match.start()])]


_ROOM_WORD = r'(?:rooms?|rm\.?|lab|laboratory|classroom|studio)'


@lru_cache(maxsize=2_000)
def _room(label: str) -> re.Pattern[str]:
    """Finds the label; its group 1 is what to take out.

    A bare number or letter is a room only after “room”; “S2” only after “room” or “in”, since students are S1, S2, ….
    """
    spelled = r'[\s-]?'.join(re.escape(part) for part in re.split(r'[\s-]+', label))
    if re.fullmatch(r'\d+|\w', label):
        return re.compile(rf'\b({_ROOM_WORD}\s?{spelled})(?!\w|[.,:]\d)', re.IGNORECASE)
    if re.fullmatch(r's\d{1,2}', label, re.IGNORECASE):
        return re.compile(rf'\b(?:{_ROOM_WORD}|in|outside)\s({spelled})(?!\w|[’\']s)', re.IGNORECASE)
    letters_digits = re.fullmatch(r'([^\W\d]+)(\d+)', label)
    if letters_digits:
        letters, digits = letters_digits.groups()
        return re.compile(rf'(?<!\w)((?i:{letters})-?{digits}|{letters.upper()}\s{digits})(?!\w)')
    return re.compile(rf'(?<!\w)({spelled})(?!\w)', re.IGNORECASE)


#: Display names that say a role or a form of address, and parts of names that are no name by themselves.
_NO_NAMES_LISTED = """
    a adult af al anonymous assistant av bin class coach da das de del deputy der des di do dos dr du el guest
    guests head headteacher host la le leader lecturer miss mr mrs ms mx observer observers principal prof professor
    pupil san school sir st student students t ta teacher teachers ten ter the van visitor von y
"""

#: First names that are everyday words too: found only when written with a capital.
_EVERYDAY_LISTED = """
    amber art bay bill bob brook buck carol chance chase christian clay cliff crystal dale dawn dean dell dot drew
    earl eve faith fern finn flora forest frank gale gene glen grace grant guy harmony hazel heath heather holly
    hope hunter iris ivy jack jade jasmine jay jean jewel joy june ken kit lance lee les lily mark mason max may
    mercy merry mike miles nick norm olive page pat patience pearl penny pierce poppy ray reed rich rob robin rocky
    rose ruby rusty sage sandy scarlet sky sonny stew sue summer sunny tanner tim trinity van vera victor violet
    wade ward will willow woody young
"""
_NO_NAMES, _EVERYDAY = frozenset(_NO_NAMES_LISTED.split()), frozenset(_EVERYDAY_LISTED.split())


@lru_cache(maxsize=2_000)
def _name(name: str) -> re.Pattern[str]:
    """Finds the whole name and each part of it, also in the possessive; words for a role are no names."""
    parts = [part for part in re.split(r'[\s,.]+', name) if len(part) > 1 and not part.isdigit()]
    wanted = [part for part in parts if part.casefold() not in _NO_NAMES]
    spelled = [r'[\s.]+'.join(map(re.escape, parts))] if len(wanted) > 1 else []
    spelled += [_name_part(part) for part in wanted]
    return re.compile(rf'(?<!\w)(?:{"|".join(spelled)})(?!\w)' if spelled else r'(?!)')


def _name_part(part: str) -> str:
    everyday = part.casefold() in _EVERYDAY or len(part) < 4
    if not everyday:
        return rf'(?i:{re.escape(part)})'
    return rf'{re.escape(part[0].upper())}(?i:{re.escape(part[1:])})'
