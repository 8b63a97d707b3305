"""Logging in and out by a routing service in a real browser, without JavaScript; it keeps to the policy of the page."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import yaml
from playwright.sync_api import Browser

from dichterbij.ground.identity import configuration
from dichterbij.ground.identity.saml.peer import own_of
from dichterbij.ground.identity.saml.routing import metadata
from dichterbij_world.states import press_means
from tests.contract.test_saml_provider import make_key
from tests.operation.product import Product, free_port, product

from .site import NARROW, WIDE
from .test_states import _problems as problems

pytestmark = pytest.mark.browser

PEER = Path(__file__).parents[1] / "peers" / "saml" / "routing.py"
US = "urn:nl-eid-gdi:1.0:DV:00000009999999999001:entities:9001"
SERVICE = "00000000-0000-4000-8000-000000000001"
SUBSTANTIAL = "http://eidas.europa.eu/LoA/substantial"


def _entry(folder: Path, address: str) -> dict[str, object]:
    return {
        "id": "routing",
        "name": "DigiD",
        "protocol": "saml",
        "audience": "citizen",
        "client_id": US,
        "client_key": str(folder / "ours.key"),
        "client_certificate": str(folder / "ours.crt"),
        "metadata": str(folder / "rd.xml"),
        "trusted": str(folder / "rd.crt"),
        "address": address,
        "identifier_types": ["BSN"],
        "levels": {SUBSTANTIAL: "substantial"},
        "routing": {"services": {"substantial": SERVICE}},
    }


@pytest.fixture
def running(tmp_path: Path) -> Iterator[tuple[Product, str, str]]:
    """A routing service and an instance that knows each other, both from files as an operator has them."""
    for name in ("ours", "rd"):
        make_key(tmp_path, name)
    port, other, here = free_port(), free_port(), free_port()
    address = f"http://127.0.0.1:{here}"
    means = tmp_path / "means.yaml"
    means.write_text(yaml.safe_dump([_entry(tmp_path, address)]))
    (service,) = configuration.load(means, insecure=True)
    assert isinstance(service, configuration.Service)
    (tmp_path / "of-us.xml").write_bytes(metadata([service], own_of(service), own_of(service)))
    given = {"port": port, "artifacts": other, "folder": str(tmp_path), "client": "ours.crt", "evil": "999990019"}
    python = Path(sys.prefix) / "saml-peer" / "bin" / "python"
    command = [python, PEER, json.dumps(given | {"services": [SERVICE]})]
    peer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert peer.stdout is not None and peer.stdout.readline().strip() == "ready"
        with product(tmp_path / "state", extra={"DICHTERBIJ_MEANS": str(means)}) as made:
            made.start(port=here)
            yield made, address, f"http://127.0.0.1:{port}"
    finally:
        peer.kill()
        peer.communicate()


def test_somebody_logs_in_and_out_by_a_posted_form(running: tuple[Product, str, str], browser: Browser) -> None:
    made, address, there = running
    told = {"level": SUBSTANTIAL, "acting": [["legacy-BSN", "999990007"]], "represents": []}
    httpx.post(f"{there}/control", content=json.dumps(told)).raise_for_status()
    context = browser.new_context(base_url=address, java_script_enabled=False, locale="nl-NL", viewport=WIDE)
    page = context.new_page()
    page.goto("/login?next=/applications")
    press_means(page, "routing")
    assert "/login/onward" in page.url
    assert "127.0.0.1" in page.locator("main").inner_text()
    assert not _at_both_widths(browser, context.storage_state(), page.url)
    page.get_by_role("button", name="Ga naar de inlogdienst").click()
    page.wait_for_url("**/applications")
    page.goto("/logout")
    page.locator("main").get_by_role("button", name="Uitloggen", exact=True).click()
    page.get_by_role("button", name="Ook daar uitloggen").click()
    page.locator("button, input[type=submit]").first.click()  # of the other side
    page.wait_for_url("**/logout")
    assert "unsure" not in page.url
    assert "U bent uitgelogd" in page.locator("h1").inner_text()
    assert "routing: to mend" in made_means(made)
    context.close()


def _at_both_widths(browser: Browser, cookies: object, address: str) -> list[str]:
    """Return what is not accessible of the page that leads away; the tools need JavaScript, the page does not."""
    context = browser.new_context(storage_state=cookies, locale="nl-NL")
    page = context.new_page()
    page.goto(address)
    found: list[str] = []
    for width in (WIDE, NARROW):
        page.set_viewport_size(width)
        found += problems(page, width["width"])
    context.close()
    return found


def made_means(made: Product) -> str:
    """Return what an operator reads before going live: these certificates are of nobody."""
    command = [str(Path(sys.executable).with_name("dichterbij")), "means"]
    return subprocess.run(command, env=made.environment, capture_output=True, text=True, check=False).stdout
