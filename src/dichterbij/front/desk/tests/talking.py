"""What workers and citizens do in the tests of helping: show a code, begin, search, call, apply together."""

import re
from collections.abc import Callable
from html import unescape

from django.http import HttpResponse
from django.test import Client

from dichterbij.ground.identity.domain import Audience
from dichterbij.ground.identity.services import party_for
from dichterbij.ground.identity.tests.clients import sign_in_client
from dichterbij.ground.organisations import models as staff
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel.identifiers import Bsn
from dichterbij_world.store import World

GRANT = "aanvullende-beurs"


def read(response: HttpResponse) -> str:
    return unescape(response.content.decode()).replace("\xa0", " ").replace("\xad", "")


def show_code(citizen: Client) -> str:
    found = re.search(r"<strong>([A-Z2-9]{4} [A-Z2-9]{4})</strong>", read(citizen.post("/talks")))
    assert found
    return found[1]


def begin(worker: Client, citizen: Client, reason: str = "asked-help") -> str:
    response = worker.post("/counter", {"code": show_code(citizen), "reason": reason})
    assert response.status_code == 302, read(response)
    return read(worker.get("/counter/now"))


def day_parts(name: str, day: str) -> dict[str, str]:
    year, month, day = day.split("-")
    return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}


def search(worker: Client, world: World, key: str) -> HttpResponse:
    person = world.document("brp", world.persona(key).bsn)
    told = {"surname": person["naam"]["geslachtsnaam"], **day_parts("born_on", person["geboorte"]["datum"]["datum"])}
    return worker.post("/counter", told)


def choose(worker: Client, world: World, key: str) -> None:
    assert search(worker, world, key).url == "/counter/person"


def apply_together(worker: Client) -> str:
    draft = worker.post(f"/apply/{GRANT}").url
    worker.post(draft, {"remark": ""})
    page = read(worker.get(f"{draft}/review"))
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key, page
    response = worker.post(f"{draft}/review", {"key": key[1], "product": GRANT})
    assert response.url.endswith("/received"), read(response)
    return str(response.url).removesuffix("/received")


def answers(world: World, key: str) -> dict[str, str]:
    person = world.document("brp", world.persona(key).bsn)
    parents = person.get("ouders", [])
    born = next((each["geboorte"]["datum"]["datum"] for each in parents if "geboorte" in each), "1950-01-01")
    children = [each["geboorte"]["datum"]["datum"] for each in person.get("kinderen", []) if "geboorte" in each]
    unions = [each["aangaanHuwelijkPartnerschap"]["datum"]["datum"] for each in person.get("partners", [])]
    return {
        "home_since": person["verblijfplaats"]["datumVan"]["datum"][:4],
        **day_parts("parent_born", born),
        **day_parts("child_born", min(children, default="2000-01-01")),
        **day_parts("union_since", max(unions, default="1950-01-01")),
    }


def call(worker: Client, world: World, key: str = "student", **wrong: str) -> HttpResponse:
    choose(worker, world, key)
    response = worker.post("/counter/person", {"presence": "questions", "reason": "apply"})
    assert response.url == "/counter/questions", read(response)
    return worker.post("/counter/questions", {**answers(world, key), **wrong})


def log_in_again(world: World, key: str) -> Client:
    client = Client()
    sign_in_client(client, world.persona(key).bsn, audience=Audience.STAFF, name=key)
    return client


def colleague(world: World, log_in: Callable[[str], Client], key: str = "rotterdam_reader") -> Client:
    """Return somebody of the same unit as who helps now, who may help too."""
    log_in(key)
    unit = staff.Unit.objects.get(key="inkomen", organisation_id=organisations.by_key("rotterdam").oin.value)
    party = party_for(Bsn(world.persona(key).bsn))
    staff.Staff.objects.filter(party=party).update(unit=unit, roles=["desk"])
    return log_in_again(world, key)
