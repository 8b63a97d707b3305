"""Asking by letter to act for somebody: how often that may, also at the same moment."""

import pytest
from django.test import Client

from dichterbij.ground.authority import codes, letters
from dichterbij.ground.authority.portal import own_access
from dichterbij.ground.authority.standing import CannotMandate
from dichterbij.ground.identity.tests.clients import sign_in_client
from dichterbij.kernel.access import Access, Permission
from dichterbij.kernel.identifiers import Bsn
from dichterbij.kernel.levels import Level

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
ANNA, BORIS = Bsn("999990007"), Bsn("999990019")


@pytest.fixture
def access(organisations: None) -> Access:
    return own_access(sign_in_client(Client(), ANNA, Level.SUBSTANTIAL), Permission.SUBMIT)


def test_of_letters_that_are_asked_at_the_same_moment_no_more_than_five_go(access, monkeypatch):
    for _ in range(letters.MOST_LETTERS - 1):
        letters.begin(access, BORIS)
    refused = []

    def meanwhile(*_recorded: object) -> None:
        monkeypatch.undo()
        try:
            letters.begin(access, BORIS)
        except CannotMandate as problem:
            refused.append(problem)

    monkeypatch.setattr(letters, "record", meanwhile)
    letters.begin(access, BORIS)
    assert len(refused) == 1


def test_a_letter_that_was_refused_does_not_count(access):
    for _ in range(letters.MOST_LETTERS):
        letters.begin(access, BORIS)
    for _ in range(2):
        with pytest.raises(CannotMandate):
            letters.begin(access, BORIS)
    assert codes.WrongCode.objects.count() == letters.MOST_LETTERS
