"""Where a request comes from, as far as it can be believed: what limits count by."""

import ipaddress
from collections.abc import Mapping


def address_of(peer: str, headers: Mapping[str, str], proxies: tuple[str, ...]) -> str:
    """The network address of whoever asks.

    `peer` is the other end of the connection. `X-Forwarded-For` counts only when that is one of our `proxies`, and
    then the last address that is not a proxy itself: whatever stands before it anybody can make up. Addresses of
    IPv6 count by their /64, since one device has all of those.
    """
    if peer not in proxies:
        return _counted(peer)
    passed = [part.strip() for part in headers.get('x-forwarded-for', '').split(',') if part.strip()]
    return _counted(next((address for address in reversed(passed) if address not in proxies), peer))


def _counted(address: str) -> str:
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(read, ipaddress.IPv6Address):
        if read.ipv4_mapped:
            return str(read.ipv4_mapped)
        return str(ipaddress.ip_network((read, 64), strict=False).network_address)
    return str(read)
