"""The operator's file of means: read whole, or refused with the place and the reason."""

from pathlib import Path

import pytest
import yaml
from django.core.exceptions import ImproperlyConfigured

from dichterbij.ground.identity import means
from dichterbij.ground.identity.configuration import load
from dichterbij.ground.identity.domain import IdentifierType
from dichterbij.ground.identity.openid import means as openid
from dichterbij.kernel.levels import Level
from dichterbij.web import security

ENTRY = {
    "id": "digid",
    "name": "DigiD",
    "audience": "citizen",
    "issuer": "https://broker.example",
    "client_id": "dichterbij",
    "client_key": "/etc/dichterbij/digid.pem",
    "address": "https://mijn.example/",
    "identifier_types": ["BSN"],
    "levels": {"http://eidas.europa.eu/LoA/low": "low"},
}


def _file(folder: Path, content: object) -> Path:
    path = folder / "means.yaml"
    path.write_text(content if isinstance(content, str) else yaml.safe_dump(content))
    return path


def test_an_entry_becomes_a_provider_with_a_return_address_of_its_own(tmp_path: Path):
    (found,) = load(_file(tmp_path, [ENTRY]))
    assert found.redirect_uri == "https://mijn.example/login/oidc/digid"
    assert found.identifier_types == {IdentifierType.BSN}
    assert found.levels == {"http://eidas.europa.eu/LoA/low": Level.LOW}


@pytest.mark.parametrize(
    ("audience", "may_say", "represents", "read"),
    [
        ("citizen", ["BSN"], [], "Voor wie een burgerservicenummer heeft."),
        ("citizen", ["EIDAS", "BSN"], [], "een ander land in Europa"),
        ("citizen", ["PSEUDONYM"], ["KVK"], "Voor uw eigen zaken werkt dit niet."),
        ("citizen", ["PSEUDONYM"], [], "U kunt er niets mee aanvragen."),
        ("staff", ["EMPLOYEE", "BSN"], [], "Voor wie bij een organisatie werkt."),
    ],
)
def test_a_new_entry_says_for_whom_it_is_without_code(tmp_path, monkeypatch, audience, may_say, represents, read):
    monkeypatch.setattr(means, "_means", {})
    monkeypatch.setattr(security, "form_targets", set())
    entry = ENTRY | {"audience": audience, "identifier_types": may_say, "represents": represents}
    openid.register(*load(_file(tmp_path, [entry])))
    assert read in means.for_whom(means.named("digid"))


SAML = {name: value for name, value in ENTRY.items() if name != "issuer"} | {
    "protocol": "saml",
    "client_certificate": "/etc/dichterbij/digid.crt",
    "metadata": "/etc/dichterbij/routing-service.xml",
}
SERVICES = {"low": "00000000-0000-4000-8000-000000000001", "substantial": "00000000-0000-4000-8000-000000000002"}


def test_a_routing_service_is_asked_for_the_service_of_a_level(tmp_path: Path):
    (found,) = load(_file(tmp_path, [SAML | {"routing": {"services": SERVICES, "place": 1, "preselected": ["urn:x"]}}]))
    assert found.routing.service_for(Level.LOW) == (5, SERVICES["low"])
    assert found.routing.service_for(Level.HIGH) == (6, SERVICES["substantial"])
    assert (found.routing.preselected, found.routing.provider) == (("urn:x",), None)


PROVIDER = {"id": "urn:x", "key": "/x.key", "certificate": "/x.crt"}
WRONG = {
    "routing without services": [SAML | {"routing": {}}],
    "routing with a service that is no UUID": [SAML | {"routing": {"services": {"low": "digid"}}}],
    "routing with something unknown": [SAML | {"routing": {"services": SERVICES, "audience": "x"}}],
    "routing with one name instead of a list": [SAML | {"routing": {"services": SERVICES, "preselected": "urn:x"}}],
    "routing by number for another": [
        SAML | {"routing": {"services": SERVICES, "by_index": True, "provider": PROVIDER}}
    ],
    "routing by another protocol": [ENTRY | {"routing": {"services": SERVICES}}],
    "no list": ENTRY,
    "no yaml": "- [",
    "no entry": ["digid"],
    "unknown field": [ENTRY | {"secret": "x"}],
    "missing field": [{name: value for name, value in ENTRY.items() if name != "levels"}],
    "no https": [ENTRY | {"issuer": "http://broker.example"}],
    "no address": [ENTRY | {"address": "mijn.example"}],
    "unknown audience": [ENTRY | {"audience": "everybody"}],
    "unknown level": [ENTRY | {"levels": {"x": "very high"}}],
    "unknown number": [ENTRY | {"identifier_types": ["EMAIL"]}],
    "levels as a list": [ENTRY | {"levels": ["low"]}],
}


@pytest.mark.parametrize("content", WRONG.values(), ids=WRONG.keys())
def test_a_file_with_something_wrong_is_refused(tmp_path: Path, content: object):
    with pytest.raises(ImproperlyConfigured, match=r"means\.yaml"):
        load(_file(tmp_path, content))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(ImproperlyConfigured):
        load(tmp_path / "means.yaml")
