"""Tokens between organisations: signed (JWS, RFC 7515) by one, encrypted (JWE, RFC 7516) to one.

The keys of an organisation that lives here are its own files; of one elsewhere they are the public keys in its file,
which two operators give each other. Ed25519 signs (RFC 9864), X25519 agrees on a key (RFC 8037), AES-256-GCM encrypts.
"""

import base64
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from joserfc import jwe, jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.problems import InvalidIdentifier

from . import keys, queries
from .domain import TokenRefused, UnknownOrganisation

LONGEST = 8_000
"""Characters of a token; a longer one is refused before anything is computed."""

SIGNING = "Ed25519"
AGREEMENT, CIPHER = "ECDH-ES", "A256GCM"


def sign(oin: Oin, claims: Mapping[str, object], *, kind: str) -> str:
    """Return claims signed by an organisation that lives here. `kind`: what the token is for; it is signed too."""
    header = {"alg": SIGNING, "typ": kind, "kid": oin.value}
    content = json.dumps(claims, separators=(",", ":")).encode()
    return jws.serialize_compact(header, content, _signing_key(oin), algorithms=[SIGNING])


def signed_by(token: str, *, kind: str) -> tuple[Oin, Mapping[str, Any]]:
    """Return who signed a token of this kind, and what it claims; raises `TokenRefused`."""
    _require_short(token)
    try:
        found = jws.extract_compact(token.encode("ascii"))
        header = found.headers()
        signer = Oin(str(header.get("kid", "")))
        is_signed = jws.validate_compact(found, _public_key(signer, "sign"), algorithms=[SIGNING])
        claims = json.loads(found.payload)
    except (JoseError, InvalidIdentifier, ValueError, TypeError):
        raise TokenRefused from None
    if not is_signed or header.get("typ") != kind or not isinstance(claims, dict):
        raise TokenRefused
    return signer, claims


def encrypt(oin: Oin, content: bytes) -> str:
    """Return content that only this organisation can read, wherever it lives; raises `TokenRefused` without its key."""
    header = {"alg": AGREEMENT, "enc": CIPHER, "kid": oin.value}
    return jwe.encrypt_compact(header, content, _public_key(oin, "exchange"), algorithms=[AGREEMENT, CIPHER])


def decrypt(oin: Oin, token: str) -> bytes:
    """Return what was encrypted to an organisation that lives here; raises `TokenRefused`."""
    _require_short(token)
    try:
        found = jwe.decrypt_compact(token.encode("ascii"), _exchange_key(oin), algorithms=[AGREEMENT, CIPHER])
    except (JoseError, ValueError, TypeError):
        raise TokenRefused from None
    return found.plaintext or b""


def public_keys(oin: Oin) -> Mapping[str, str]:
    """Return the public keys of an organisation that lives here, as another instance writes them in its file."""
    signing = Ed25519PrivateKey.from_private_bytes(keys.private_key(oin, "sign")).public_key()
    exchange = X25519PrivateKey.from_private_bytes(keys.private_key(oin, "exchange")).public_key()
    return {"sign": _text(signing.public_bytes_raw()), "exchange": _text(exchange.public_bytes_raw())}


def _public_key(oin: Oin, name: str) -> OKPKey:
    try:
        pinned = queries.organisation(oin).public_keys.get(name)
    except UnknownOrganisation:
        raise TokenRefused("Deze afzender kennen we niet.") from None
    if pinned is None and not keys.present(oin):
        raise TokenRefused("Van deze organisatie hebben we geen sleutel.")
    return _imported(name, pinned or public_keys(oin)[name])


@lru_cache(maxsize=256)
def _imported(name: str, text: str) -> OKPKey:
    form = Ed25519PublicKey if name == "sign" else X25519PublicKey
    return OKPKey.import_key(form.from_public_bytes(base64.urlsafe_b64decode(f"{text}=")))


def _signing_key(oin: Oin) -> OKPKey:
    return OKPKey.import_key(Ed25519PrivateKey.from_private_bytes(keys.private_key(oin, "sign")))


def _exchange_key(oin: Oin) -> OKPKey:
    return OKPKey.import_key(X25519PrivateKey.from_private_bytes(keys.private_key(oin, "exchange")))


def _require_short(token: str) -> None:
    if len(token) > LONGEST or not token.isascii():
        raise TokenRefused


def _text(key: bytes) -> str:
    return base64.urlsafe_b64encode(key).decode().rstrip("=")
