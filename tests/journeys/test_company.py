"""A company asks, gets and objects: by one director alone, by two who need each other, by a sole trader, by a proxy."""

from collections.abc import Callable
from uuid import UUID

import pytest

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.messages.models import PrintJob
from dichterbij.ground.authority import registers, told
from dichterbij.ground.identity.services import party_for
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.outbox import services as outbox
from dichterbij.kernel.identifiers import Bsn
from dichterbij_world.store import World

from .page import Form, Page
from .rooms import has
from .test_parity import ANSWERS, _fitting, called, helped, posted, signed
from .visitor import Visitor

if not has("authorities"):
    pytest.skip("nobody can begin to act for another", allow_module_level=True)

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "logbook"]), pytest.mark.slow]
PRODUCT, ALONE, TOGETHER = "kleineondernemersregeling", "Trattoria Ovenbrink B.V.", "Ovenbrink en Zoon B.V."
BANKRUPT = "Fietsenmakerij De Ketting B.V."
DIRECTOR, WHOM = "Marleen Ovenbrink (bestuurder of eigenaar)", "/counter/whom"


def _acting(who: Visitor, persona: str, company: str) -> Visitor:
    """Log in, ask the registers, and begin to act for a company."""
    who.log_in(persona)
    who.press(page := who.get("/authorities"), page.form("/authorities/look-up"))
    page = who.get("/authorities")
    form = next(each for each in page.forms if each.action == "/authorities/act" and company in each.text)
    assert f"U handelt nu voor {company}" in who.press(page, form).text
    return who


def _party(who: Visitor, company: str) -> str:
    """Return by what the forms call a company."""
    forms = (each for each in who.get("/authorities").forms if each.action == "/authorities/act")
    return next(dict(each.fields)["person"] for each in forms if company in each.text)


def _to_review(who: Visitor, turnover: str = "18000") -> Page:
    """Fill in an application until it can be sent."""
    page = who.get(f"/apply/{PRODUCT}")
    page = who.press(page, page.form())
    assert "Bron: KVK Handelsregister" in page.text
    while not any("key" in form.names for form in page.forms):
        form = page.form(having="remark")
        page = who.press(page, form, _fitting(form, {**ANSWERS, "omzet_per_jaar": turnover}))
    return page


def _sent(who: Visitor, page: Page) -> UUID:
    case = UUID(who.press(page, page.form(having="key")).path.split("/")[2])
    outbox.run_once()
    return case


def _letter(who: Visitor, case: UUID) -> str:
    """Return the decision, as it is opened from the box."""
    assert "De kleineondernemersregeling" in who.get("/messages").text
    return who.get(who.get(f"/applications/{case}").link("/messages/")).text


def test_a_director_applies_for_her_company_and_the_company_and_she_read_who_did_that(
    visitor: Callable[[], Visitor],
) -> None:
    director = _acting(visitor(), "director", ALONE)
    case = _sent(director, _to_review(director))
    assert "Marleen Ovenbrink (bestuurder of eigenaar) stuurde de aanvraag namens u" in (
        director.get(f"/applications/{case}").text
    )
    letter = _letter(director, case)
    assert "De kleineondernemersregeling gaat gelden" in letter and "Dit geldt vanaf" not in letter
    if has("my_data"):
        looked = director.get("/who-looked").text
        assert "Een bestuurder of eigenaar vroeg namens u aan: kleineondernemersregeling" in looked
        page = director.get("/my-data")
        assert "Een bedrijf heeft dat niet. Daarom kunt u hier niets opvragen." in page.text
        assert not any("Mijn gegevens opvragen" in form.text for form in page.forms)
    own = director.get("/authorities/done").text
    assert f"U vroeg aan: kleineondernemersregeling Belastingdienst {ALONE} als bestuurder of eigenaar" in own
    brother = _acting(visitor(), "second_director", ALONE)  # with the power of attorney of the business register
    assert "De kleineondernemersregeling gaat gelden" in _letter(brother, case)


def test_a_company_objects_to_what_was_refused(visitor: Callable[[], Visitor]) -> None:
    director = _acting(visitor(), "director", ALONE)
    case = _sent(director, _to_review(director, "20001"))
    page = director.get(f"/applications/{case}")
    assert "De kleineondernemersregeling gaat niet gelden" in _letter(director, case)
    page = director.get(page.link(f"/applications/{case}/objection"))
    page = director.press(page, page.form(having="text"), {"text": "De omzet daalt volgend jaar."})
    assert "Uw bezwaar is binnen" in page.main
    if has("desk"):
        worker = visitor()
        worker.log_in("belastingdienst_handler", as_staff=True)
        page = worker.get(f"/desk/cases/{case}")
        assert ALONE in worker.press(page, page.form(having="reason"), {"kind": "objection"}).text


def test_two_directors_who_act_together_send_nothing_until_both_agreed(visitor: Callable[[], Visitor]) -> None:
    one, other = _acting(visitor(), "director", TOGETHER), visitor()
    page = _to_review(one)
    assert (
        "Vraag de ander om bij Machtigen toestemming te geven"
        in one.press(page, page.form(having="key"), status=403).text
    )
    _agrees(other)
    assert "De kleineondernemersregeling gaat gelden" in _letter(one, _sent(one, page))


def _agrees(other: Visitor) -> None:
    """Let the second director say yes, with their own login."""
    other.log_in("second_director")
    other.press(asks := other.get("/authorities"), asks.form("/authorities/look-up"))
    asks = other.get("/authorities/agree")
    other.press(asks, asks.form(having="product"), {"person": _party(other, TOGETHER), "product": PRODUCT})


def test_a_sole_trader_applies_for_the_business_in_their_name(visitor: Callable[[], Visitor], world: World) -> None:
    found = (
        (number, place, person)
        for number, family in enumerate(world.families())
        for place, person in enumerate(family.people, start=1)
    )
    key, name = next(
        (f"{number}-{place}", person.businesses[0].name)
        for number, place, person in found
        if person.businesses and person.businesses[0].share == "eigenaar" and not person.died_on
    )
    owner = _acting(visitor(), key, name)
    assert "De kleineondernemersregeling gaat gelden" in _letter(owner, _sent(owner, _to_review(owner)))


def test_for_a_bankrupt_company_the_trustee_acts_and_its_director_no_more(visitor: Callable[[], Visitor]) -> None:
    director, trustee = visitor(), _acting(visitor(), "student_father", BANKRUPT)
    director.log_in("director")
    director.press(page := director.get("/authorities"), page.form("/authorities/look-up"))
    page = director.get("/authorities")
    assert ALONE in page.text and BANKRUPT not in page.text
    assert "De kleineondernemersregeling gaat gelden" in _letter(trustee, _sent(trustee, _to_review(trustee)))


def _for_company(worker: Visitor, company: str) -> Visitor:
    """Look up for whom the person who is helped may act, and choose their company."""
    page = worker.press(page := worker.get(WHOM), _button(page, "Kijk na"))
    page = worker.press(page, _button(page, f"Voor {company}"))
    assert page.title.startswith(company), page.title
    return worker


def _button(page: Page, words: str) -> Form:
    return next(form for form in page.forms if words in form.text)


def _at_the_counter(who: Visitor, world: World, persona: str, company: str) -> Visitor:
    return _for_company(helped(who, world, persona), company)


def _chooses(worker: Visitor, party: str, *, status: int) -> Page:
    """Send the form that chooses somebody, with a number of one's own making."""
    form = _button(page := worker.get(WHOM), "Kijk na")
    return worker.press(page, form, {"person": party}, status=status)


counter = pytest.mark.skipif(not has("desk"), reason="there is no counter, nor a desk that opens cases")


@counter
def test_a_worker_applies_with_the_director_who_is_there_and_everybody_reads_who_did_what(
    visitor: Callable[[], Visitor], world: World
) -> None:
    worker = helped(visitor(), world, "director")
    assert "Alleen voor een bedrijf: Kleineondernemersregeling" in worker.get("/counter/now").text
    page = _for_company(worker, ALONE).get("/counter/now")
    assert "Marleen Ovenbrink, eigenaar of bestuurder" in page.text
    assert "Kleineondernemersregeling" in page.text and "Zorgtoeslag" not in page.text
    case = _sent(worker, _to_review(worker))
    worker.press(page := worker.get("/counter/now"), page.form("/counter/end"))
    outbox.run_once()
    director = visitor()
    director.log_in("director")
    told = f"Kleineondernemersregeling ({ALONE}): Een medewerker van Gemeente Rotterdam (aan de balie, met u erbij)"
    assert told in director.get("/talks").text
    if has("my_data"):
        looked = director.get("/who-looked").text
        assert "Een medewerker van Gemeente Rotterdam keek met u na voor wie u mag handelen" in looked
    director = _acting(visitor(), "director", ALONE)
    said = f"{DIRECTOR}, aan de balie geholpen door een medewerker van Gemeente Rotterdam,"
    assert f"{said} stuurde de aanvraag namens u" in director.get(f"/applications/{case}").text
    assert f"{said} deed deze aanvraag namens u" in _letter(director, case)
    if has("my_data"):
        looked = director.get("/who-looked").text
        assert "Een bestuurder of eigenaar was voor u aan de balie. Toen vroeg een medewerker voor u aan" in looked
    own = director.get("/authorities/done").text
    assert f"U vroeg aan: kleineondernemersregeling Belastingdienst {ALONE} als bestuurder of eigenaar" in own


@counter
def test_who_calls_for_their_company_is_asked_who_they_are_and_helped_on_the_phone(
    visitor: Callable[[], Visitor], world: World
) -> None:
    worker = _for_company(called(visitor(), world, "student_father"), BANKRUPT)
    case = _sent(worker, _to_review(worker))
    trustee = _acting(visitor(), "student_father", BANKRUPT)
    said = (
        "(curator in het faillissement), aan de telefoon geholpen door een medewerker van Gemeente Rotterdam, stuurde"
    )
    assert said in trustee.get(f"/applications/{case}").text
    assert f"{BANKRUPT} als curator in een faillissement" in trustee.get("/authorities/done").text


@counter
def test_at_the_counter_too_nothing_is_sent_for_two_directors_until_both_agreed(
    visitor: Callable[[], Visitor], world: World
) -> None:
    worker, other = _at_the_counter(visitor(), world, "director", TOGETHER), visitor()
    refused = worker.press(page := _to_review(worker), page.form(having="key"), status=403)
    assert "Vraag de ander om bij Machtigen toestemming te geven" in refused.text
    _agrees(other)
    case = _sent(worker, page)
    assert DIRECTOR in _acting(visitor(), "director", TOGETHER).get(f"/applications/{case}").text


@counter
def test_a_worker_helps_nobody_for_a_company_of_which_the_register_does_not_name_them(
    visitor: Callable[[], Visitor], world: World
) -> None:
    party = _party(_acting(visitor(), "director", ALONE), ALONE)
    worker = helped(visitor(), world, "student")
    page = worker.press(page := worker.get(WHOM), _button(page, "Kijk na"))
    assert ALONE not in page.text
    for forged in (party, str(UUID(int=7)), "not a number", ""):
        _chooses(worker, forged, status=404)
    assert worker.get("/counter/now").title.startswith("Mirthe Zwaanstra")


@counter
def test_of_a_bankrupt_company_the_worker_reads_that_its_trustee_acts(
    visitor: Callable[[], Visitor], world: World
) -> None:
    worker = helped(visitor(), world, "director")
    page = worker.press(page := worker.get(WHOM), _button(page, "Kijk na"))
    assert ALONE in page.text and BANKRUPT not in page.text
    assert "Voor een bedrijf dat failliet is, handelt alleen de curator." in page.text
    assert "Wie beperkt bevoegd is, handelt hier niet voor het bedrijf." in page.text
    trustee = _at_the_counter(visitor(), world, "student_father", BANKRUPT)
    _sent(trustee, _to_review(trustee))


@counter
def test_who_is_a_director_no_more_sends_nothing_even_when_the_form_was_filled_in(
    visitor: Callable[[], Visitor], world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = _at_the_counter(visitor(), world, "director", ALONE)
    page = _to_review(worker)
    party = _party(_acting(visitor(), "director", ALONE), ALONE)
    monkeypatch.setattr(told, "SOURCES", tuple((name, lambda *_: ()) for name, _ask in told.SOURCES))
    registers.forget(UUID(party))
    refused = worker.press(page, page.form(having="key"), status=403)
    assert "U mocht dit eerder wel" in refused.text
    assert worker.get("/counter/now", status=403)


@counter
def test_two_workers_who_help_two_of_a_company_at_once_send_one_application(
    visitor: Callable[[], Visitor], world: World
) -> None:
    one = _at_the_counter(visitor(), world, "director", ALONE)
    other = _for_company(helped(visitor(), world, "second_director", worker="deventer_handler"), ALONE)
    first, second = _to_review(one), _to_review(other)
    case = _sent(one, first)
    assert other.press(second, second.form(having="key")).path.startswith(f"/applications/{case}")


def _on_paper(
    visitor: Callable[[], Visitor], world: World, company: str, who: str = "director"
) -> tuple[Visitor, Page]:
    """Send the form on paper, signed for a company; a worker opens it and looks up whose it is."""
    worker, page = posted(visitor, catalogue.product(PRODUCT))
    number = next(each["kvkNummer"] for each in _functions(world) if each["naam"] == company)
    return worker, worker.press(page, page.form("/person"), {**signed(world, who), "company": number})


def _functions(world: World) -> list[dict[str, str]]:
    several = (world.document("kvk", world.persona(who).bsn) for who in ("director", "second_director"))
    return [each for found in several if found for each in found["functies"]]


@counter
def test_a_form_on_paper_is_of_the_company_for_which_its_director_signed(
    visitor: Callable[[], Visitor], world: World
) -> None:
    worker, page = _on_paper(visitor, world, ALONE)
    assert f"Van {ALONE} Ondertekend door Marleen Ovenbrink" in page.text
    form = page.form("/application")
    assert "onderneming_in_nederland" not in form.names
    page = worker.press(page, form, _fitting(form, ANSWERS))
    case = page.link("/desk/cases/").rpartition("/")[2]
    outbox.run_once()
    director = _acting(visitor(), "director", ALONE)
    assert f"{DIRECTOR} deed deze aanvraag namens u" in _letter(director, UUID(case))
    assert "Wij kregen uw aanvraag op papier" in director.get(f"/applications/{case}").text
    assert f"{ALONE} Waterweidestraat 7 7411AA Deventer" in _letter(director, UUID(case))
    assert PrintJob.objects.filter(message__product=PRODUCT).count() == 2  # that it came in, and the decision


@counter
def test_a_worker_does_nothing_for_a_company_with_a_director_of_their_own_family(
    visitor: Callable[[], Visitor], world: World
) -> None:
    from dichterbij.front.desk import barring

    beside, (handler, paper) = _at_the_counter(visitor(), world, "director", ALONE), _on_paper(visitor, world, ALONE)
    born = {name: value for name, value in signed(world, "director").items() if name != "bsn"}
    surname = world.document("brp", world.persona("director").bsn)["naam"]["geslachtsnaam"]
    beside.press(page := beside.get("/family"), page.form(having="surname"), {"surname": surname, **born})
    assert ALONE not in beside.get("/counter/now").text
    bsn, here = Bsn(world.persona("director").bsn), organisations.by_key("belastingdienst").oin
    barring.bar(here, party_for(Bsn(world.persona("belastingdienst_handler").bsn)), bsn, barring.Why.FAMILY)
    form = paper.form("/application")
    assert "familie" in handler.press(paper, form, _fitting(form, ANSWERS), status=403).main


@counter
def test_paper_that_one_of_two_directors_signed_waits_for_the_yes_of_the_other(
    visitor: Callable[[], Visitor], world: World
) -> None:
    worker, page = _on_paper(visitor, world, TOGETHER)
    form = page.form("/application")
    refused = worker.press(page, form, _fitting(form, ANSWERS), status=403)
    assert "Vraag de ander om bij Machtigen toestemming te geven" in refused.text
    _agrees(visitor())
    assert worker.press(page, form, _fitting(form, ANSWERS)).link("/desk/cases/")


def test_paper_is_of_no_company_for_which_who_signed_may_not_sign(visitor: Callable[[], Visitor], world: World) -> None:
    worker, page = posted(visitor, catalogue.product(PRODUCT))
    form = page.form("/person")
    numbers = {each["naam"]: each["kvkNummer"] for each in _functions(world)}
    for who, number in (
        ("student", numbers[ALONE]),
        ("director", numbers[BANKRUPT]),
        ("second_director", numbers["IJssalon Schep en Co B.V."]),
    ):
        wrong = worker.press(page, form, {**signed(world, who), "company": number}, status=422)
        assert "Deze persoon mag niet voor dit bedrijf tekenen" in wrong.text
    wrong = worker.press(page, form, {**signed(world, "director"), "company": "9012345"}, status=422)
    assert "Een KVK-nummer heeft acht cijfers" in wrong.text
    own = worker.press(page, form, signed(world, "director"))
    assert "Ondertekend door" not in own.text and "onderneming_in_nederland" in own.form("/application").names
