"""The one verb: total, pure, and never a yes that no valid authority covers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.ground.authority.domain import (
    Allow,
    Authority,
    Circumstance,
    Deny,
    Kind,
    Refusal,
    Scope,
    StepUp,
    audience_of,
)
from dichterbij.ground.authority.verb import may
from dichterbij.ground.identity.domain import Act, Audience, Login
from dichterbij.ground.organisations.domain import StaffRole, StaffTask
from dichterbij.kernel.access import Activity, Matter, Permission, Product, Role, Say, Subject
from dichterbij.kernel.identifiers import Bsn, Oin
from dichterbij.kernel.levels import Level

START = datetime(2026, 6, 15, 8, 0, tzinfo=UTC)
BSN = Bsn("999990007")
PARTIES = [UUID(int=number) for number in (1, 2, 3)]
BODIES = [Oin(f"{number:020d}") for number in (1, 2)]
SAYS = [Say(agrees_from=12, own_from=16), Say(), Say(together=True), Say()]
PRODUCTS = [
    Product(
        id=f"product-{body.value[-1]}-{level.name}",
        organisation=body,
        activity=Activity(id="a.b", version="1", purpose="p", legal_basis="l"),
        level=level,
        matter=matter,
        for_companies=level is Level.HIGH,
        say=say,
    )
    for body in BODIES
    for level, matter, say in zip(Level, [None, *Matter], SAYS, strict=True)
]

parties = st.sampled_from(PARTIES)
instants = st.integers(-600, 600).map(lambda minutes: START + timedelta(minutes=minutes))
levels = st.sampled_from(Level)
permissions = st.sampled_from(Permission)
products = st.sampled_from(PRODUCTS)
roles = st.builds(
    StaffRole,
    organisation=st.sampled_from(BODIES),
    unit=st.just("u"),
    roles=st.just((StaffTask.HANDLE,)),
    audit_ref=st.just("M-1"),
)
logins = st.builds(
    Login,
    id=st.just(UUID(int=9)),
    party=parties,
    bsn=st.none(),
    name=st.just("x"),
    audience=st.sampled_from([Audience.CITIZEN, Audience.STAFF]),
    level=levels,
    means=st.just("m"),
    authenticated_at=instants,
    idle_until=instants,
    absolute_until=instants,
    staff=st.lists(roles, max_size=2).map(tuple),
)
scopes = st.builds(
    Scope,
    organisations=st.none() | st.frozensets(st.sampled_from(BODIES)),
    products=st.none() | st.frozensets(products.map(lambda product: product.id), max_size=3),
    matters=st.none() | st.frozensets(st.sampled_from(Matter)),
)
authorities = st.builds(
    Authority,
    kind=st.sampled_from(Kind),
    representative=parties,
    represented=st.none() | parties,
    scope=scopes,
    permissions=st.frozensets(permissions),
    valid_from=instants,
    valid_until=st.none() | instants,
    source=st.just("s"),
    reference=st.sampled_from(["", "r-1"]),
    minimum_level=levels,
    age=st.none() | st.integers(10, 17),
    jointly=st.integers(0, 1),
    always_jointly=st.booleans(),
    speaks_for=st.frozensets(parties),
)
subjects = st.builds(Subject, party=parties, bsn=st.none() | st.just(BSN))
circumstances = st.builds(
    Circumstance,
    act=st.just(Act(id=UUID(int=7), trace="0" * 31 + "1")),
    through=st.just(BODIES[0]),
    reason=st.sampled_from(["", "  ", "belt over de brief"]),
    agreed=st.frozensets(parties),
)


def covers(login, authority, subject, product, permission, at, circumstance):
    """Say in one independent sentence whether a yes would be right."""
    time_is_right = (
        login is not None
        and login.authenticated_at - timedelta(minutes=1) <= at < min(login.idle_until, login.absolute_until)
        and authority.valid_from <= at
        and not (authority.valid_until is not None and authority.valid_until <= at)
    )
    level_is_right = login is not None and login.level >= max(product.level, authority.minimum_level, Level.LOW)
    thing_is_right = (
        permission in authority.permissions
        and product.organisation in (authority.scope.organisations or {product.organisation})
        and authority.scope.organisations != frozenset()
        and product.id in (authority.scope.products if authority.scope.products is not None else {product.id})
        and product.matter in (authority.scope.matters if authority.scope.matters is not None else {product.matter})
    )
    if authority.kind in {"director", "proxy", "employee", "trustee"} and subject.bsn is None:
        thing_is_right = thing_is_right and (product.matter is None or product.for_companies)
    if login is None or authority.representative != login.party or authority.kind is Kind.UNDETERMINED:
        return False
    if authority.kind is Kind.STAFF:
        person_is_right = (
            authority.represented is None
            and login.party != subject.party
            and login.audience is Audience.STAFF
            and product.organisation in {role.organisation for role in login.staff}
            and circumstance.reason.strip() != ""
        )
    elif authority.kind is Kind.SELF:
        person_is_right = authority.represented == login.party == subject.party and login.audience is Audience.CITIZEN
        thing_is_right = thing_is_right and (product.matter is None or subject.bsn is not None)
    else:
        person_is_right = authority.represented == subject.party and login.audience is audience_of(authority.kind)
    all_agree = has_say(authority, product, permission, circumstance.agreed)
    return time_is_right and level_is_right and thing_is_right and person_is_right and all_agree


def has_say(authority, product, permission, agreed):
    """Say whether everybody agrees whom the law gives a say: the child, and who shares the authority."""
    say, age = product.say, authority.age
    if authority.kind is Kind.PARENT and say.own_from is not None and (age is None or age >= say.own_from):
        return False
    if permission is not Permission.SUBMIT:
        return True
    must_ask = authority.kind is Kind.PARENT and say.agrees_from is not None and (age is None or age >= say.agrees_from)
    if must_ask and authority.represented not in agreed:
        return False
    needed = authority.jointly if say.together or authority.always_jointly else 0
    other_heirs = [who for who in agreed if who not in authority.speaks_for]
    return len([who for who in other_heirs if who not in {authority.representative, authority.represented}]) >= needed


def usual():
    """Return a question that is answered with yes: a person about themself."""
    party = PARTIES[0]
    login = Login(
        id=UUID(int=9),
        party=party,
        bsn=None,
        name="x",
        audience=Audience.CITIZEN,
        level=Level.SUBSTANTIAL,
        means="m",
        authenticated_at=START,
        idle_until=START + timedelta(minutes=15),
        absolute_until=START + timedelta(hours=4),
    )
    authority = Authority(
        kind=Kind.SELF,
        representative=party,
        represented=party,
        scope=Scope(),
        permissions=frozenset({Permission.READ, Permission.SUBMIT}),
        valid_from=START,
        valid_until=None,
        source="self",
    )
    circumstance = Circumstance(act=Act(id=UUID(int=7), trace="1" * 32), through=BODIES[1], reason="belt")
    return {
        "login": login,
        "authority": authority,
        "subject": Subject(party=party, bsn=BSN),
        "product": PRODUCTS[Level.LOW],
        "permission": Permission.READ,
        "at": START,
        "circumstance": circumstance,
    }


def usual_for_staff():
    """Return a question that is answered with yes: a worker about somebody else."""
    asked = usual()
    role = StaffRole(organisation=BODIES[0], unit="u", roles=(StaffTask.READ,), audit_ref="M-1")
    asked["login"] = replace(asked["login"], audience=Audience.STAFF, staff=(role,))
    asked["authority"] = replace(asked["authority"], kind=Kind.STAFF, represented=None)
    return {**asked, "subject": Subject(party=PARTIES[1])}


def usual_for_a_parent():
    """Return a question that is answered with yes: a parent about a child."""
    asked = usual()
    asked["authority"] = replace(asked["authority"], kind=Kind.PARENT, represented=PARTIES[1])
    return {**asked, "subject": Subject(party=PARTIES[1]), "permission": Permission.SUBMIT}


ANYTHING = {
    "login": st.none() | logins,
    "authority": authorities,
    "subject": subjects,
    "product": products,
    "permission": permissions,
    "at": instants,
    "circumstance": circumstances,
}


BENT = {
    "kind": st.sampled_from(Kind),
    "representative": parties,
    "represented": st.none() | parties,
    "scope": scopes,
    "permissions": st.frozensets(permissions),
    "valid_from": instants,
    "valid_until": st.none() | instants,
    "minimum_level": levels,
    "age": st.none() | st.integers(10, 17),
    "jointly": st.integers(0, 1),
    "always_jointly": st.booleans(),
    "speaks_for": st.frozensets(parties),
}


@st.composite
def questions(draw):
    """Draw a question that is right in every way but at most a few."""
    asked = draw(st.sampled_from([usual, usual_for_staff, usual_for_a_parent]))()
    changed = draw(st.sets(st.sampled_from(sorted(ANYTHING)), max_size=2))
    asked |= {name: draw(ANYTHING[name]) for name in sorted(changed)}
    bent = draw(st.sets(st.sampled_from(sorted(BENT)), max_size=2))
    return asked | {"authority": replace(asked["authority"], **{name: draw(BENT[name]) for name in sorted(bent)})}


def told(**changed):
    """Return the answer to the usual question with something changed."""
    return may(**{**usual(), **changed})


@settings(deadline=None)  # a slow machine is no wrong answer
@given(questions())
def test_it_always_answers_and_says_yes_exactly_when_everything_is_right(asked):
    answered = may(**asked)
    assert isinstance(answered, Allow | StepUp | Deny)
    assert isinstance(answered, Allow) == covers(**asked)


@settings(deadline=None)
@given(questions())
def test_it_is_pure(asked):
    assert may(**asked) == may(**asked)


@settings(deadline=None)
@given(questions())
def test_a_step_up_that_is_followed_leads_to_a_yes(asked):
    answered, login = may(**asked), asked["login"]
    if isinstance(answered, StepUp) and login is not None and login.is_valid(asked["at"]):
        assert isinstance(may(**{**asked, "login": replace(login, level=answered.level)}), Allow)


@pytest.mark.parametrize("asked", [usual(), usual_for_staff(), usual_for_a_parent()])
def test_the_usual_questions_are_answered_with_yes(asked):
    assert isinstance(may(**asked), Allow)


minutes = st.integers(0, 60)
grants = st.builds(
    lambda authority, start, length: replace(
        authority, representative=PARTIES[0], valid_from=START + start, valid_until=START + start + length
    ),
    authorities.filter(lambda authority: authority.kind is not Kind.STAFF),
    minutes.map(lambda number: timedelta(minutes=number)),
    minutes.map(lambda number: timedelta(minutes=number)),
)
wide = st.builds(
    lambda represented: replace(
        usual_for_a_parent()["authority"], kind=Kind.MANDATE, represented=represented, permissions=frozenset(Permission)
    ),
    parties,
)
ASKED = st.sampled_from([Permission.READ, Permission.SUBMIT])
STEPS = st.one_of(
    st.tuples(st.just("grant"), grants | wide),
    st.tuples(st.just("revoke"), st.integers(0, 2)),
    st.tuples(st.just("switch"), subjects),
    st.tuples(st.just("step up"), levels),
    st.tuples(st.just("later"), st.integers(0, 10)),
    st.tuples(st.just("ask"), st.tuples(products, st.sampled_from(Permission) | ASKED, circumstances)),
    st.tuples(st.just("ask"), st.tuples(st.just(PRODUCTS[Level.LOW]), ASKED, circumstances)),
)


def walk(steps):
    """Take the steps of one person's day; give each question with its answers, and the authorities at that moment."""
    asked, held = usual(), [usual()["authority"]]
    for step, what in steps:
        match step:
            case "grant":
                held.append(what)
            case "revoke" if what < len(held):
                held[what] = replace(held[what], valid_until=min(held[what].valid_until or asked["at"], asked["at"]))
            case "switch":
                asked["subject"] = what
            case "step up":
                now = asked["at"]
                limits = {"idle_until": now + timedelta(minutes=15), "absolute_until": now + timedelta(hours=4)}
                asked["login"] = replace(asked["login"], level=what, authenticated_at=now, **limits)
            case "later":
                asked["at"] += timedelta(minutes=what)
            case "ask":
                product, permission, circumstance = what
                question = asked | {"product": product, "permission": permission, "circumstance": circumstance}
                yield question, [(each, may(**(question | {"authority": each}))) for each in held]


@settings(deadline=None)
@given(steps=st.lists(STEPS, min_size=6, max_size=20))
def test_no_sequence_of_grant_revoke_switch_step_up_and_expiry_allows_what_no_valid_authority_covers(steps):
    for question, answers in walk(steps):
        for authority, answered in answers:
            assert isinstance(answered, Allow) == covers(**(question | {"authority": authority}))


def test_a_sequence_can_lead_to_a_yes_and_back():
    mandate = replace(usual_for_a_parent()["authority"], kind=Kind.MANDATE)
    question = ("ask", (PRODUCTS[Level.LOW], Permission.READ, usual()["circumstance"]))
    other = ("switch", Subject(party=PARTIES[1]))
    steps = [other, question, ("grant", mandate), question, ("later", 15), question, ("step up", Level.LOW), question]
    found = [any(isinstance(answered, Allow) for _each, answered in answers) for _asked, answers in walk(steps)]
    assert found == [False, True, False, True]
    found = [answers[-1][1] for _asked, answers in walk([*steps, ("revoke", 1), question])]
    assert found[-1] == Deny(Refusal.NOT_VALID_NOW)


def test_the_access_says_who_for_whom_for_what_and_why():
    access = told().access
    assert access.is_own() and access.actor.role is Role.CITIZEN and access.actor.organisation == BODIES[1]
    assert (access.organisation, access.product) == (PRODUCTS[Level.LOW].organisation, PRODUCTS[Level.LOW].id)
    assert (access.act, access.trace, access.at) == (UUID(int=7), "1" * 32, START)
    assert access.on_behalf_of == ""


def test_a_later_kind_of_authority_fits_without_a_change():
    child = Subject(party=PARTIES[1])
    parent = replace(usual()["authority"], kind=Kind.PARENT, represented=child.party, reference="brp", source="brp")
    access = told(authority=parent, subject=child).access
    assert access.actor.role is Role.REPRESENTATIVE and access.on_behalf_of == "parent:brp" and not access.is_own()
    birthday = replace(parent, valid_until=START)
    assert told(authority=birthday, subject=child) == Deny(Refusal.NOT_VALID_NOW)
    sure = replace(parent, minimum_level=Level.HIGH)
    assert told(authority=sure, subject=child) == StepUp(Level.HIGH)


def test_nobody_is_asked_to_step_up_for_what_stays_forbidden():
    assert told(product=PRODUCTS[Level.HIGH]) == StepUp(Level.HIGH)
    assert told(product=PRODUCTS[Level.HIGH], permission=Permission.DECIDE) == Deny(Refusal.NOT_PERMITTED)


def test_without_a_number_nobody_asks_for_what_an_organisation_decides_but_they_see_their_own_pages():
    nobody_known = {"subject": Subject(party=PARTIES[0])}
    assert told(**nobody_known) == Deny(Refusal.NO_NUMBER)
    assert isinstance(told(product=PRODUCTS[Level.NONE], **nobody_known), Allow)


def usual_for_a_helper(**held):
    """Return a question that is answered with yes: a worker with somebody who is there and acts for their company."""
    asked, director = usual_for_staff(), PARTIES[2]
    own = replace(asked["authority"], kind=Kind.DESK, represented=PARTIES[1], employer=BODIES[0], reference="counter:1")
    of_director = replace(own, kind=Kind.DIRECTOR, representative=director, permissions=frozenset(Permission))
    asked["authority"] = replace(own, held=replace(of_director, **held), helped="M. Verzonnen")
    return {**asked, "product": PRODUCTS[Level.NONE], "permission": Permission.SUBMIT}


def test_a_worker_may_for_another_only_what_the_person_who_is_there_may():
    asked, personal = usual_for_a_helper(), PRODUCTS[Level.LOW]
    given = may(**asked)
    assert given.access.present.ground == Kind.DIRECTOR
    assert (given.access.on_behalf_of, given.access.actor.role) == ("desk:counter:1:director", Role.STAFF)
    assert may(**{**asked, "product": personal}) == Deny(Refusal.NOT_FOR_COMPANIES)
    for refusal, held in (
        (Refusal.NOT_FOR_THIS_PERSON, {"represented": PARTIES[0]}),
        (Refusal.NOT_DETERMINED, {"kind": Kind.UNDETERMINED}),
        (Refusal.OUT_OF_SCOPE, {"scope": Scope(products=frozenset())}),
        (Refusal.NOT_VALID_NOW, {"valid_until": START}),
        (Refusal.NOT_PERMITTED, {"permissions": frozenset({Permission.READ})}),
        (Refusal.NOT_ALONE, {"jointly": 1, "always_jointly": True}),
        (Refusal.OWN_CASE, {"representative": asked["login"].party}),
    ):
        assert may(**usual_for_a_helper(**held)) == Deny(refusal)
    agreed = replace(asked["circumstance"], agreed=frozenset({PARTIES[2]}))
    alone = usual_for_a_helper(jointly=1, always_jointly=True)
    assert may(**{**alone, "circumstance": agreed}) == Deny(Refusal.NOT_ALONE)  # the own yes does not count
