"""The operator's file of means: read whole, or refused with the place and the reason."""

from pathlib import Path

import pytest
import yaml
from django.core.exceptions import ImproperlyConfigured

from dichterbij.ground.identity.configuration import load
from dichterbij.ground.identity.domain import IdentifierType
from dichterbij.kernel.levels import Level

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


WRONG = {
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
