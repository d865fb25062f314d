"""What time it is at the host school: bells are local, and a server in UTC has to show the right *now*."""

import datetime as dt
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_date

from app.errors import BadInput
from app.texts import _, language

from .model import Round


def now_at(planned: Round) -> dt.datetime:
    """Now, in the time zone of the round's host school."""
    return now_in(planned.timezone)


def now_in(timezone: str) -> dt.datetime:
    """Now, in an IANA time zone; a name that this server does not know reads as UTC, so that a page still opens."""
    try:
        return dt.datetime.now(ZoneInfo(timezone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return dt.datetime.now(dt.UTC)


def local(moment: dt.datetime, timezone: str) -> dt.datetime:
    """`moment` as clocks in this time zone show it; an unknown zone reads as UTC."""
    try:
        return moment.astimezone(ZoneInfo(timezone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return moment.astimezone(dt.UTC)


def zone(name: str) -> str:
    """The name of an IANA time zone; raises `BadInput` when there is none of this name."""
    try:
        return ZoneInfo(name.strip()).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        sentence = _('“{name}” is no time zone. It has to read like Europe/London or Australia/Melbourne.')
        raise BadInput(sentence.format(name=name.strip()[:60])) from error


def day_in_words(date: dt.date) -> str:
    """‘Friday 27 November 2026’, in the language of whoever is asking."""
    return format_date(date, _('EEEE d MMMM y'), locale=language.get())


def is_past(date: dt.date, timezone: str) -> bool:
    """Whether the day is over at the host school."""
    return date < now_in(timezone).date()
