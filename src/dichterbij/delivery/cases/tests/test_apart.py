"""Two organisations, random acts: whatever happens, nothing of one is seen or changed by the other."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dichterbij.delivery.cases import models, queries, services
from dichterbij.delivery.cases.domain import UnknownDraft
from dichterbij.delivery.messages import models as message_models
from dichterbij.delivery.messages import queries as messages
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission
from dichterbij.kernel.problems import Problem

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
PRODUCTS = ("aanvullende-beurs", "bijzondere-bijstand-uitvaart")
ACTS = ("start", "submit", "withdraw", "take", "ask", "decide", "publish", "read", "box")
TABLES = (models.Draft, models.Case, models.CaseStep, models.Question, models.Decision, message_models.Message)


def _fresh(access: Access, permission: Permission) -> Access:
    return replace(access, permission=permission, at=clock.now(), act=uuid4())


def _try(act: str, access: Access, target: UUID) -> object:
    """Try an act of one organisation on whatever case or draft, its own or not; a refusal is an answer too."""
    try:
        match act:
            case "start":
                return services.start(access, access.product, name="E. Verzonnen", language="nl")
            case "submit":
                draft = models.Draft.objects.filter(id=target).first()
                return services.submit(_fresh(access, Permission.SUBMIT), target, draft.key if draft else uuid4())
            case "withdraw":
                return services.withdraw(_fresh(access, Permission.SUBMIT), target)
            case "take":
                return services.take(_fresh(access, Permission.HANDLE), target)
            case "ask":
                return services.ask(_fresh(access, Permission.HANDLE), target, "Een vraag?")
            case "decide":
                return services.decide(_fresh(access, Permission.DECIDE), target)
            case "publish":
                return services.publish(_fresh(access, Permission.DECIDE), target)
            case "read":
                return queries.case(access, target)
            case _:
                return messages.box(access)
    except Problem as problem:
        return problem


def _rows_elsewhere(organisation: str) -> list[tuple[str, dict[str, object]]]:
    return [
        (table.__name__, row)
        for table in TABLES
        for row in table.objects.exclude(organisation=organisation).order_by("pk").values()
    ]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 1), st.booleans(), st.integers(0, 3)), max_size=8))
def test_no_act_of_one_organisation_touches_or_shows_anything_of_another(citizen, persona, acts):
    citizens = [citizen("student", product) for product in PRODUCTS]
    workers = [_as_worker(access, citizen) for access in citizens]
    for access in citizens:
        _try("submit", access, _try("start", access, uuid4()).id)
    for act, side, as_worker, target in acts:
        access = _fresh((workers if as_worker else citizens)[side], Permission.READ)
        before = _rows_elsewhere(access.organisation.value)
        answer = _try(act, access, _targets()[target % max(1, len(_targets()))])
        assert _rows_elsewhere(access.organisation.value) == before
        assert _organisations_in(answer) <= {access.organisation.value}


def _as_worker(access: Access, citizen) -> Access:
    from dichterbij.kernel.access import Actor, Role

    actor = Actor(role=Role.STAFF, organisation=access.organisation, party=uuid4(), staff_reference="M-0001")
    return replace(access, actor=actor, reason="Behandelen")


def _targets() -> list[UUID]:
    return [*models.Case.objects.values_list("id", flat=True), *models.Draft.objects.values_list("id", flat=True)]


def _organisations_in(answer: object) -> set[str]:
    if isinstance(answer, tuple):
        return {each.organisation.value for each in answer}
    line = getattr(answer, "line", answer)
    organisation = getattr(line, "organisation", None)
    return {organisation.value} if organisation else set()


def test_nobody_throws_away_what_somebody_else_is_working_on(citizen):
    draft = services.start(citizen("student", PRODUCTS[0]), PRODUCTS[0], name="E. Verzonnen", language="nl")
    with pytest.raises(UnknownDraft):
        services.discard(citizen("widow", PRODUCTS[0]), draft.id)
    assert models.Draft.objects.filter(id=draft.id).exists()
    services.discard(citizen("student", PRODUCTS[0]), draft.id)
    with pytest.raises(UnknownDraft):
        services.discard(citizen("student", PRODUCTS[0]), draft.id)
