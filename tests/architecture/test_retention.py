"""Every table says how long it keeps personal data and why, or why it holds none."""

from django.apps import apps

from dichterbij.ground.outbox import retention

WITHOUT_PERSONAL_DATA = {
    "outbox.Delivery": "which handler has had which event; leaves with the event",
    "organisations.Organisation": "public bodies",
    "organisations.Unit": "teams",
    "organisations.Instance": "what this instance is",
    "registry.Outage": "which source does not answer",
    "contact.Outage": "when an organisation could not be reached here",
    "verification.Verifier": "bodies",
    "sharing.Recipient": "companies",
    "help_point.HelpPoint": "places where people get help",
    "help_point.QuestionCount": "how often a subject was asked in a month, by nobody in particular",
    "logbook.Position": "numbers and hashes",
    "logbook.Node": "numbers and hashes",
    "logbook.Head": "numbers, hashes and signatures",
    "logbook.Removal": "numbers, hashes and signatures",
}


def models() -> set[str]:
    return {model._meta.label for model in apps.get_models() if model.__module__.startswith("dichterbij.")}


def test_every_table_with_personal_data_says_how_long_it_keeps_it_and_why() -> None:
    assert models() - {rule.model for rule in retention.rules()} == set(WITHOUT_PERSONAL_DATA)


def test_no_rule_is_about_a_table_that_does_not_exist() -> None:
    assert {rule.model for rule in retention.rules()} <= {model._meta.label for model in apps.get_models()}
