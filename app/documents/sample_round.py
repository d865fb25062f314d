"""The sample round: written for this project, of today, in any stage with what a round would hold then."""

import base64
import datetime as dt
import hashlib
from pathlib import Path
from zoneinfo import ZoneInfo

from app.rounds.stages import Stage

from .round_file import read_round_file
from .whole_round import Document, Documents

TIMEZONE = 'Europe/London'  #: of the sample where nobody has set up a school yet
_FILE = Path(__file__).parent / 'sample' / 'sample-round.json'

#: How many of a hundred cards are sorted when analysis is shown.
SORTED = 60


def sample_round_bytes() -> bytes:
    """The file, as it is read by `rounds import`."""
    return _FILE.read_bytes()


def sample_documents(stage: Stage, now: dt.datetime, timezone: str) -> Documents:
    """The sample on the day of `now`, as it would be in `stage`, under the file's names."""
    whole = read_round_file(sample_round_bytes(), timezone=timezone, now=now).documents
    today = now.astimezone(ZoneInfo(timezone))
    [plan] = whole['plans']
    later = today.date() - dt.date.fromisoformat(plan['date'])
    closed_at = now.isoformat() if stage is Stage.CLOSED else None
    whole['plans'] = [
        {**plan, 'date': today.date().isoformat(), 'stage': stage.value, 'sample': True, 'closed_at': closed_at}
    ]
    whole['notes'] = [_moved(note, later) for note in whole['notes']]
    whole['theories'] = [_looked_at_later(theory, later) for theory in whole['theories']]
    return _as_in(stage, whole, today)


def lot(*parts: str) -> bytes:
    """Bytes that look drawn by lot and are the same for the same sample: a second look finds the same round."""
    return hashlib.sha256(':'.join(parts).encode()).digest()


def sample_id(round_id: str, kind: str, key: str) -> str:
    """The id of a part of the sample in this round."""
    return base64.urlsafe_b64encode(lot(round_id, kind, key))[:22].decode()


def _as_in(stage: Stage, whole: Documents, now: dt.datetime) -> Documents:
    """What is not there yet in this stage is taken out."""
    if stage is Stage.PLANNED:
        whole['observers'] = whole['notes'] = []
    if stage is Stage.OPEN:
        whole['notes'] = _written_so_far(whole['notes'], now)
    if stage.place < Stage.SCREENING.place:
        whole['cards'] = []
        whole['notes'] = [{**note, 'chosen': False} for note in whole['notes']]
    whole['cards'] = [_card_as_in(stage, card) for card in whole['cards']]
    for name, begun in _BEGUN_IN.items():
        if stage.place <= begun.place:
            whole[name] = whole[name][::2] if stage is begun else []
    if stage.place < Stage.ANALYSIS.place:
        whole['patterns'] = []
    return whole


#: In these stages half of it is there: enough to see, and some left to do.
_BEGUN_IN = {
    'predictions': Stage.PREDICTION,
    'theories': Stage.THEORIES,
    'next_steps': Stage.NEXT_LEVEL,
}


def _card_as_in(stage: Stage, card: Document) -> Document:
    drawn = lot('card', card['id'])
    card = {**card, 'place': int.from_bytes(drawn[:6])}
    if stage is Stage.SCREENING:
        return {**card, 'state': 'chosen', 'reason': '', 'pattern': ''}
    if stage.place < Stage.ANALYSIS.place or (stage is Stage.ANALYSIS and drawn[6] * 100 >= SORTED * 256):
        return {**card, 'pattern': ''}
    return card


def _written_so_far(notes: list[Document], now: dt.datetime) -> list[Document]:
    """Notes up to this minute; all of them when the visits of the sample's day are not on at the moment."""
    so_far = [note for note in notes if dt.datetime.fromisoformat(note['written_at']) <= now]
    return so_far or notes


def _moved(note: Document, later: dt.timedelta) -> Document:
    moved = {field: dt.datetime.fromisoformat(note[field]) + later for field in ('written_at', 'received_at')}
    return {**note, **{field: moment.isoformat() for field, moment in moved.items()}}


def _looked_at_later(theory: Document, later: dt.timedelta) -> Document:
    look_again = theory['look_again'] and dt.date.fromisoformat(theory['look_again']) + later
    return {**theory, 'look_again': look_again.isoformat() if look_again else None}
