"""Keys of organisations: files outside the database, one folder per organisation, used only through this module.

Five keys each: `seal` (AES-256-GCM, nobody reads what is kept), `hash` (HMAC-SHA-256, pseudonyms that nobody
can reverse by trying all numbers), `sign` (Ed25519, proof of who said it), `exchange` (X25519, what others encrypt
to it) and `years-YEAR` (HMAC-SHA-256, pseudonyms that differ per year, from that year on). A file appears whole or not
at all. Only the last is ever replaced: by the key of a later year, from which the keys of earlier years do not follow.
"""

import hmac
import os
import secrets
from datetime import date
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Oin

from .domain import KeyMissing, SealBroken

NAMES = ("seal", "hash", "sign")
EXCHANGE = "exchange"
YEARS, DESTROYED = "years-", ".destroyed"
LENGTH = 32
NONCE = 12
VERSION = b"\x01"


def make(oin: Oin) -> None:
    """Make the keys of an organisation that it does not have yet."""
    folder = _folder(oin)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in (*NAMES, EXCHANGE):
        _create(folder / f"{name}.key", secrets.token_bytes(LENGTH))
    if not _years(oin):
        _create(folder / f"{YEARS}{clock.today().year}.key", secrets.token_bytes(LENGTH))


def complete(oin: Oin) -> bool:
    """Make the key of years of an organisation that was set up before there was one; says whether it did.

    One that was lost looks the same: `restore` names whose keys must be put back first.
    """
    is_older = all((_folder(oin) / f"{name}.key").is_file() for name in NAMES) and not _years(oin)
    if is_older:
        make(oin)
    return is_older


def present(oin: Oin) -> bool:
    """Say whether the keys that keep and prove what is stored of an organisation are on this machine."""
    return all((_folder(oin) / f"{name}.key").is_file() for name in NAMES) and bool(_years(oin))


def seal(oin: Oin, content: bytes, *, purpose: str) -> bytes:
    """Return bytes that only this organisation can open, and only for this purpose."""
    nonce = secrets.token_bytes(NONCE)
    sealed = AESGCM(_key(oin, "seal")).encrypt(nonce, content, _bound_to(oin, purpose))
    return VERSION + nonce + sealed


def open_sealed(oin: Oin, sealed: bytes, *, purpose: str) -> bytes:
    """Return what was sealed; raises `SealBroken` when it was changed or sealed for something else."""
    if sealed[:1] != VERSION:
        raise SealBroken("Onbekende vorm.")
    nonce, rest = sealed[1 : 1 + NONCE], sealed[1 + NONCE :]
    try:
        return AESGCM(_key(oin, "seal")).decrypt(nonce, rest, _bound_to(oin, purpose))
    except InvalidTag:
        raise SealBroken("De inhoud is veranderd of hoort bij iets anders.") from None


def keyed_hash(oin: Oin, purpose: str, text: str) -> str:
    """Return a pseudonym: 64 hexadecimal digits, the same for the same text, useless without the key."""
    return hmac.digest(_key(oin, "hash"), f"{purpose}\0{text}".encode(), "sha256").hex()


def first_year(oin: Oin) -> int:
    """Return the first year whose key is here, as it was within this second; raises `KeyMissing`."""
    return _first_year(str(settings.STATE), oin.value, int(clock.machine_time().timestamp()))


def hash_of_year(oin: Oin, year: int, purpose: str, text: str) -> str:
    """Return a pseudonym as `keyed_hash` does, that nobody can match with those of another year.

    Before the first year whose key is here (a clock that was set back): as in that year.
    """
    key = _key_of_year(str(settings.STATE), oin.value, first_year(oin), year)
    return hmac.digest(key, f"{purpose}\0{text}".encode(), "sha256").hex()


def destroy_before(oin: Oin, year: int) -> None:
    """Destroy the keys of earlier years: their pseudonyms belong to nobody from now on. Killed halfway: call again.

    The day is written down first, and counts once no earlier key is left.
    """
    folder, first = _folder(oin), first_year(oin)
    if first >= year:
        return
    _create(folder / f"{YEARS}{year}.key", _key_of_year(str(settings.STATE), oin.value, first, year))
    written = folder / f"{YEARS}{year}{DESTROYED}"
    written.unlink(missing_ok=True)
    _create(written, clock.today().isoformat().encode())
    for earlier in (found for found in _years(oin) if found < year):
        (folder / f"{YEARS}{earlier}.key").unlink()
    _first_year.cache_clear()


def destroyed(oin: Oin) -> tuple[int, date] | None:
    """Return before which year the keys were destroyed, and on which day; None when none were."""
    first = min(_years(oin), default=0)
    written = {int(path.stem.removeprefix(YEARS)): path for path in _folder(oin).glob(f"{YEARS}*{DESTROYED}")}
    year = max((each for each in written if each <= first), default=None)
    return (year, date.fromisoformat(written[year].read_text())) if year else None


def sign(oin: Oin, content: bytes, *, purpose: str) -> bytes:
    """Return the organisation's signature (64 bytes) under content for a purpose."""
    return Ed25519PrivateKey.from_private_bytes(_key(oin, "sign")).sign(_bound_to(oin, purpose) + content)


def public_key(oin: Oin) -> bytes:
    """Return the key (32 bytes) with which anybody can check the organisation's signatures."""
    return Ed25519PrivateKey.from_private_bytes(_key(oin, "sign")).public_key().public_bytes_raw()


def private_key(oin: Oin, name: str) -> bytes:
    """Return a private key (32 bytes) for a token of this organisation; raises `KeyMissing`. Only `tokens` asks.

    An organisation that was set up before there was an exchange key gets it now.
    """
    if name == EXCHANGE and present(oin):
        _create(_folder(oin) / f"{name}.key", secrets.token_bytes(LENGTH))
    return _key(oin, name)


def is_signed(oin: Oin, content: bytes, signature: bytes, *, purpose: str, key: bytes | None = None) -> bool:
    """Say whether the organisation signed this content for this purpose. `key`: its public key, if elsewhere."""
    public = Ed25519PublicKey.from_public_bytes(key or public_key(oin))
    try:
        public.verify(signature, _bound_to(oin, purpose) + content)
    except InvalidSignature:
        return False
    return True


def _bound_to(oin: Oin, purpose: str) -> bytes:
    return f"dichterbij\0{oin}\0{purpose}\0".encode()


def _years(oin: Oin) -> list[int]:
    """Return the years of the keys of years: one, or two when somebody was killed while destroying."""
    try:
        found = [path.name for path in _folder(oin).iterdir()]
    except FileNotFoundError:
        return []
    return [int(name[len(YEARS) : -len(".key")]) for name in found if name.startswith(YEARS) and name.endswith(".key")]


@lru_cache(maxsize=256)
def _first_year(state: str, oin: str, second: int) -> int:  # noqa: ARG001 looked at once a second, for every line asks
    found = _years(Oin(oin))
    if not found:
        raise KeyMissing(f"Sleutel per jaar van organisatie {oin} is er niet.")
    return min(found)


@lru_cache(maxsize=1024)
def _key_of_year(state: str, oin: str, first: int, year: int) -> bytes:
    """Return the key of a year: each follows from the one before, and never the other way."""
    key = _read(state, oin, f"{YEARS}{first}")
    for _ in range(first, year):
        key = hmac.digest(key, b"the key of the next year", "sha256")
    return key


def _folder(oin: Oin) -> Path:
    return Path(settings.STATE) / "keys" / oin.value


def _key(oin: Oin, name: str) -> bytes:
    return _read(str(settings.STATE), oin.value, name)


@lru_cache(maxsize=256)
def _read(state: str, oin: str, name: str) -> bytes:
    path = Path(state) / "keys" / oin / f"{name}.key"
    try:
        key = path.read_bytes()
    except OSError:
        raise KeyMissing(f"Sleutel {path.stem} van organisatie {path.parent.name} is er niet.") from None
    if len(key) != LENGTH:
        raise KeyMissing(f"Sleutel {path.stem} van organisatie {path.parent.name} is beschadigd.")
    return key


def _create(path: Path, content: bytes) -> None:
    """Write a file that appears whole or not at all; a file that is there already stays."""
    if path.exists():
        return
    whole = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(whole, path)
    except FileExistsError:
        pass  # another process was first; its key is the key
    finally:
        whole.unlink()
    _persist(path.parent)


def _persist(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
