"""The time zones that a school can be in."""

import zoneinfo
from functools import cache

_REGIONS = frozenset(
    ('Africa', 'America', 'Antarctica', 'Arctic', 'Asia', 'Atlantic', 'Australia', 'Europe', 'Indian', 'Pacific')
)


@cache
def timezones() -> tuple[str, ...]:
    """IANA names in their order, without the historical ones that stand outside a region."""
    names = (name for name in zoneinfo.available_timezones() if name.partition('/')[0] in _REGIONS)
    return (*sorted(names), 'UTC')
