"""Encrypting as an identity provider does: a name, an assertion, for one key or for several."""

import base64
import os

from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.hashes import SHA1

from dichterbij.ground.identity.saml.names import DS, SAML, XENC, XENC11

from .answering import US, signer

GCM, CBC_METHOD, OAEP = f"{XENC11}aes256-gcm", f"{XENC}aes256-cbc", f"{XENC}rsa-oaep-mgf1p"


def _public(name: str) -> RSAPublicKey:
    return signer(name).key.public_key()


def _key(secret: bytes, name: str, recipient: str, transport: str) -> str:
    usual = SHA1()  # noqa: S303 what the standard means when nothing is said
    scheme = padding.OAEP(mgf=padding.MGF1(usual), algorithm=usual, label=None)
    wrapped = _public(name).encrypt(secret, padding.PKCS1v15() if transport.endswith("rsa-1_5") else scheme)
    return (
        f'<xenc:EncryptedKey Recipient="{recipient}"><xenc:EncryptionMethod Algorithm="{transport}"/>'
        f"<xenc:CipherData><xenc:CipherValue>{base64.b64encode(wrapped).decode()}</xenc:CipherValue>"
        "</xenc:CipherData></xenc:EncryptedKey>"
    )


def _sealed(text: bytes, secret: bytes, method: str) -> bytes:
    if method == CBC_METHOD:
        start, filled = os.urandom(16), 16 - len(text) % 16
        turning = Cipher(AES(secret), CBC(start)).encryptor()
        return start + turning.update(text + bytes([filled] * filled)) + turning.finalize()
    start = os.urandom(12)
    return start + AESGCM(secret).encrypt(start, text, None)


def encrypted(
    text: str,
    kind: str = "EncryptedID",
    *,
    method: str = GCM,
    transport: str = OAEP,
    by: tuple[tuple[str, str], ...] = (("us", US),),
) -> str:
    """Return a text encrypted for each of `by`: whose key, and the name that stands beside it."""
    secret = os.urandom(32)
    keys = "".join(_key(secret, name, recipient, transport) for name, recipient in by)
    value = base64.b64encode(_sealed(text.encode(), secret, method)).decode()
    return (
        f'<saml:{kind} xmlns:saml="{SAML}" xmlns:xenc="{XENC}" xmlns:ds="{DS}"><xenc:EncryptedData>'
        f'<xenc:EncryptionMethod Algorithm="{method}"/><ds:KeyInfo>{keys}</ds:KeyInfo><xenc:CipherData>'
        f"<xenc:CipherValue>{value}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData></saml:{kind}>"
    )
