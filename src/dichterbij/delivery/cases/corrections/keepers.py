"""Who keeps a source and corrects what is wrong in it, and under which access they do so."""

from uuid import UUID

from django.utils.translation import gettext as _

from dichterbij.ground.assessment.laws import current_laws
from dichterbij.ground.authority import tasks
from dichterbij.ground.authority.services import allows, require
from dichterbij.ground.identity.domain import Login
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import Organisation, UnknownOrganisation
from dichterbij.ground.registry import activities
from dichterbij.ground.registry import services as registry
from dichterbij.ground.registry.domain import Query
from dichterbij.ground.registry.registries import registry as source
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission, Product
from dichterbij.kernel.formats import date_long
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.levels import Level
from dichterbij.law.labels import labels_for

from .domain import Datum, UnknownDatum, use_of

TASK = "gegevens-verbeteren"
"""Which activity of an organisation this is, behind its key (`content/activities.yaml`)."""
BRP, OWN_MUNICIPALITY = "brp", "gemeenteVanInschrijving.code"


def place(organisation: Oin) -> Product:
    """Return what to ask access for at an organisation that keeps a source."""
    return tasks.of_body(organisation, TASK)


def access(login: Login | None, organisation: Oin, permission: Permission, request: UUID | None = None) -> Access:
    """Return the access of a person to their own requests; raises `LoginNeeded`, `StepUpNeeded`, `Denied`."""
    return require(login, place(organisation), permission, case=request)


def label(datum: Datum, language: str) -> str:
    """Return what a datum is called; raises `UnknownDatum` for what no source of ours has."""
    if datum.is_use:
        use = use_of(datum)
        return _("gebruik van uw gegevens op %(day)s") % {"day": date_long(use.on, language)}
    fact = current_laws().vocabulary.get(datum.name)
    if fact is not None and fact.registry == datum.source:
        return labels_for(current_laws(), language).label_of_fact(datum.name)
    if datum.name not in source(datum.source).fields:
        raise UnknownDatum
    return source(datum.source).field_label(datum.name, language)


def is_kept_here(key: str) -> bool:
    """Say whether somebody on this instance can be asked about a source: the municipality differs per person."""
    return key == BRP or _hosted(source(key).holder) is not None


def user_of(datum: Datum) -> Organisation | None:
    """Return the organisation that used data, when it is here and answers questions about that."""
    known, user = {each.activity.id for each in activities.all_registered()}, use_of(datum).organisation
    return next((each for each in organisations.hosted() if each.oin == user and f"{each.key}.{TASK}" in known), None)


def may_ask(login: Login) -> bool:
    """Say whether somebody may ask keepers to correct: for themself always, for another when authority covers it."""
    return login.acting_for is None or allows(login, _portal(), Permission.SUBMIT)


def keeper_of(login: Login, datum: Datum) -> Organisation | None:
    """Return who keeps a datum of this person, and None when they are not here. Reads where the person lives."""
    if datum.is_use:
        return user_of(datum)
    if datum.source != BRP:
        return _hosted(source(datum.source).holder)
    code = _municipality(login)
    return next((each for each in organisations.hosted() if code and each.territory == code), None)


def _portal() -> Product:
    activity = activities.activity(f"portaal.{TASK}")
    return Product(id=TASK, organisation=organisations.operator().oin, activity=activity, level=Level.SUBSTANTIAL)


def _hosted(key: str) -> Organisation | None:
    try:
        found = organisations.by_key(key)
    except UnknownOrganisation:
        return None
    return found if found.hosted else None


def _municipality(login: Login) -> str:
    """Return the code of the municipality that keeps the person's data (Wet BRP 1.4); empty when there is none."""
    own = require(login, _portal(), Permission.SUBMIT)
    bsn = own.subject.bsn
    if bsn is None:
        return ""
    query = Query(registry=BRP, persons=(bsn,), fields=(OWN_MUNICIPALITY,), at=clock.today())
    record = registry.read(own, query).records.get(bsn)
    found = record.values.get(OWN_MUNICIPALITY) if record else None
    return str(found.value) if found and found.value else ""
