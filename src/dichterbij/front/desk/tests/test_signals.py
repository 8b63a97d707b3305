"""What the law left to workers: told to who keeps the rule, and in numbers to everybody, never about whom."""

import pytest

from dichterbij.delivery.cases import models

from .talking import read

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
PENSION, FACT = "nabestaandenuitkering", "overlijden_was_te_verwachten"
ABOUT = {"product": PENSION, "fact": FACT}


@pytest.fixture
def judged(log_in, apply):
    """A decision with a judgement that was made known."""
    case, first, second = apply("widow", PENSION), log_in("svb_handler"), log_in("svb_jurist")
    for worker in (first, second):
        worker.post(f"/desk/cases/{case.id}", {"kind": "handle"})
    reason = "Mevrouw Hazelkamp kon dit niet weten."
    first.post(f"/desk/cases/{case.id}/decision", {FACT: "no", f"{FACT}_reason": reason, "ground": "situation"})
    decision = models.Decision.objects.get(case=case.id)
    second.post(f"/desk/cases/{case.id}/second-worker", {"decision": str(decision.id), "agree": "1"})
    assert models.Signal.objects.count() == 0, "nothing is told before it is made known"
    first.post(f"/desk/cases/{case.id}/publication")
    return second


def test_who_keeps_the_rule_hears_of_it_without_a_word_about_the_person_and_writes_what_was_done(judged):
    assert "1 nieuw signaal over een regel" in read(judged.get("/desk"))
    page = read(judged.get("/rule-signals"))
    assert "De regel past niet bij deze situatie" in page
    assert "minder dan 10" in page
    assert "Hazelkamp" not in page.partition("<main")[2]
    assert judged.post("/rule-signals", {**ABOUT, "text": " "}).status_code == 422
    assert judged.post("/rule-signals", {**ABOUT, "text": "Gemeld bij het ministerie."}).status_code == 302
    assert "Gemeld bij het ministerie." in read(judged.get("/rule-signals"))
    assert "nieuw signaal" not in read(judged.get("/desk"))
    assert judged.post("/rule-signals", {**ABOUT, "text": "Nog eens."}).status_code == 409


def test_everybody_reads_the_number_and_a_small_one_is_hidden(judged, client, log_in):
    assert "minder dan 10" in read(client.get("/judged"))
    row = models.Signal.objects.get()
    models.Signal.objects.bulk_create(
        models.Signal(organisation=row.organisation, product=PENSION, fact=FACT, ground="usual", known_on=row.known_on)
        for _ in range(41)
    )
    assert "<td>42</td>" in read(client.get("/judged"))
    assert "42 keer geoordeeld" in read(judged.get("/rule-signals"))
    assert "nabestaandenuitkering" not in read(log_in("duo_jurist").get("/rule-signals")).lower()
    assert log_in("svb_handler").get("/rule-signals").status_code == 403
