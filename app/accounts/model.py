"""Who asks: facilitators with an account, and the sessions and tokens that stand for them."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Account:
    """A facilitator. `email` is lower case and unique in the instance; `passphrase` is an argon2id hash."""

    id: str
    email: str
    name: str
    school: str
    passphrase: str
    created_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class Session:
    """One signed-in browser. `id` is the hash of the token in its cookie.

    `account` is empty for somebody who only looks at the sample round; then `only_round` names that round.
    """

    id: str
    account: str
    created_at: dt.datetime
    expires_at: dt.datetime
    only_round: str = ''


@dataclass(frozen=True, kw_only=True)
class Facilitator:
    """Somebody who asks, as services know them: made by `AccountService.who` alone, checked anew at every call.

    `account`, `school` and `name` are empty for the account-free look at the sample round (`only_round`).
    """

    session: str
    account: str
    school: str
    name: str
    only_round: str = ''
