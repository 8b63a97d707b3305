"""Where a card stands for a person, and in which order."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dichterbij.front.life_events.domain import (
    Card,
    CardText,
    Channel,
    FactEquals,
    Group,
    Moment,
    Output,
    Source,
    with_name,
)
from dichterbij.front.life_events.standings import Outcomes, Verdict, by_moment, place, standings, urgency, verdict_of

WORDS = CardText(title="Titel", sentence="Had {deceased} AOW?", body="{Deceased} wist het.", why="Daarom.")


def card(group: Group, otherwise: Group | None = None) -> Card:
    return Card(
        id="kaart",
        organisation="svb",
        group=group,
        otherwise=otherwise,
        when=Moment.LATER,
        shown_when=Output(law="wet", output="uitkomst"),
        channels=(Channel.CALL,),
        sources=(Source(title="Wet", url="https://example.org"),),
        texts={"nl": WORDS},
    )


def test_a_card_stands_in_its_group_when_the_law_says_yes() -> None:
    assert place(card(Group.TO_DO), Verdict.APPLIES) is Group.TO_DO


def test_a_card_that_tells_why_not_stands_under_not_for_you_when_the_law_says_no() -> None:
    assert place(card(Group.MAY_BE_ENTITLED, Group.NOT_FOR_YOU), Verdict.DOES_NOT_APPLY) is Group.NOT_FOR_YOU


def test_a_card_without_a_reason_to_tell_is_left_out_when_the_law_says_no() -> None:
    assert place(card(Group.MAY_BE_ENTITLED), Verdict.DOES_NOT_APPLY) is None


@pytest.mark.parametrize(("relation", "told"), [("kind", 1), ("partner", 0)])
def test_not_for_you_is_only_told_to_who_could_have_wondered(relation: str, told: int) -> None:
    wondering = FactEquals(fact="relatie_tot_overledene", value="kind")
    orphans = replace(card(Group.MAY_BE_ENTITLED, Group.NOT_FOR_YOU), otherwise_when=wondering)
    outcomes = Outcomes(values={orphans.outputs()[0]: False}, facts={"relatie_tot_overledene": relation})
    assert len(standings([orphans], outcomes, date(2026, 6, 15))) == told


@pytest.mark.parametrize("verdict", [Verdict.UNKNOWN, Verdict.UNAVAILABLE])
def test_what_is_unknown_or_could_not_be_asked_is_never_shown_as_no(verdict: Verdict) -> None:
    assert place(card(Group.BY_ITSELF, Group.NOT_FOR_YOU), verdict) is Group.BY_ITSELF


@pytest.mark.parametrize(("value", "verdict"), [(True, Verdict.APPLIES), (46640, Verdict.APPLIES)])
def test_true_and_an_amount_apply(value: object, verdict: Verdict) -> None:
    assert verdict_of(value) is verdict


@pytest.mark.parametrize("value", [False, 0, None])
def test_false_nothing_and_a_zero_amount_do_not_apply(value: object) -> None:
    assert verdict_of(value) is Verdict.DOES_NOT_APPLY


def test_the_name_of_the_person_who_died_stands_in_every_text_with_a_capital_where_a_sentence_starts() -> None:
    about = WORDS.about("de overledene")
    assert (about.sentence, about.body) == ("Had de overledene AOW?", "De overledene wist het.")
    assert with_name("Geen naam.", "Maria") == "Geen naam."


def test_a_card_may_hang_on_one_fact_that_equals_one_value() -> None:
    lives_here = FactEquals(fact="woont_in_nederland", value=True)
    assert Outcomes(values={}, facts={"woont_in_nederland": True}).verdict(lives_here) is Verdict.APPLIES
    assert Outcomes(values={}, facts={"woont_in_nederland": False}).verdict(lives_here) is Verdict.DOES_NOT_APPLY
    assert Outcomes(values={}).verdict(lives_here) is Verdict.UNKNOWN


def test_an_unknown_language_falls_back_to_dutch() -> None:
    assert card(Group.TO_DO).text("fy") == WORDS


def test_what_to_do_comes_before_what_happens_by_itself_and_the_earliest_last_day_first() -> None:
    items = [
        (Group.BY_ITSELF, date(2026, 6, 1), 0),
        (Group.TO_DO, None, 1),
        (Group.TO_DO, date(2026, 9, 1), 2),
        (Group.TO_DO, date(2026, 7, 1), 3),
        (Group.MAY_BE_ENTITLED, None, 4),
    ]
    expected = [3, 2, 1, 4, 0]
    for mixed in permutations(items):
        assert [item[2] for item in sorted(mixed, key=lambda item: urgency(*item))] == expected


@given(st.lists(st.sampled_from(list(Moment))))
def test_grouping_by_moment_loses_nothing_keeps_order_and_starts_with_the_soonest(moments: list[Moment]) -> None:
    items = list(enumerate(moments))
    grouped = by_moment(items, lambda item: item[1])
    assert [item for section in grouped.values() for item in section] == sorted(
        items, key=lambda item: (list(Moment).index(item[1]), item[0])
    )
    assert all(grouped.values())
