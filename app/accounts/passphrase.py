"""Passphrases: what makes one good enough, and how it rests on disk (argon2id, never in the event loop)."""

import asyncio
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from secrets import choice

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.errors import BadInput
from app.texts import _

LEAST = 12
MOST = 200
_LEAST_DIFFERENT = 5

#: MiB of one hash, as RFC 9106 proposes where memory is scarce.
MEMORY = 64
#: Each hash takes its memory and a core: two at a time leave the rest of the machine to the phones.
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix='passphrase')
#: The hash of nothing that anybody knows: an unknown e-mail takes as long as a wrong passphrase.
_NOBODYS = '$argon2id$v=19$m={memory},t=3,p=4$OK0UwSEyJ/fFh7QL7dO6eg$4Eo22JPsuaDQe74aJ9OprwXXqpfLYDfrhSQ2EAHu00w'
#: Easy to read aloud and to type: for a passphrase that the server makes.
_SYLLABLES = tuple(a + b for a in 'bdfghklmnprstvwz' for b in 'aeiou')


def check(passphrase: str, *, not_like: tuple[str, ...] = ()) -> str:
    """The passphrase as it is hashed (NFC). Raises `BadInput` with a sentence that helps to find a better one."""
    plain = unicodedata.normalize('NFC', passphrase)
    if len(plain) < LEAST:
        sentence = _('This passphrase is too short: it needs {n} characters. Four words that you remember are enough.')
        raise BadInput(sentence.format(n=LEAST), field='passphrase')
    if len(plain) > MOST:
        raise BadInput(_('A passphrase may have {n} characters at most.').format(n=MOST), field='passphrase')
    known = {part.casefold().strip() for part in not_like}
    if len(set(plain.casefold())) < _LEAST_DIFFERENT or plain.casefold().strip() in known:
        sentence = _('This passphrase is easy to guess. Better: four words that have nothing to do with one another.')
        raise BadInput(sentence, field='passphrase')
    return plain


class Hashes:
    """Slow on purpose; in a thread, and never inside a work. `memory`: MiB that one hash takes."""

    def __init__(self, memory: int = MEMORY) -> None:
        self._hasher = PasswordHasher(memory_cost=memory * 1024)
        self._nobodys = _NOBODYS.format(memory=memory * 1024)

    async def hash_of(self, passphrase: str) -> str:
        """What is kept of a passphrase."""
        return await asyncio.get_running_loop().run_in_executor(_threads, self._hasher.hash, passphrase)

    async def fits(self, passphrase: str, kept: str | None) -> bool:
        """Whether it is the one that `kept` was made of; as slow when there is nothing to compare with (None)."""
        plain = unicodedata.normalize('NFC', passphrase)[: MOST + 1]
        answer = await asyncio.get_running_loop().run_in_executor(_threads, self._verify, plain, kept or self._nobodys)
        return answer and kept is not None

    def _verify(self, plain: str, kept: str) -> bool:
        try:
            return self._hasher.verify(kept, plain)
        except (VerificationError, InvalidHashError):
            return False


def made_up() -> str:
    """A passphrase for somebody who has lost theirs: four made-up words, about 75 bits, read aloud with ease."""
    return '-'.join(''.join(choice(_SYLLABLES) for _number in range(3)) for _word in range(4))
