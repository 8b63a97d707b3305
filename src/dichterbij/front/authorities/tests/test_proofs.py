"""A proof on paper: anybody can check it, nobody can guess it, and it is void the moment the authority ends."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from dichterbij.ground.authority.models import Mandate, Proof, RegisteredAuthority
from dichterbij.ground.authority.tests.said import Register
from dichterbij.ground.identity.domain import Login
from dichterbij.ground.identity.tests.clients import sign_in_client
from dichterbij.ground.registry import adapters
from dichterbij.kernel import clock
from dichterbij.kernel.levels import Level

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
ALL = {"scope": "all", "last_day_day": "31", "last_day_month": "12", "last_day_year": "2026"}


@pytest.fixture
def people(organisations, persona):
    """Return a function that logs one of the world in, in a browser of their own."""

    def log_in(name: str) -> tuple[Client, Login]:
        client = Client()
        return client, sign_in_client(client, persona(name), Level.SUBSTANTIAL, name=f"{name.title()} Verzonnen")

    return log_in


@pytest.fixture
def proven(people):
    """Let the student hold a proof that they may act for the widow; return both browsers and the code."""
    (widow, represented), (student, _login) = people("widow"), people("student")
    shown = widow.get(widow.post("/authorities/give", ALL)["Location"]).content.decode()
    code = re.findall(r"<strong>((?:[A-Z0-9]{4} ?){3})</strong>", shown)[0]
    student.post("/authorities", {"code": code, "answer": "yes"})
    form = {"person": str(represented.party), "mandate": str(Mandate.objects.get().id)}
    return widow, student, _code(student.post("/authorities/proof", form).content.decode()), form


def _code(page: str) -> str:
    return re.findall(r"<strong>((?:[A-Z2-9]{4} ?){5})</strong>", page)[0]


def _check(code: str) -> tuple[int, str]:
    answer = Client().get(f"/proofs/{code.replace(' ', '')}")
    return answer.status_code, answer.content.decode()


def test_anybody_sees_who_may_act_for_whom_and_the_represented_sees_that_somebody_looked(proven):
    widow, _student, code, _form = proven
    status, page = _check(code)
    assert status == 200
    assert "Dit bewijs geldt nu" in page and "Student Verzonnen" in page and "Widow Verzonnen" in page
    typed = Client().post("/proofs", {"code": code.lower()})
    assert "Dit bewijs geldt nu" in typed.content.decode()
    assert "nagaan of een bewijs van machtiging nog geldt" in widow.get("/who-looked").content.decode()


def test_a_proof_is_void_the_moment_the_mandate_ends(proven):
    widow, _student, code, _form = proven
    widow.post(f"/authorities/{Mandate.objects.get().id}/end")
    status, page = _check(code)
    assert status == 404
    assert "Verzonnen" not in page


def test_a_guess_looks_like_a_proof_that_is_over_and_the_code_itself_is_kept_nowhere(proven):
    widow, _student, code, _form = proven
    widow.post(f"/authorities/{Mandate.objects.get().id}/end")
    over, guess = _check(code), _check("K7QM 4XPR 9DTW K7QM 4XPR")
    hidden = r'name="csrfmiddlewaretoken" value="\w+"|/proofs/\w+'
    assert re.sub(hidden, "", over[1]) == re.sub(hidden, "", guess[1])
    assert code.replace(" ", "") not in str(list(Proof.objects.values()))


def test_a_new_proof_takes_the_place_of_the_old_one(proven):
    _widow, student, code, form = proven
    again = _code(student.post("/authorities/proof", form).content.decode())
    assert _check(code)[0] == 404
    assert _check(again)[0] == 200


def test_the_proof_is_a_file_with_the_code_only_for_who_made_it(proven, people):
    _widow, student, code, form = proven
    paper = student.post("/authorities/proof", {"code": code})
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")
    assert people("new_father")[0].post("/authorities/proof", {"code": code}).status_code == 404
    assert people("new_father")[0].post("/authorities/proof", form).status_code == 404


def test_a_proof_by_law_asks_the_register_again(people):
    father, login = people("new_father")
    father.post("/authorities/look-up")
    child = RegisteredAuthority.objects.filter(representative=login.party).first()
    code = _code(father.post("/authorities/proof", {"person": str(child.represented)}).content.decode())
    assert _check(code)[0] == 200
    adapters.register("brp", Register())
    try:
        RegisteredAuthority.objects.update(valid_until=clock.now() - timedelta(seconds=1))
        assert _check(code)[0] == 404
    finally:
        adapters.configure(settings.REGISTRIES)
