"""Sending somebody to a provider and back, and the registry of providers of this instance."""

import base64
import hashlib
import json
from functools import partial
from urllib.parse import urlencode

from django.utils.translation import get_language

from dichterbij.ground.organisations import keys, queries
from dichterbij.kernel import clock
from dichterbij.web import security

from .. import means
from ..configuration import Provider
from ..domain import Assertion, AssertionRefused, LoginRequest, Means, enough
from ..refusals import MeansUnavailable
from . import tokens
from .provider import Peer

_peers: dict[str, Peer] = {}


def register(provider: Provider) -> None:
    """Admit a means by OpenID Connect."""
    admit(Peer(provider))


def admit(peer: Peer) -> None:
    """Admit the means of one provider; forms of our pages may lead to it."""
    provider = peer.provider
    means.register(
        Means(
            id=provider.id,
            name=provider.name,
            audience=provider.audience,
            identifier_types=provider.identifier_types,
            levels=provider.levels,
            start=partial(_start, peer),
            end=partial(_end, peer),
            represents=provider.represents,
            represented_in=provider.represented_in,
        )
    )
    security.allow_forms_to(provider.issuer)
    _peers[provider.id] = peer


def peer_of(means_id: str) -> Peer:
    """Return the provider of a means; raises `AssertionRefused` for a means that has none."""
    if means_id not in _peers:
        raise AssertionRefused("Deze manier van inloggen kennen wij niet.")
    return _peers[means_id]


def answered(peer: Peer, asked: LoginRequest, code: str) -> Assertion:
    """Return what the provider asserts in exchange for a code, for the login that this browser asked for."""
    provider = peer.provider
    token = peer.token_for(code, _secret("verifier", asked))
    found = peer.believed(
        lambda keys: tokens.identity(
            token, keys, expected=expected(peer), nonce=_secret("nonce", asked), at=clock.machine_time()
        )
    )
    return Assertion(
        means=provider.id,
        identifiers=found.identifiers,
        level=found.level,
        state=asked.state,
        name=found.name,
        upstream_session=found.session,
        upstream_token=token,
        represents=found.represents,
        represents_name=found.represents_name,
    )


def expected(peer: Peer) -> tokens.Expected:
    """Return for whom and by whom the tokens of a provider are made."""
    provider = peer.provider
    return tokens.Expected(issuer=provider.issuer, client=provider.client_id, represents=bool(provider.represents))


def _start(peer: Peer, asked: LoginRequest) -> str:
    """Return the address at the provider where somebody logs in; raises `MeansUnavailable`.

    `max_age` 0: whoever is at the keyboard shows who they are, also when somebody was still logged in there.
    """
    offer = peer.offer()
    challenge = hashlib.sha256(_secret("verifier", asked).encode()).digest()
    query = {
        "response_type": "code",
        "scope": "openid",
        "client_id": peer.provider.client_id,
        "redirect_uri": peer.provider.redirect_uri,
        "state": asked.state,
        "nonce": _secret("nonce", asked),
        "code_challenge": base64.urlsafe_b64encode(challenge).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
        "max_age": "0",
        "ui_locales": get_language() or "nl",
        **_wanted(peer.provider, offer.takes_claims, enough(peer.provider.levels, asked.level)),
    }
    return _with(offer.authorization, query)


def _wanted(provider: Provider, takes_claims: bool, levels: list[str]) -> dict[str, str]:
    """Return what the answer must say: the level as a demand, or as a wish to a provider that takes no demands."""
    if not takes_claims:
        return {"acr_values": " ".join(levels)}
    also = {"represents": None} if provider.represents else {}
    claims = {"acr": {"essential": True, "values": levels}, "sub_id_type": None, "alt_sub": None, "name": None, **also}
    return {"claims": json.dumps({"id_token": claims})}


def _end(peer: Peer, token: str) -> str:
    """Return the address where the provider ends its session too; empty when it offers none or does not answer."""
    query = {
        "client_id": peer.provider.client_id,
        "id_token_hint": token,
        "post_logout_redirect_uri": peer.provider.after_logout,
    }
    try:
        address = peer.offer().end_session
    except MeansUnavailable:
        return ""
    return _with(address, query) if address else ""


def _with(address: str, query: dict[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"


def _secret(purpose: str, asked: LoginRequest) -> str:
    """Return the secret of one login (64 hexadecimal digits): made of its `state`, so that nothing more is kept."""
    return keys.keyed_hash(queries.operator().oin, f"identity.openid.{purpose}", asked.state)
