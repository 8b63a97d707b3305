"""Requests are counted under the name of their route, never under an address that could say something of somebody."""

from prometheus_client import REGISTRY, generate_latest


def counted(route: str, status: int) -> float:
    return REGISTRY.get_sample_value("dichterbij_requests_total", {"route": route, "status": str(status)}) or 0


def test_a_request_is_counted_under_its_route(client):
    before = counted("live", 200)
    client.get("/-/live?bsn=999993653")
    assert counted("live", 200) == before + 1


def test_an_address_that_is_nobodys_is_counted_without_saying_which(client, db):
    before = counted("none", 404)
    client.get("/nergens/999993653")
    assert counted("none", 404) == before + 1
    assert b"999993653" not in generate_latest()
