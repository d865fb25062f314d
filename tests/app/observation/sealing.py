"""Seals notes as a phone does: the other end of `app/observation/rescued.py`, written from its description."""

import base64
import hashlib
import hmac
import json
import zlib


def sealed(token: str, notes: object, *, nonce: bytes = b'twelve bytes', packed: bool = True) -> str:
    """A packet with these notes, from the phone that has this token."""
    round_id, _dot, secret = token.partition('.')
    device = hashlib.sha256(secret.encode()).hexdigest()
    key = _mac(device.encode(), b'rounds rescued notes')
    plain = json.dumps({'notes': notes}).encode()
    if packed:
        packing = zlib.compressobj(9, zlib.DEFLATED, -15)
        plain = packing.compress(plain) + packing.flush()
    mask = b''.join(_mac(_mac(key, b'hide'), nonce + n.to_bytes(4, 'big')) for n in range(len(plain) // 32 + 1))
    hidden = bytes(letter ^ other for letter, other in zip(plain, mask, strict=False))
    head = bytes([1, int(packed), len(round_id)]) + round_id.encode() + _mac(key, b'who')[:8] + nonce
    signed = head + hidden
    return base64.urlsafe_b64encode(signed + _mac(_mac(key, b'sign'), signed)[:16]).decode().rstrip('=')


def _mac(key: bytes, text: bytes) -> bytes:
    return hmac.digest(key, text, 'sha256')
