"""What whoever starts the server reads: where phones find it."""

import socket
import sys

from app.rounds.join_codes import qr_terminal
from app.settings import Settings
from app.texts import _


def phone_addresses(settings: Settings) -> list[str]:
    """Addresses under which a phone on the same network can open the app, the public one first."""
    own = [settings.host] if settings.host not in ('0.0.0.0', '::') else _own_addresses()
    local = [f'{settings.scheme}://{host}:{settings.port}' for host in own]
    return [settings.address, *local] if settings.address else local


def welcome(settings: Settings, setup_code: str) -> str:
    """The lines that `rounds serve` prints; with the set-up code on the first start."""
    lines = [_('Rounds is running. Its data are in {folder}.').format(folder=settings.data.resolve()), '']
    for address in phone_addresses(settings):
        lines += [address, qr_terminal(f'{address}/c/', colours=sys.stdout.isatty()), '']
    lines.append(_('On this computer: {address}').format(address=f'{settings.scheme}://127.0.0.1:{settings.port}'))
    if not settings.address:
        lines.append(_('Set ROUNDS_ADDRESS to the address that phones use; before that no code is printed.'))
    if setup_code:
        lines += [
            '',
            _('First start: open {address} and type the set-up code {code}.').format(
                address=f'{settings.scheme}://127.0.0.1:{settings.port}/set-up', code=setup_code
            ),
        ]
    return '\n'.join(lines)


def _own_addresses() -> list[str]:
    """This machine's address in its network, found without sending anything; loopback where it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(('192.0.2.1', 9))  # a documentation address: a datagram socket only looks up the route
        except OSError:
            return ['127.0.0.1']
        return [probe.getsockname()[0]]
