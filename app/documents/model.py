"""Documents that were released: they stay as they were."""

import datetime as dt
from dataclasses import dataclass

from app.documents.outcome import Outcome


@dataclass(frozen=True, kw_only=True)
class Version:
    """A document that the school released, to the byte; `id` is its number. Nothing changes it, the purge neither."""

    id: str
    at: dt.datetime
    outcome: Outcome
    pdf: str  #: as base64

    @property
    def number(self) -> int:
        """1 for the first."""
        return self.outcome.version


@dataclass(frozen=True, kw_only=True)
class Released:
    """The outcome as it was when the round was purged: it outlives what it was counted from."""

    id: str
    at: dt.datetime
    outcome: Outcome
