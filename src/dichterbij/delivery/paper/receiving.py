"""The post that came in: on which form, of whom, and how a worker acts for who sent it."""

from datetime import date
from uuid import UUID

from dichterbij.delivery.cases import queries as cases
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.ground.authority import registers
from dichterbij.ground.authority.domain import Kind as Ground
from dichterbij.ground.authority.services import require
from dichterbij.ground.identity.domain import Login
from dichterbij.ground.identity.queries import subjects_of
from dichterbij.ground.identity.services import party_for
from dichterbij.ground.organisations import keys
from dichterbij.ground.registry import services as registry
from dichterbij.ground.registry.domain import Query
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission, Subject
from dichterbij.kernel.formats import date_long
from dichterbij.kernel.identifiers import Bsn, KvkNumber, Oin

from . import codes, models, trying
from .domain import (
    FormUsed,
    Kind,
    MixedForms,
    NotNow,
    NotOfCompany,
    NotThisPerson,
    Paper,
    Stage,
    UnknownForm,
    UnknownPaper,
)
from .ground import organisations_of, signer_access
from .issuing import NAME, lookup
from .queries import paper, row_of

BORN, FULL_NAME = "geboorte.datum", "naam.volledigeNaam"


def open_envelope(login: Login, lines: str, received_on: date) -> Paper:
    """Take in a form by the codes of its pages, one a line; returns it, open.

    It goes to the organisation whose form it is, also when that is another one than the worker's (Awb 2:3). Raises
    `NotACode`, `UnknownForm`, `MixedForms`, `FormUsed` for a form made for one person that was typed in before, and
    `TooManyTries`.
    """
    pages = codes.read(lines)
    if not pages:
        raise codes.NotACode("Scan of typ eerst een code.")
    with trying.counted(login, UnknownForm):
        form = _form(pages)
    seen = sorted({each.page for each in pages} & set(range(1, form.pages + 1)))
    known = models.Received.objects.filter(form=form, form__party__isnull=False).first()
    if known is not None:
        return _again(known, seen)
    row = models.Received.objects.create(
        organisation=form.organisation,
        kind=Kind.APPLICATION,
        form=form,
        product=form.product,
        stage=Stage.OPEN,
        received_on=received_on,
        opened_at=clock.now(),
        seen=seen,
        party=form.party,
        name_sealed=form.name_sealed,
        signer=form.signer,
        signer_sealed=form.signer_sealed,
        staff=_reference(login),
    )
    return paper(row)


def _form(pages: tuple[codes.PageCode, ...]) -> models.Form:
    first = pages[0].form
    other = next((each for each in pages if each.form != first), None)
    if other is not None:
        raise MixedForms("Leg de bladzijden met een andere code apart. Voer die als eigen formulier in.")
    form = models.Form.objects.filter(lookup=lookup(first)).first()
    if form is None:
        raise UnknownForm(
            "Kijk of de code goed is overgenomen. Een ingevuld formulier is een jaar geldig. "
            "Is het ouder? Neem de antwoorden dan over op een leeg formulier."
        )
    return form


def _again(row: models.Received, seen: list[int]) -> Paper:
    """Add pages that came later to the paper they belong to: the day of the first counts."""
    if not Stage(row.stage).is_open:
        raise FormUsed("Dit formulier is voor één persoon gemaakt en werd al ingevoerd.")
    row.seen = sorted({*row.seen, *seen})
    row.stage, row.reply_by = Stage.OPEN, None
    row.save(update_fields=["seen", "stage", "reply_by"])
    return paper(row)


def add_pages(login: Login, paper_id: UUID, lines: str) -> Paper:
    """Add pages that came later to a piece of post; raises `MixedForms` when they are of another form."""
    row = row_of(login, paper_id)
    pages = codes.read(lines)
    if not pages or row.form is None or any(lookup(each.form) != row.form.lookup for each in pages):
        raise MixedForms("Deze bladzijden horen bij een ander formulier.")
    return _again(row, [each.page for each in pages])


def open_objection(login: Login, reference: str, received_on: date, posted_on: date | None) -> Paper:
    """Take in an objection by the reference on the letter it is about; raises `UnknownPaper` when there is none."""
    found = next(filter(None, (cases.of_reference(oin, reference) for oin in organisations_of(login))), None)
    if found is None:
        raise UnknownPaper("Met dit kenmerk is er hier geen aanvraag.")
    place = cases.place(found)
    row = models.Received.objects.create(
        organisation=place.product.organisation.value,
        kind=Kind.OBJECTION,
        product=place.product.id,
        stage=Stage.OPEN,
        received_on=received_on,
        posted_on=posted_on,
        opened_at=clock.now(),
        party=place.party,
        case=found,
        staff=_reference(login),
    )
    return paper(row)


def identify(login: Login, paper_id: UUID, bsn: Bsn, born_on: date, company: KvkNumber | None = None) -> Paper:
    """Say whose paper it is, by the two things they wrote; the register must know them as one person.

    `company`: for which they signed, as the business register must say. Raises `NotThisPerson` without saying which of
    the two is wrong, `NotOfCompany`, `TooManyTries` when that happens too often, and what `require` raises (own paper,
    family).
    """
    row = row_of(login, paper_id)
    if row.party is not None:
        raise NotNow("Wij weten al van wie dit poststuk is.")
    subject = Subject(party=party_for(bsn), bsn=bsn)
    access = _access(login, row, subject, Permission.PREPARE)
    with trying.counted(login, NotThisPerson):
        name = _name_of(access, bsn, born_on)
        row.party, row.name_sealed = subject.party, name
        if company is not None:
            row.signer, row.signer_sealed = subject.party, name
            row.party, row.name_sealed = _company_of(login, row, company)
    row.save(update_fields=["party", "name_sealed", "signer", "signer_sealed"])
    return paper(row)


def _company_of(login: Login, row: models.Received, company: KvkNumber) -> tuple[UUID, bytes]:
    """Return the party and the name of the company for which somebody signed; raises `NotOfCompany`."""
    access = signer_access(login, row)
    registers.look_up(access)
    several = (each for each in registers.known(access) if each.kind is not Ground.UNDETERMINED)
    found = next((each for each in several if each.represented.kvk_number == company), None)
    if found is None:
        raise NotOfCompany(
            "Het Handelsregister noemt deze persoon niet als eigenaar, bestuurder of volledig gevolmachtigde, "
            "of het bedrijf is failliet: dan tekent de curator.",
            remedy="Kijk of het KVK-nummer goed is overgenomen. Klopt het? Geef het papier dan aan een collega.",
        )
    name = keys.seal(Oin(row.organisation), found.name.encode(), purpose=NAME)
    return found.represented.party, name


def _name_of(access: Access, bsn: Bsn, born_on: date) -> bytes:
    query = Query(registry="brp", persons=(bsn,), fields=(BORN, FULL_NAME), at=clock.today())
    record = registry.read(access, query).records.get(bsn)
    values = {name: found.value for name in (BORN, FULL_NAME) if record and (found := record.values.get(name))}
    if str(values.get(BORN, "")) != born_on.isoformat():
        raise NotThisPerson("Kijk of het nummer en de geboortedatum goed zijn overgenomen.")
    return keys.seal(access.organisation, str(values.get(FULL_NAME, "")).encode(), purpose=NAME)


def access_for(login: Login, paper_id: UUID, permission: Permission) -> Access:
    """Return the access of a worker to the person whose paper lies before them. Raises `NotNow` while unknown."""
    row = row_of(login, paper_id)
    if row.party is None:
        raise NotNow("Zoek eerst op van wie dit poststuk is.")
    return _access(login, row, subjects_of({row.party})[row.party], permission)


def _access(login: Login, row: models.Received, subject: Subject, permission: Permission) -> Access:
    what = "bezwaar" if row.kind == Kind.OBJECTION else "aanvraag"
    reason = f"Uw {what} op papier, ontvangen op {date_long(row.received_on, 'nl')}"
    return require(login, catalogue.for_access(row.product), permission, subject=subject, case=row.case, reason=reason)


def _reference(login: Login) -> str:
    return next((role.audit_ref for role in login.staff), "")
