"""The other machine: what it offers, which keys it signs with, and the exchange of a code for a token.

Nothing is asked of it while this instance starts; what it said is remembered for an hour, and its keys are asked for
again, at most once a minute, when a token names a key that is not among them.
"""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import TypeVar

import httpx
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

from dichterbij.kernel import clock

from ..configuration import Provider
from ..domain import AssertionRefused
from ..fetching import Fetched, fetch
from ..refusals import MeansUnavailable
from .tokens import KeyUnknown

REMEMBERED = timedelta(hours=1)
KEYS_AGAIN_AFTER = timedelta(minutes=1)
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a provider publishes about itself (OpenID Connect Discovery 1.0). Addresses are empty when not offered.

    `names_itself`: its answers say who gave them (RFC 9207); `takes_claims`: one can say what a token must hold.
    """

    authorization: str
    token: str
    keys: str
    end_session: str
    names_itself: bool
    takes_claims: bool


class Peer:
    """The connection with one provider; one per means and process."""

    def __init__(self, provider: Provider, http: httpx.Client | None = None) -> None:
        """Remember whom to talk to; `http` is given by tests."""
        self.provider = provider
        self._http = http or httpx.Client(follow_redirects=False)
        self._lock = Lock()
        self._offer: tuple[datetime, Offer] | None = None
        self._keys: tuple[datetime, KeySet] | None = None
        self._asked_again_at: datetime | None = None

    def offer(self) -> Offer:
        """Return what the provider offers; raises `MeansUnavailable`."""
        with self._lock:
            if self._offer is None or clock.machine_time() - self._offer[0] > REMEMBERED:
                self._offer = (clock.machine_time(), self._discovered())
            return self._offer[1]

    def believed(self, read: Callable[[KeySet], T]) -> T:
        """Return what `read` makes of a token with the provider's keys; fetch them again for an unknown key."""
        try:
            return read(self._known_keys())
        except KeyUnknown:
            return read(self._keys_again())

    def token_for(self, code: str, verifier: str) -> str:
        """Return the ID token for a code; raises `AssertionRefused` when the provider does not accept the code."""
        provider = self.provider
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": provider.redirect_uri,
            "code_verifier": verifier,
            "client_id": provider.client_id,
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": self._client_assertion(),
        }
        answer = fetch(self._http, "POST", self.offer().token, data=form)
        if 400 <= answer.status < 500:
            raise AssertionRefused("De inlogdienst herkent deze inlog niet.", remedy="Begin opnieuw met inloggen.")
        token = _read(answer).get("id_token")
        if not isinstance(token, str):
            raise MeansUnavailable
        return token

    def public_keys(self) -> dict[str, object]:
        """Return the public key of this instance, for the provider to check who asks (a JWK set)."""
        return dict(KeySet([self._own_key()]).as_dict(private=False))

    def _discovered(self) -> Offer:
        issuer = self.provider.issuer
        said = _read(fetch(self._http, "GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration"))
        addresses = [said.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
        if said.get("issuer") != issuer or not all(isinstance(address, str) for address in addresses):
            raise MeansUnavailable
        return Offer(
            authorization=str(addresses[0]),
            token=str(addresses[1]),
            keys=str(addresses[2]),
            end_session=str(said.get("end_session_endpoint") or ""),
            names_itself=said.get("authorization_response_iss_parameter_supported") is True,
            takes_claims=said.get("claims_parameter_supported") is True,
        )

    def _keys_again(self) -> KeySet:
        """Return the keys as they are published now, unless they were asked for again less than a minute ago."""
        now = clock.machine_time()
        with self._lock:
            if self._asked_again_at is None or now - self._asked_again_at > KEYS_AGAIN_AFTER:
                self._asked_again_at, self._keys = now, None
        return self._known_keys()

    def _known_keys(self) -> KeySet:
        address = self.offer().keys
        with self._lock:
            if self._keys is None or clock.machine_time() - self._keys[0] > REMEMBERED:
                self._keys = (clock.machine_time(), self._published_keys(address))
            return self._keys[1]

    def _published_keys(self, address: str) -> KeySet:
        try:
            return KeySet.import_key_set(_read(fetch(self._http, "GET", address)))  # type: ignore[arg-type]
        except (ValueError, KeyError, TypeError):
            raise MeansUnavailable from None

    def _client_assertion(self) -> str:
        key, now = self._own_key(), int(clock.machine_time().timestamp())
        algorithm = "ES256" if isinstance(key, ECKey) else "PS256"
        claims = {
            "iss": self.provider.client_id,
            "sub": self.provider.client_id,
            "aud": self.provider.issuer,
            "jti": secrets.token_urlsafe(16),
            "iat": now,
            "exp": now + 60,
        }
        return jwt.encode({"alg": algorithm, "kid": key.kid or ""}, claims, key)

    def _own_key(self) -> ECKey | RSAKey:
        pem = self.provider.client_key.read_bytes()
        is_rsa = isinstance(load_pem_private_key(pem, password=None), RSAPrivateKey)
        key = RSAKey.import_key(pem) if is_rsa else ECKey.import_key(pem)
        key.ensure_kid()
        return key


def _read(answer: Fetched) -> dict[str, object]:
    try:
        said = json.loads(answer.content) if answer.status == 200 else None
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise MeansUnavailable
    return said
