"""Documents that were released: they stay as they were."""

import datetime as dt
from dataclasses import dataclass

from app.documents.outcome import Outcome


@dataclass(frozen=True, kw_only=True)
class Released:
    """The outcome document as it was at that moment; the last one outlives what it was counted from."""

    id: str
    at: dt.datetime
    outcome: Outcome
