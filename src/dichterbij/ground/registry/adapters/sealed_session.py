"""A short conversation that only two parties can read: a key agreed for it (X25519), messages sealed with it (AES-GCM).

Both sides use this: who asks (`adapters.claims`) and the invented bodies that answer.
"""

import base64
import json
import secrets
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12


def public(own: X25519PrivateKey) -> str:
    """Return what the other side must know of a key."""
    return _text(own.public_key().public_bytes_raw())


def agreed(own: X25519PrivateKey, other: str, token: str) -> bytes:
    """Return the AES key of a session; raises ValueError for a public key that is none."""
    shared = own.exchange(X25519PublicKey.from_public_bytes(_bytes(other)))
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=token.encode()).derive(shared)


def seal(key: bytes, content: Mapping[str, Any]) -> str:
    """Return a message that only who has the key of the session can read."""
    nonce = secrets.token_bytes(NONCE)
    return _text(nonce + AESGCM(key).encrypt(nonce, json.dumps(content).encode(), None))


def unseal(key: bytes, sealed: str) -> dict[str, Any]:
    """Return the message; raises ValueError when it was not sealed with this key or holds no object."""
    content = _bytes(sealed)
    try:
        found = json.loads(AESGCM(key).decrypt(content[:NONCE], content[NONCE:], None))
    except InvalidTag:
        raise ValueError("sealed with another key") from None
    if not isinstance(found, dict):
        raise ValueError("no object")
    return found


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
