"""Sealing with the process's own secret: for what only this process needs to read again.

XChaCha20-Poly1305 by libsodium (PyNaCl), a version byte first; the purpose is authenticated.
"""

import hashlib
import hmac
from collections.abc import Sequence
from contextlib import suppress

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError
from nacl.utils import random

_VERSION = b"\x01"


class Unreadable(ValueError):
    """Not sealed by this process for this purpose, or changed since."""


def seal(plain: bytes, *, secret: bytes, purpose: str) -> bytes:
    """Version byte, 24 random bytes, ciphertext."""
    nonce = random(24)
    aad = _VERSION + purpose.encode()
    return _VERSION + nonce + crypto_aead_xchacha20poly1305_ietf_encrypt(plain, aad, nonce, derived(secret, purpose))


def unseal(sealed: bytes, *, secret: bytes, purpose: str, older: Sequence[bytes] = ()) -> bytes:
    """Opens with the secret, or with one that was in use before it. Raises Unreadable."""
    for one in (secret, *older):
        with suppress(CryptoError, Unreadable):
            return _open(sealed, one, purpose)
    raise Unreadable("not sealed here")


def _open(sealed: bytes, secret: bytes, purpose: str) -> bytes:
    if sealed[:1] != _VERSION or len(sealed) < 41:
        raise Unreadable("not sealed here")
    nonce, rest = sealed[1:25], sealed[25:]
    return crypto_aead_xchacha20poly1305_ietf_decrypt(rest, _VERSION + purpose.encode(), nonce, derived(secret, purpose))


def derived(secret: bytes, purpose: str) -> bytes:
    """32 bytes for one purpose (keyed BLAKE2b), so that no key serves two."""
    return hashlib.blake2b(purpose.encode(), key=hashlib.blake2b(secret, digest_size=64).digest(), digest_size=32).digest()


def keyed_hash(value: str, *, secret: bytes, purpose: str) -> str:
    """64 hex digits: the same value gives the same hash, and nobody without the secret can test a guess."""
    return hmac.new(derived(secret, purpose), value.encode(), "sha256").hexdigest()


def token_hash(token: str) -> str:
    """What is stored of a random token of at least 128 bits: 64 hex digits. At that length no slow hash is needed."""
    return hashlib.blake2b(token.encode(), digest_size=32, person=b"varn-token").hexdigest()
