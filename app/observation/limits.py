"""Wrong codes are counted per address; right ones never, because a school is one address."""

import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from app.errors import TooMany
from app.texts import _

_A_MINUTE = RateLimitItemPerMinute(20)


class WrongCodes:
    """One for the process; forgets after a minute."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def count(self, address: str) -> None:
        """A wrong code came from here; raises `TooMany`, with the seconds to wait, when there were too many."""
        if self._limiter.hit(_A_MINUTE, 'code', address):
            return
        reset = self._limiter.get_window_stats(_A_MINUTE, 'code', address).reset_time
        seconds = max(1, round(reset - time.time()) + 1)
        sentence = _('There have been many wrong codes. Wait {n} seconds, then read the code from the card once more.')
        raise TooMany(sentence.format(n=seconds), retry_after=seconds)
