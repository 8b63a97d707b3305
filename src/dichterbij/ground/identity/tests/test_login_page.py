"""Choosing a means, coming back, and never being sent elsewhere."""

import re

import pytest

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])


def test_a_visitor_chooses_the_test_means_and_comes_back_to_the_page_they_wanted(client, organisations, world):
    page = client.get("/login?next=/logout")
    assert page.status_code == 200
    started = client.post("/login/start", {"means": "test-citizen", "next": "/logout", "level": "substantial"})
    assert started.status_code == 302 and started["Location"].startswith("/test-means/citizen?state=")
    choice = client.get(started["Location"])
    assert "Testmiddel, alleen in de demonstratie" in choice.content.decode()
    state = re.search(r'name="state" value="([^"]+)"', choice.content.decode())[1]
    arrived = client.post("/test-means/citizen", {"person": "student", "level": "test:substantieel", "state": state})
    assert arrived.status_code == 302 and arrived["Location"] == "/logout"
    assert "Mirthe" in client.get("/logout").content.decode()
