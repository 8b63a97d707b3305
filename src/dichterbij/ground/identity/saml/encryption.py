"""Opening what an identity provider encrypted for us: an identity, or a whole assertion. Pure.

Sources: XML Encryption 1.1 (W3C 2013) sections 5.2 and 5.5; eID SAML 4.4 section 9.3: AES-256 under a key that goes by
RSA-OAEP, never by the older padding. What is not authenticated itself (CBC) is only opened within a signature.
"""

import base64
import binascii
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, SHA384, SHA512, HashAlgorithm
from lxml import etree

from .checks import AnswerRefused, ensure, only
from .names import DS, XENC, XENC11, NotXml, all_in, parsed, text_of

SIZES = {f"{XENC11}aes128-gcm": 16, f"{XENC11}aes256-gcm": 32, f"{XENC}aes256-cbc": 32}
AUTHENTICATED = frozenset({f"{XENC11}aes128-gcm", f"{XENC11}aes256-gcm"})
DIGESTS: Mapping[str, type[HashAlgorithm]] = {
    "": SHA1,
    f"{DS}sha1": SHA1,
    f"{XENC}sha256": SHA256,
    f"{XENC}sha512": SHA512,
}
MASKS: Mapping[str, type[HashAlgorithm]] = {
    "": SHA1,
    f"{XENC11}mgf1sha1": SHA1,
    f"{XENC11}mgf1sha256": SHA256,
    f"{XENC11}mgf1sha384": SHA384,
    f"{XENC11}mgf1sha512": SHA512,
}
BLOCK = 16
NONCE = 12


def is_for(encrypted: etree._Element, recipient: str) -> bool:
    """Say whether one of the keys of something encrypted is meant for somebody; a key for nobody is for all."""
    return bool(_keys(encrypted, recipient))


def opened(encrypted: etree._Element, key: RSAPrivateKey, recipient: str, *, is_signed: bool) -> etree._Element:
    """Return the one element that stands encrypted in another; raises `AnswerRefused`, always for the same reason.

    `recipient`: our own name, to find the key that is for us; `is_signed`: whether a signature covered the encryption.
    """
    check = etree.QName(encrypted).localname
    data = only(encrypted, "xenc:EncryptedData")
    method = only(data, "xenc:EncryptionMethod").get("Algorithm", "")
    ensure(method in (SIZES if is_signed else AUTHENTICATED), f"{check} method")
    ensure(len(all_in(encrypted, ".//xenc:EncryptedData")) == 1, check)
    for each in _keys(encrypted, recipient):
        try:
            secret = key.decrypt(_cipher(each), _padding(each))
            return _element(_plain(method, secret, _cipher(data)), encrypted.nsmap)
        except (ValueError, InvalidTag, NotXml, binascii.Error):
            continue
    raise AnswerRefused(check)


def _keys(encrypted: etree._Element, recipient: str) -> list[etree._Element]:
    """Return the keys for somebody, inside what is encrypted or beside it (SAML core, section 2.2.4)."""
    beside = all_in(encrypted, "xenc:EncryptedKey")
    inside = all_in(encrypted, "xenc:EncryptedData/ds:KeyInfo/xenc:EncryptedKey")
    return [each for each in (*inside, *beside) if each.get("Recipient", recipient) == recipient]


def _padding(key: etree._Element) -> OAEP:
    """Return how a key goes; only by OAEP."""
    method = only(key, "xenc:EncryptionMethod")
    name = method.get("Algorithm")
    ensure(name in (f"{XENC}rsa-oaep-mgf1p", f"{XENC11}rsa-oaep"), "EncryptedKey method")
    ensure(not all_in(method, "xenc:OAEPparams"), "EncryptedKey method")
    digest = _named(method, "ds:DigestMethod", DIGESTS)
    mask = _named(method, "xenc11:MGF", MASKS) if name == f"{XENC11}rsa-oaep" else SHA1
    return OAEP(mgf=MGF1(mask()), algorithm=digest(), label=None)


def _named(method: etree._Element, path: str, known: Mapping[str, type[HashAlgorithm]]) -> type[HashAlgorithm]:
    said = next((each.get("Algorithm", "") for each in all_in(method, path)), "")
    ensure(said in known, "EncryptedKey method")
    return known[said]


def _cipher(element: etree._Element) -> bytes:
    return base64.b64decode("".join(text_of(only(element, "xenc:CipherData/xenc:CipherValue")).split()), validate=True)


def _plain(method: str, secret: bytes, sealed: bytes) -> bytes:
    if len(secret) != SIZES[method]:
        raise ValueError
    if method in AUTHENTICATED:
        return AESGCM(secret).decrypt(sealed[:NONCE], sealed[NONCE:], None)
    turning = Cipher(AES(secret), CBC(sealed[:BLOCK])).decryptor()
    padded = turning.update(sealed[BLOCK:]) + turning.finalize()
    filled = padded[-1] if padded else 0
    if not 1 <= filled <= BLOCK:
        raise ValueError
    return padded[:-filled]


def _element(plain: bytes, names: Mapping[str | None, str]) -> etree._Element:
    """Return an element that was cut out of a document, with the short names of namespaces that it used there."""
    said = " ".join(f"xmlns{':' + short if short else ''}={quoteattr(name)}" for short, name in names.items())
    whole = parsed(b"<x %s>%s</x>" % (said.encode(), plain))
    inside = list(whole)
    if len(inside) != 1:
        raise NotXml
    return inside[0]
