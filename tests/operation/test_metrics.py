"""The metrics have an address of their own, add up over workers, and only the operator reaches them."""

import httpx
import pytest

from .guest import Guest
from .product import free_port, product

pytestmark = pytest.mark.slow


def test_metrics_of_all_workers_stand_at_an_address_of_their_own(tmp_path):
    port = free_port()
    with product(tmp_path, extra={"DICHTERBIJ_METRICS": f"127.0.0.1:{port}"}) as instance:
        server = instance.start(workers=2)
        for _ in range(40):
            httpx.get(f"{server.address}/-/live")
        student = Guest(server.address)
        student.log_in("student")
        page = student.get("/my-data")
        student.press(page, page.form("/my-data"))
        said = httpx.get(f"http://127.0.0.1:{port}/").text
        lines = dict(line.rsplit(" ", 1) for line in said.splitlines() if not line.startswith("#"))
        assert float(lines['dichterbij_requests_total{route="live",status="200"}']) >= 40
        assert lines["dichterbij_outbox_stuck"] == "0.0"
        assert any(name.startswith("dichterbij_registry_reads_total") for name in lines)
        assert "dichterbij_requests" in httpx.get(f"http://127.0.0.1:{port}/login").text, "there is no site there"
        assert httpx.get(f"{server.address}/metrics").status_code == 404
