"""Whoever answers whatever: every check of every law ends, in an outcome or in what is still unknown."""

import random
from collections.abc import Iterator

import pytest
from django.forms import ChoiceField, IntegerField, MultipleChoiceField
from django.test import Client

from dichterbij.front.rules import published
from dichterbij.front.rules.forms import RoundForm
from dichterbij.web.forms import AmountField, DateField

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
MOST_ROUNDS = 25


def answers(form: RoundForm, drawn: random.Random) -> dict[str, str]:
    """Answer every question of a round as somebody might."""
    given: dict[str, str] = {"step": "round"}
    for name, field in form.fields.items():
        given |= dict(_answer(name, field, drawn))
    return given


def _answer(name: str, field: object, drawn: random.Random) -> Iterator[tuple[str, str]]:
    match field:
        case MultipleChoiceField():
            return
        case ChoiceField():
            yield name, drawn.choice([str(value) for value, _ in field.choices])
        case DateField():
            day = {"day": drawn.randint(1, 28), "month": drawn.randint(1, 12), "year": drawn.randint(1940, 2026)}
            yield from ((f"{name}_{part}", str(value)) for part, value in day.items())
        case AmountField():
            yield name, drawn.choice(["", "0", "850", "24.000", "91000,55"])
        case IntegerField():
            yield name, drawn.choice(["", "0", "1", "2"])
        case _:
            yield name, drawn.choice(["", "iets"])


def through(law: str, topic: str, drawn: random.Random) -> int:
    """Go through a check; return the status of its last page."""
    client, address = Client(), f"/rules/{law}/check"
    page = client.get(address)
    if "check_start" in page.templates[0].name:
        territories = (
            [value for value, _ in page.context["form"].fields["territory"].choices]
            if ("territory" in page.context["form"].fields)
            else ["NL"]
        )
        where = drawn.choice([value for value in territories if not value.startswith("BQ")])
        month = dict(page.context["form"].initial)["month"]
        start = {"step": "start", "topic": topic, "territory": where, "month": month}
        assert client.post(address, start).status_code == 302
        page = client.get(address)
    for _ in range(MOST_ROUNDS):
        if not isinstance(page.context.get("form"), RoundForm):
            return page.status_code
        sent = client.post(address, answers(page.context["form"], drawn))
        assert sent.status_code == 302, (law, topic, sent.context["form"].errors)
        page = client.get(address)
    raise AssertionError(f"{law}, {topic} keeps asking: {list(page.context['form'].fields)}")


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_every_check_ends(organisations, seed):
    drawn = random.Random(seed)  # noqa: S311 a test
    checks = [(line.id, topic.id) for line in published.laws_listed("nl") for topic in published.topics(line.id, "nl")]
    wrong = [(law, topic) for law, topic in checks if through(law, topic, drawn) not in (200, 422)]
    assert len(checks) > 20
    assert wrong == []
