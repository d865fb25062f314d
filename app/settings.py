"""What whoever runs the server can set, from the environment; each is described in the README."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.errors import BadInput
from app.texts import _

LONGEST_ADDRESS = 60 - len('/c/99#ABCDEF')  # a printed address has at most 60 characters


@dataclass(frozen=True, kw_only=True)
class Settings:
    """One instance. Made by `from_environment`; tests make their own."""

    data: Path = Path('data')
    host: str = '0.0.0.0'
    port: int = 8080
    address: str = ''  #: public address that phones open, without a slash at its end; empty: not set yet
    setup_code: str = ''  #: asked for at the first start; empty: one is made and printed
    session_days: int = 14
    passphrase_memory: int = 64  #: MiB that the hash of one passphrase takes
    proxies: tuple[str, ...] = ()  #: addresses of reverse proxies whose X-Forwarded-For is believed
    tls_cert: Path | None = None  #: file with the certificate and its chain, PEM; the app then speaks https itself
    tls_key: Path | None = None  #: file with its private key, PEM

    @property
    def secure(self) -> bool:
        """Whether phones reach this instance over https, so that cookies are marked Secure."""
        return self.address.startswith('https://') or self.tls_cert is not None

    @property
    def scheme(self) -> str:
        """How the app itself is spoken to, whatever stands before it."""
        return 'https' if self.tls_cert else 'http'


def from_environment(environment: Mapping[str, str] = os.environ, **given: object | None) -> Settings:
    """Settings from `ROUNDS_…` variables; what is in `given` (from the command line) wins where it is not None.

    Raises `BadInput` that names the variable or the option when one cannot be read.
    """
    values: dict[str, object] = {}
    for name, read in _READERS.items():
        variable, option = f'ROUNDS_{name.upper()}', given.get(name)
        text = environment.get(variable, '').strip() if option is None else str(option)
        if text:
            try:
                values[name] = read(text)
            except ValueError as error:
                where = variable if option is None else '--' + name.replace('_', '-')
                sentence = _('{name} is “{text}”: {why}')
                raise BadInput(sentence.format(name=where, text=text, why=error)) from error
    return Settings(**values)  # type: ignore[arg-type]


def _address(text: str) -> str:
    address = text.rstrip('/')
    if not address.startswith(('http://', 'https://')):
        raise ValueError(_('it has to begin with https:// (or http:// inside a school’s network).'))
    if len(address) > LONGEST_ADDRESS:
        raise ValueError(
            _('it may have {n} characters at most, so that a door’s QR code stays coarse.').format(n=LONGEST_ADDRESS)
        )
    return address


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = int(text) if text.isdigit() else least - 1
        if not least <= number <= most:
            raise ValueError(_('it has to be a whole number from {least} to {most}.').format(least=least, most=most))
        return number

    return read


_READERS: dict[str, Callable[[str], object]] = {
    'data': Path,
    'host': str,
    'port': _whole(1, 65535),
    'address': _address,
    'setup_code': str,
    'session_days': _whole(1, 90),
    'passphrase_memory': _whole(19, 1024),  # OWASP asks for 19 at least
    'tls_cert': Path,
    'tls_key': Path,
    'proxies': lambda text: tuple(part.strip() for part in text.split(',') if part.strip()),
}
