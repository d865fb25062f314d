"""How often something may be tried: per account, so that nobody guesses, and per address, so that nobody floods."""

import time

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from app.errors import TooMany
from app.texts import ngettext

#: Set-up codes and invitations are long; this only keeps the noise down.
_SECRETS_A_MINUTE = 20


class Tries:
    """Counts tries in this process; a restart forgets them.

    A person who mistypes has `per_account` tries in a quarter of an hour; a school behind one address `per_address`.
    """

    def __init__(self, *, per_account: int = 10, per_address: int = 60) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._account = RateLimitItemPerMinute(per_account, 15)
        self._address = RateLimitItemPerMinute(per_address, 15)
        self._secret = RateLimitItemPerMinute(_SECRETS_A_MINUTE)

    def sign_in(self, email: str, address: str) -> None:
        """Count a try for this account from this address; raises `TooMany`, which says how long to wait."""
        self._take(self._address, 'address', address)
        self._take(self._account, 'account', email)

    def was_right(self, email: str) -> None:
        """Give the account its tries back."""
        self._limiter.clear(self._account, 'account', email)

    def secret(self, what: str, address: str) -> None:
        """Count a set-up code or invitation that is tried from this address; raises `TooMany`."""
        self._take(self._secret, what, address)

    def _take(self, limit: RateLimitItem, *whose: str) -> None:
        if not self._limiter.hit(limit, *whose):
            reset = self._limiter.get_window_stats(limit, *whose).reset_time
            seconds = max(1, round(reset - time.time()) + 1)
            raise TooMany(_too_many(-(-seconds // 60)), retry_after=seconds)


def _too_many(minutes: int) -> str:
    return ngettext(
        'That was tried too often. Please wait a minute and try again.',
        'That was tried too often. Please wait {n} minutes and try again.',
        minutes,
    ).format(n=minutes)
