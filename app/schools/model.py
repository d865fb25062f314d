"""Networks and the schools in them."""

import datetime as dt
from dataclasses import dataclass, field

from app.pdf.sizes import Paper


@dataclass(frozen=True, kw_only=True)
class NetworkWords:
    """Words and phrases of a network: what the language coach asks about beside its own, and what it leaves alone."""

    flag: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Network:
    """Schools that visit one another."""

    id: str
    name: str
    words: NetworkWords = field(default_factory=NetworkWords)


@dataclass(frozen=True, kw_only=True)
class School:
    """A school of the network; bell times are in its IANA `timezone`."""

    id: str
    network: str
    name: str
    timezone: str
    paper: Paper = Paper.A4  #: what its rounds are printed on; a round keeps the one that it was planned with


@dataclass(frozen=True, kw_only=True)
class Logo:
    """A school's picture for the cover of its documents, under the school's id: a small PNG, as base64."""

    id: str
    png: str


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """A link for one facilitator, used once, good for seven days; `id` is the hash of its secret.

    `school` is the school the new facilitator belongs to; empty means: of a school not in the network yet.
    """

    id: str
    school: str
    invited_by: str
    created_at: dt.datetime
    expires_at: dt.datetime
    used_at: dt.datetime | None = None
