"""Whose page it is: the operator's for people, a worker's own organisation for a worker."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])


def title(client) -> str:
    body = client.get("/about", follow=True).content.decode()
    return body[body.index("<title>") : body.index("</title>")]


def test_people_and_passers_by_see_the_operator(client, organisations, log_in):
    assert "Gemeente Rotterdam" in title(client)
    assert "Gemeente Rotterdam" in title(log_in("student"))


def test_a_worker_sees_the_organisation_they_work_for(organisations, log_in):
    assert "Dienst Uitvoering Onderwijs" in title(log_in("duo_handler"))
