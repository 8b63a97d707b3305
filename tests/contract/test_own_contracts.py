"""Our own APIs: the committed contract is what the code says, and keeps the NL API Design Rules (Logius, 2.2).

The rules are those of the published linter (`api-design-rules/spectral-ruleset.yaml`) that can be broken by written or
generated contracts; each check names the rule.
"""

import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

FILES = sorted((Path(__file__).resolve().parents[2] / "src" / "dichterbij").rglob("openapi.json"))
CAMEL = re.compile(r"[a-z][a-z0-9]*([A-Z][a-z0-9]*)*")
SEGMENTS = re.compile(r"(/([a-z0-9-]+|\{[^}]+\}))+(\.json)?")
BODIES = ("post", "put", "patch")


@pytest.mark.slow
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_the_published_linter_finds_no_error(file: Path, shared: Path) -> None:
    linter = Path(__file__).parents[1] / "peers/spectral/node_modules/.bin/spectral"
    if not linter.exists():
        pytest.skip("no linter: npm ci --prefix tests/peers/spectral")
    rules = shared / "standards/api-design-rules/spectral-ruleset.yaml"
    command = [str(linter), "lint", "--ruleset", str(rules), "--fail-severity", "error", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout


@pytest.fixture(params=FILES, ids=lambda file: file.parent.name)
def contract(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Each committed contract."""
    found: dict[str, Any] = json.loads(request.param.read_text(encoding="utf-8"))
    return found


def _operations(contract: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for path, methods in contract["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _properties(contract: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for schema in contract["components"]["schemas"].values():
        yield from schema.get("properties", {}).items()


def test_every_contract_is_what_the_code_says() -> None:
    assert FILES
    call_command("contracts", "--check")


def test_the_contract_says_what_it_is(contract: dict[str, Any]) -> None:
    assert re.fullmatch(r"3(\.\d+){1,2}", contract["openapi"])  # doc-openapi
    assert re.fullmatch(r"\d+\.\d+\.\d+", contract["info"]["version"])  # semver
    assert contract["info"]["contact"].keys() >= {"name", "email", "url"}  # doc-openapi-contact
    major = contract["info"]["version"].partition(".")[0]
    assert all(server["url"].endswith(f"/v{major}") for server in contract["servers"])  # uri-version


def test_addresses_are_plain(contract: dict[str, Any]) -> None:
    for path, method, operation in _operations(contract):
        assert SEGMENTS.fullmatch(path), path  # no-trailing-slash, path-segments-kebab-case
        assert method in {"get", "post", "put", "patch", "delete"}  # http-methods
        for parameter in operation.get("parameters", []):
            assert parameter["in"] != "query" or CAMEL.fullmatch(parameter["name"]), (path, parameter["name"])
            assert parameter["name"].lower() not in {"bsn", "burgerservicenummer"}
    ids = [operation["operationId"] for _, _, operation in _operations(contract)]
    assert len(set(ids)) == len(ids)


def test_answers_carry_the_version_and_errors_are_problems(contract: dict[str, Any]) -> None:
    for path, method, operation in _operations(contract):
        answers = operation["responses"]
        for status, answer in answers.items():
            if status.startswith(("2", "3")):
                assert "API-Version" in answer["headers"], (path, status)  # version-header
            else:
                assert set(answer["content"]) == {"application/problem+json"}, (path, status)  # error-handling
        assert "400" in answers or not (method in BODIES or operation.get("parameters")), path  # invalid-input
    problem = contract["components"]["schemas"]["Problem"]
    assert problem["properties"].keys() >= {"status", "title", "detail"}


def test_names_and_dates_have_one_form(contract: dict[str, Any]) -> None:
    for name in contract["components"]["schemas"]:
        assert re.fullmatch(r"[A-Z][A-Za-z0-9]*", name), name  # schema-camel-case
    for name, described in _properties(contract):
        assert CAMEL.fullmatch(name), name  # property-casing
        formats = {described.get("format"), *(each.get("format") for each in described.get("anyOf", []))}
        assert not formats & {"date-time-local", "time"}, name  # date-time
