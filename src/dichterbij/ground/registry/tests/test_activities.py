"""The record of processing activities is complete, and its fields follow from the law."""

import pytest

from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities, answers, registries
from dichterbij.ground.registry.laws import current_laws

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "logbook"]),
    pytest.mark.usefixtures("organisations"),
]


def test_every_activity_says_who_why_and_on_which_ground_in_three_languages():
    for found in activities.all_registered():
        assert organisations.by_key(found.organisation)
        assert found.activity.legal_basis
        assert found.source.startswith("https://")
        assert set(found.purposes) == {"nl", "en", "pap"}
        assert len(set(found.purposes.values())) == 3


def test_the_fields_of_an_activity_are_what_its_law_can_ask_and_nothing_more():
    fields = activities.allowed_fields("duo.aanvullende-beurs")
    assert "inkomensgegeven.verzamelinkomen" in fields["belastingdienst"]
    assert "inschrijving.onderwijssoort" in fields["duo"]
    assert "vermogen.rendementsgrondslag" not in fields["belastingdienst"]
    assert "rvz" not in fields


def test_every_field_of_an_activity_comes_from_a_registry_we_can_name():
    for found in activities.all_registered():
        for key in activities.allowed_fields(found.activity.id):
            assert registries.registry(key).holder
            assert organisations.by_key(registries.registry(key).holder)


def test_the_version_changes_with_the_fields_of_the_law():
    grant = activities.activity("duo.aanvullende-beurs")
    assert grant.version == activities.activity("duo.aanvullende-beurs").version
    assert len({activities.activity(found.activity.id).version for found in activities.all_registered()}) > 5


def test_the_activity_that_covers_a_law_is_found_by_organisation():
    duo, svb = organisations.by_key("duo"), organisations.by_key("svb")
    law, outputs = "wet_studiefinanciering_2000", ("aanvullende_beurs_per_maand",)
    assert activities.covering(duo.oin, law, outputs).id == "duo.aanvullende-beurs"
    with pytest.raises(answers.UnknownActivity):
        activities.covering(svb.oin, law, outputs)
    with pytest.raises(answers.UnknownActivity):
        activities.covering(duo.oin, law, ("basisbeurs_per_maand",))


def test_an_unknown_activity_is_refused():
    with pytest.raises(answers.UnknownActivity):
        activities.activity("duo.onbekend")


def test_every_registry_of_the_vocabulary_has_a_name_in_three_languages():
    for fact in current_laws().vocabulary.facts.values():
        if fact.registry:
            assert set(registries.registry(fact.registry).labels) == {"nl", "en", "pap"}, fact.name
