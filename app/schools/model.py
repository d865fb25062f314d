"""Networks and the schools in them."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Network:
    """Schools that visit one another."""

    id: str
    name: str


@dataclass(frozen=True, kw_only=True)
class School:
    """A school of the network; bell times are in its IANA `timezone`."""

    id: str
    network: str
    name: str
    timezone: str


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
