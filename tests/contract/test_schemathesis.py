"""Thousands of invented requests: nothing that our APIs or the registries of the world answer leaves their contract."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from dichterbij_world import serve
from dichterbij_world.registries import claims, kadaster, plain
from dichterbij_world.registries.brp_fields import allowed
from dichterbij_world.registries.brp_queries import QUERY_TYPES
from dichterbij_world.store import World

pytestmark = pytest.mark.slow
EXAMPLES = "60"


@pytest.fixture(scope="module")
def address(world: World) -> Iterator[str]:
    """The registries of the world over HTTP."""
    server = serve.server(world, port=0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def run(document: Path, url: str, *options: str) -> None:
    """Let schemathesis try an API; fails with what it found."""
    command = [str(Path(sys.executable).with_name("schemathesis")), "run", str(document), "--url", url]
    command += ["--max-examples", EXAMPLES, "--seed", "1", "--no-color", *options]
    done = subprocess.run(command, capture_output=True, text=True, cwd=document.parent, timeout=300, check=False)
    assert done.returncode == 0, done.stdout[-6_000:] + done.stderr[-2_000:]


@pytest.mark.parametrize("name", [*plain.CONTRACTS, *kadaster.MAKERS, *claims.BODIES])
def test_nothing_is_found_in_a_registry_of_the_world(name: str, address: str, tmp_path: Path) -> None:
    file = tmp_path / "openapi.json"
    file.write_bytes(httpx.get(f"{address}/{name}/openapi.json").content)
    run(file, f"{address}/{name}", "--header", "X-API-KEY: demonstration")


def test_nothing_is_found_in_the_population_register(address: str, shared: Path, tmp_path: Path) -> None:
    published = yaml.safe_load((shared / "standards/haal-centraal-brp/openapi-2.7.0.yaml").read_text(encoding="utf-8"))
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps(_answerable(published)), encoding="utf-8")
    run(file, f"{address}/brp", "--header", "X-API-KEY: demonstration")


def _answerable(published: dict[str, Any]) -> dict[str, Any]:
    """Return the contract with what its generator must know: which types and fields there are, and nothing besides.

    The published steps give texts with `:`, `[` and `]` and an `instance` that is a path, which the schema itself does
    not allow (see `registries.problems`); of some parameters it does not say that they are texts.
    """
    schemas = published["components"]["schemas"]
    fault = schemas["Foutbericht"]["properties"]
    fault["detail"]["pattern"] = r"^[a-zA-Z0-9À-ž \.\-\(\),:\[\]]{1,200}$"
    fault["instance"].pop("format")
    schemas["InvalidParam"]["properties"]["name"]["pattern"] = r"^[a-zA-Z0-9\._\[\]]{1,40}$"
    content = published["paths"]["/personen"]["post"]["requestBody"]
    content["required"] = True
    content["content"] = {"application/json": {"schema": {"oneOf": [_kind(schemas, name) for name in QUERY_TYPES]}}}
    published["paths"]["/personen"]["post"]["responses"]["405"] = {"$ref": "#/components/responses/400"}
    return published


def _kind(schemas: dict[str, Any], name: str) -> dict[str, Any]:
    own, asked = schemas[name], QUERY_TYPES[name]
    parts = [_referred(schemas, part)["properties"] for part in own["allOf"]]
    properties = {key: _typed(schemas, value) for part in parts for key, value in part.items()}
    fields = {"type": "array", "items": {"enum": sorted(allowed(asked.kind))}, "minItems": 1, "maxItems": 130}
    return {
        "type": "object",
        "required": ["type", "fields", *own["required"]],
        "properties": {**properties, "type": {"const": name}, "fields": fields},
        "additionalProperties": False,
    }


def _typed(schemas: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    return {"type": "string", **_referred(schemas, value)}


def _referred(schemas: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    return schemas[value["$ref"].rpartition("/")[2]] if "$ref" in value else value
