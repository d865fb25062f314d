"""Identifiers, secrets and the short codes that people type."""

import hashlib
import secrets

#: Codes are read aloud and typed from a door: no 0 O 1 I L.
CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
CODE_LENGTH = 6


def new_id() -> str:
    """22 characters of `[A-Za-z0-9_-]`, 128 random bits; never begins with a dash, as an option of a command does."""
    made = secrets.token_urlsafe(16)
    return new_id() if made.startswith('-') else made


def new_secret() -> str:
    """A bearer secret for a cookie, a link or a device; only `hashed` of it is ever stored."""
    return secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """How a secret rests on disk. It has 256 random bits, so a plain hash is enough (passphrases use argon2id)."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_code() -> str:
    """Six characters for a hall, a door or a return; the caller makes sure that it is unique."""
    return ''.join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def read_code(typed: str) -> str:
    """The code that somebody meant: upper case, without spaces and dashes, look-alikes left as they are."""
    return ''.join(character for character in typed.upper() if character.isalnum())[:CODE_LENGTH]
