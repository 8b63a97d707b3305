"""States of the pages of authorities, for the browser."""

from urllib.parse import urlsplit

from dichterbij_world.states import Page, State, log_in


def _looked_up(page: Page) -> None:
    page.goto("/authorities")
    with page.expect_navigation():
        page.get_by_role("button", name="Kijk na voor wie ik mag handelen").click()


def _acting(page: Page) -> None:
    _looked_up(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Handelen voor").first.click()
    page.goto("/authorities")


def _given(page: Page) -> None:
    page.goto("/authorities/give")
    page.get_by_label("Alles wat hier geregeld kan worden").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Code maken").click()


def _waiting(page: Page) -> None:
    _given(page)
    page.goto("/authorities")


def _wrong(page: Page) -> None:
    page.goto("/authorities/give")
    page.get_by_label("Wat u aankruist").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Code maken").click()


def _wrong_code(page: Page) -> None:
    page.goto("/authorities")
    page.get_by_label("Uw code").fill("AAAA BBBB CCCC")
    with page.expect_navigation():
        page.get_by_role("button", name="Bekijk de machtiging").click()


def _begun(page: Page) -> None:
    _looked_up(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Handelen voor").first.click()


def _own(page: Page) -> None:
    _begun(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Terug naar mijn eigen zaken").click()


def _ended(page: Page) -> None:
    _waiting(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Stoppen").first.click()


def _done(page: Page) -> None:
    _begun(page)
    page.goto("/applications")
    page.goto("/messages")
    page.goto("/authorities/done")


def _agreeing(page: Page) -> None:
    _looked_up(page)
    page.goto("/authorities/agree")
    page.get_by_label("Kleineondernemersregeling").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Toestemming geven").click()


def _proof(page: Page) -> None:
    _looked_up(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Bewijs op papier").first.click()


def _checked(page: Page) -> None:
    _proof(page)
    code = page.locator("main dl strong").inner_text().replace(" ", "")
    page.goto(f"/proofs/{code}")


def _received(page: Page) -> None:
    """Let the student give a mandate that may be passed on, and accept it here."""
    page.goto("/")
    site = urlsplit(page.url)
    context = page.context.browser.new_context(base_url=f"{site.scheme}://{site.netloc}", locale="nl-NL")
    student = context.new_page()
    log_in(student, "student")
    student.goto("/authorities/give")
    student.get_by_label("Alles wat hier geregeld kan worden").check()
    student.get_by_label("Deze persoon mag de machtiging").check()
    with student.expect_navigation():
        student.get_by_role("button", name="Code maken").click()
    code = student.locator(".dichterbij-code").inner_text()
    context.close()
    page.goto("/authorities")
    page.get_by_label("Uw code").fill(code)
    with page.expect_navigation():
        page.get_by_role("button", name="Bekijk de machtiging").click()


def _passing_on(page: Page) -> None:
    _received(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Aannemen").click()
    page.get_by_role("link", name="Deze machtiging doorgeven").first.click()
    page.wait_for_load_state()


def _asked(page: Page) -> None:
    page.goto("/authorities/ask")
    page.get_by_label("Burgerservicenummer van deze persoon").fill("999990007")
    for part, value in (("Dag", "3"), ("Maand", "2"), ("Jaar", "1947")):
        page.get_by_label(part).first.fill(value)
    page.get_by_label("Alles wat hier geregeld kan worden").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Brief laten sturen").click()


def _ask_wrong(page: Page) -> None:
    page.goto("/authorities/ask")
    page.get_by_label("Burgerservicenummer van deze persoon").fill("123")
    with page.expect_navigation():
        page.get_by_role("button", name="Brief laten sturen").click()


def _no_letter(page: Page) -> None:
    page.goto("/authorities/counter")
    page.get_by_label("Uw code").fill("AAAA BBBB CCCC")
    page.get_by_label("paspoort").check()
    with page.expect_navigation():
        page.get_by_role("button", name="De machtiging mag").click()


STATES = [
    State(route="authorities", name="a code that was handed over", who="student_father", go=_received),
    State(route="authorities-pass-on", name="empty", who="student_father", go=_passing_on),
    State(route="authorities-done", name="nothing yet", who="student", go="/authorities/done"),
    State(route="authorities-done", name="looked for a child", who="new_father", go=_done),
    State(route="authorities-agree", name="nobody to decide with", who="student", go="/authorities/agree"),
    State(route="authorities-agree", name="two directors", who="second_director", go=_agreeing),
    State(route="authorities", name="companies", who="director", go=_looked_up),
    State(route="authorities", name="executor of an estate", who="widow_daughter", go=_looked_up),
    State(route="authorities", name="an estate with young children", who="widower", go=_looked_up),
    State(route="authorities", name="a limited proxy for a human", who="second_director", go=_looked_up),
    State(route="authorities-proof", name="of an heir", who="student", go=_proof),
    State(route="authorities-proof", name="of a parent", who="new_father", go=_proof),
    State(route="proofs", name="empty", go="/proofs"),
    State(route="proof", name="one that holds", who="new_father", go=_checked),
    State(route="proof", name="one that does not", go="/proofs/K7QM4XPR9DTWK7QM4XPR", status=404),
    State(route="authorities-misuse", name="what was done", who="student_father", go="/authorities/misuse"),
    State(route="authorities-block", name="empty", who="rotterdam_handler", go="/authorities/block"),
    State(route="authorities-ask", name="empty", who="widow_daughter", go="/authorities/ask"),
    State(route="authorities-ask", name="a number that cannot be", who="widow_daughter", go=_ask_wrong),
    State(route="authorities-ask", name="asked", who="widow_daughter", go=_asked),
    State(route="authorities-counter", name="empty", who="rotterdam_handler", go="/authorities/counter"),
    State(route="authorities-counter", name="no such letter", who="rotterdam_handler", go=_no_letter, status=422),
    State(route="authorities-look-up", name="nobody found", who="student", go=_looked_up),
    State(route="authorities-act", name="begun", who="new_mother", go=_begun),
    State(route="login-own", name="one's own matters again", who="new_mother", go=_own),
    State(route="authorities-end", name="a mandate that was stopped", who="uncle", go=_ended),
    State(route="authorities", name="nobody yet", who="widow", go="/authorities"),
    State(route="authorities", name="children, looked up", who="new_father", go=_looked_up),
    State(route="authorities", name="acting for another", who="guardian", go=_acting),
    State(route="authorities", name="a code that waits", who="widower", go=_waiting),
    State(route="authorities", name="a code that does not exist", who="widower", go=_wrong_code, status=404),
    State(route="authorities-give", name="empty", who="student", go="/authorities/give"),
    State(route="authorities-give", name="nothing chosen", who="student", go=_wrong),
    State(route="authorities-code", name="the code", who="student", go=_given),
]
