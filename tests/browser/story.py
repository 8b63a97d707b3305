"""The journey of a student whose mother died, step by step as she and the worker click it."""

from playwright.sync_api import Page

from .site import Site


def open_plan(page: Page) -> None:
    """Make the plan after the death that the register knows of."""
    page.goto("/plan")
    page.get_by_role("button", name="Plan maken").first.click()
    page.locator("input[type=radio][name=who], main fieldset input[type=radio]").first.check()
    page.get_by_label("Ja", exact=True).first.check()
    page.get_by_role("button", name="Maak mijn plan").click()
    page.get_by_role("heading", level=2, name="De eerste dagen").wait_for()
    complete(page)


def complete(page: Page) -> None:
    """Ask again until every organisation answered: on a slow machine one may miss the deadline of a second."""
    for _ in range(30):
        if not page.get_by_text("Nog niet compleet").count():
            return
        with page.expect_navigation():
            page.get_by_role("button", name="Opnieuw vragen").first.click()
    raise AssertionError("the plan never became complete")


def apply_for_grant(page: Page) -> str:
    """Apply for the supplementary grant from its card; returns the reference of the case."""
    page.goto("/plan")
    page.locator("main a[href*='/plan/']").first.click()
    page.get_by_role("link", name="Aanvullende beurs voor uw studie").first.click()
    page.get_by_role("button", name="Aanvragen").click()
    page.get_by_role("button", name="Verder").click()
    page.get_by_role("button", name="Aanvraag versturen").click()
    page.get_by_role("heading", level=1, name="Uw aanvraag is binnen").wait_for()
    sentence = page.get_by_text("Uw kenmerk is").inner_text()
    return sentence.split("Uw kenmerk is ")[1].split(". ")[0].rstrip(".")


def open_case(page: Page, reference: str) -> None:
    """Open a case as a worker, saying why."""
    page.goto("/desk")
    page.get_by_role("link", name=reference).click()
    page.wait_for_url("**/desk/cases/**")
    if page.get_by_text("Waarom opent u deze aanvraag?").count():
        page.get_by_label("Aanvraag behandelen").check()
        page.get_by_role("button", name="Aanvraag openen").click()


def ask(page: Page, text: str) -> None:
    """Ask the applicant a question."""
    page.get_by_text("De aanvrager iets vragen").first.click()
    page.get_by_label("Uw vraag aan de aanvrager").fill(text)
    page.get_by_role("button", name="Vraag versturen").click()


def answer(page: Page, reference: str, text: str) -> None:
    """Answer the question of the organisation."""
    page.goto("/applications")
    page.get_by_role("link").filter(has_text="Aanvullende beurs").first.click()
    assert reference in page.inner_text("main")
    page.get_by_role("link", name="Antwoord geven").click()
    page.locator("main textarea").first.fill(text)
    page.locator("main form:has(textarea) button[type=submit]").first.click()


def decide_and_publish(page: Page) -> None:
    """Decide on the case that is open, and make the decision known."""
    page.get_by_role("button", name="Besluiten").click()
    page.get_by_role("button", name="Besluit bekendmaken").click()
    page.get_by_text("Bezwaar kan tot en met 27 juli 2026").wait_for()


def whole(site: Site, *, javascript: bool) -> str:
    """Walk the whole journey; returns the reference of the case."""
    with site.visit("student", javascript=javascript) as page:
        open_plan(page)
        reference = apply_for_grant(page)
    with site.visit("duo_handler", javascript=javascript) as page:
        open_case(page, reference)
        ask(page, "Volgt u de opleiding nog?")
    with site.visit("student", javascript=javascript) as page:
        answer(page, reference, "Ja, ik studeer nog.")
    with site.visit("duo_handler", javascript=javascript) as page:
        open_case(page, reference)
        decide_and_publish(page)
    return reference
