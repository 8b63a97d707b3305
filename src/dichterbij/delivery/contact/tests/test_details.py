"""Addresses are proven once, changed with a notice to the old one, and kept so that nobody else reads them."""

from datetime import timedelta

import pytest

from dichterbij.delivery.contact import details, models, wishes
from dichterbij.delivery.contact.domain import (
    EVERYTHING,
    CodeWrong,
    Detail,
    Notify,
    Reach,
    Scope,
    TooManyCodes,
    Way,
    Wish,
    reach,
)
from dichterbij.ground.logbook import queries as logbook
from dichterbij.ground.outbox import retention
from dichterbij.ground.outbox import services as outbox
from dichterbij.kernel import clock

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
MAIL = "naam@voorbeeld.example"


def _code(sent) -> str:
    outbox.run_once()
    return next(word.strip(".") for word in sent[-1].text.split() if word.strip(".").isdecimal())


def prove(access, sent, address: str = MAIL, way: Way = Way.EMAIL) -> None:
    details.ask(access, way, address)
    details.confirm(access, way, _code(sent))


def test_an_address_counts_only_after_its_code(own, sent):
    student = own("student")
    details.ask(student, Way.EMAIL, MAIL)
    assert details.details(student) == ()
    details.confirm(student, Way.EMAIL, _code(sent))
    assert [each.address for each in details.details(student)] == [MAIL]
    assert sent[0].to == MAIL


def test_five_wrong_codes_are_enough_also_for_the_right_one(own, sent):
    student = own("student")
    details.ask(student, Way.EMAIL, MAIL)
    right = _code(sent)
    for _ in range(5):
        with pytest.raises(CodeWrong):
            details.confirm(student, Way.EMAIL, "abcdef")
    with pytest.raises(CodeWrong):
        details.confirm(student, Way.EMAIL, right)


def test_a_code_is_for_who_asked_it_and_for_half_an_hour(own, sent):
    student, widow = own("student"), own("widow")
    details.ask(student, Way.EMAIL, MAIL)
    code = _code(sent)
    with pytest.raises(CodeWrong):
        details.confirm(widow, Way.EMAIL, code)
    with clock.frozen(clock.now() + timedelta(minutes=31)), pytest.raises(CodeWrong):
        details.confirm(own("student"), Way.EMAIL, code)


def test_nobody_asks_for_codes_without_end(own, sent):
    student = own("student")
    for _ in range(5):
        details.ask(student, Way.EMAIL, MAIL)
    with pytest.raises(TooManyCodes):
        details.ask(student, Way.EMAIL, MAIL)


def test_the_old_address_hears_of_a_change_and_the_new_one_counts(own, sent):
    student = own("student")
    prove(student, sent)
    prove(student, sent, "nieuw@voorbeeld.example")
    outbox.run_once()
    assert [each.to for each in sent] == [MAIL, "nieuw@voorbeeld.example", MAIL]
    assert [each.address for each in details.details(student)] == ["nieuw@voorbeeld.example"]
    details.remove(student, Way.EMAIL)
    outbox.run_once()
    assert sent[-1].to == "nieuw@voorbeeld.example"
    assert details.details(student) == ()


def test_no_address_and_no_code_can_be_read_in_the_database_or_in_the_log(own, sent):
    student = own("student")
    details.ask(student, Way.EMAIL, MAIL)
    (row,) = models.Verification.objects.all()
    (dispatch,) = models.Dispatch.objects.all()
    assert MAIL.encode() not in bytes(row.sealed) + bytes(dispatch.sealed)
    details.confirm(student, Way.EMAIL, _code(sent))
    dispatch.refresh_from_db()
    assert bytes(dispatch.sealed) == b""
    did = [name for act in logbook.acts_about(student, limit=20) for part in act.parts for name in part.did]
    assert "nieuw contactadres" in did
    assert not any(MAIL in name for name in did)


def test_what_was_not_used_for_three_years_goes(own, sent):
    student = own("student")
    prove(student, sent)
    wishes.choose(student, EVERYTHING, Wish(notify=Notify.EMAIL))
    long_ago = clock.now() - timedelta(days=4 * 366)
    models.ContactDetail.objects.update(verified_at=long_ago)
    retention.run()
    assert details.details(student) == ()
    assert wishes.wishes(student.subject.party) != {}


def _detail(way: Way, *, works: bool = True) -> Detail:
    return Detail(way=way, address="x", verified_at=clock.now(), failed_at=None if works else clock.now())


ONE_PRODUCT = Scope(organisation="1", product="p")
EMAIL, SMS = _detail(Way.EMAIL), _detail(Way.SMS)


@pytest.mark.parametrize(
    ("wishes", "details", "expected"),
    [
        ({}, [], Reach(by_post=False, way=None)),
        ({}, [EMAIL, SMS], Reach(by_post=False, way=Way.EMAIL)),
        ({EVERYTHING: Wish(notify=Notify.SMS)}, [EMAIL, SMS], Reach(by_post=False, way=Way.SMS)),
        ({EVERYTHING: Wish(notify=Notify.SMS)}, [EMAIL], Reach(by_post=False, way=Way.EMAIL)),
        ({EVERYTHING: Wish(notify=Notify.NONE, by_post=True)}, [EMAIL], Reach(by_post=True, way=None)),
        ({}, [_detail(Way.EMAIL, works=False)], Reach(by_post=True, way=None)),
        ({}, [_detail(Way.EMAIL, works=False), SMS], Reach(by_post=False, way=Way.SMS)),
        (
            {EVERYTHING: Wish(notify=Notify.SMS), Scope(organisation="1"): Wish(by_post=True)},
            [EMAIL, SMS],
            Reach(by_post=True, way=Way.SMS),
        ),
        (
            {Scope(organisation="1"): Wish(notify=Notify.SMS), ONE_PRODUCT: Wish(notify=Notify.NONE)},
            [EMAIL, SMS],
            Reach(by_post=False, way=None),
        ),
        ({Scope(organisation="2"): Wish(by_post=True)}, [EMAIL], Reach(by_post=False, way=Way.EMAIL)),
    ],
)  # fmt: skip
def test_the_narrowest_choice_decides_along_a_way_that_works(wishes, details, expected):
    assert reach(wishes, details, "1", "p") == expected
