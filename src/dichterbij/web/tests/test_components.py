from datetime import UTC, date, datetime

import pytest
from django.template import engines
from django.utils import translation


def rendered(text: str, **values: object) -> str:
    return engines["django"].from_string("{% load web %}" + text).render(values)


def test_a_message_has_an_icon_with_a_name_and_no_alert_role():
    html = rendered('{% alert "warning" heading="Let op de dag" %}<p>Nog 3 dagen.</p>{% endalert %}')
    assert 'aria-label="Let op"' in html
    assert "<h2>Let op de dag</h2><p>Nog 3 dagen.</p>" in html
    assert 'role="alert"' not in html


def test_a_kind_of_message_we_do_not_have_is_an_error():
    with pytest.raises(KeyError):
        rendered('{% alert "purple" %}x{% endalert %}')


def test_what_a_person_typed_is_escaped_everywhere():
    bad = "<b>x</b>"
    html = rendered(
        "{% badge bad %}{% button bad %}{% link_button bad bad %}{% task bad url=bad hint=bad status=bad %}"
        "{% summary_row bad bad source=bad action_url=bad action=bad %}{% table caption=bad %}{% endtable %}"
        "{% more bad %}{% endmore %}{% crumb bad bad %}{% counter 1 bad %}{% alert heading=bad %}{{ bad }}"
        "{% endalert %}",
        bad=bad,
    )
    assert bad not in html


def test_a_number_in_a_circle_is_read_with_its_label():
    assert '<span class="dichterbij-hidden">(2 ongelezen)</span>' in rendered('{% counter 2 "ongelezen" %}')


def test_a_fact_shows_its_source_and_day_and_the_way_to_say_it_is_wrong():
    html = rendered('{% summary_row "Adres" "Dam 1" source="BRP" on=day action_url="/x" %}', day=date(2026, 6, 15))
    assert "Bron: BRP, 15 juni 2026" in html
    assert 'Klopt dit niet?<span class="dichterbij-hidden"> (Adres)</span>' in html


def test_the_day_of_an_instant_is_the_day_in_amsterdam():
    html = rendered('{% summary_row "A" "b" source="BRP" on=at %}', at=datetime(2026, 6, 14, 23, 0, tzinfo=UTC))
    assert "15 juni 2026" in html


def test_a_table_scrolls_in_a_region_that_has_its_name():
    html = rendered('{% table caption="Bedragen" %}<tbody></tbody>{% endtable %}')
    assert 'role="region" aria-label="Bedragen" tabindex="0"' in html
    assert "<caption>Bedragen</caption>" in html


def test_a_fragment_in_another_language_says_so():
    assert rendered("{% foreign %}besluit{% endforeign %}") == "besluit"
    with translation.override("en"):
        assert rendered("{% foreign %}besluit{% endforeign %}") == '<span lang="nl">besluit</span>'


def test_a_title_in_another_language_says_so():
    text = '{% crumb "Uw brief" lang="nl" %}{% crumb "Uw brief" "/x" lang="nl" %}{% task "Uw brief" "/x" lang="nl" %}'
    assert "lang=" not in rendered(text)
    with translation.override("en"):
        assert rendered(text).count(' lang="nl">Uw brief<') == 3


@pytest.mark.parametrize(
    ("language", "text"), [("nl", "15 juni 2026"), ("en", "15 June 2026"), ("pap", "15 di Yüni 2026")]
)
def test_a_day_is_written_in_the_language_of_the_page(language, text):
    with translation.override(language):
        assert rendered("{{ day|date_long }}", day=date(2026, 6, 15)) == text


def test_an_amount_that_is_not_known_shows_nothing():
    assert rendered("{{ amount|euro }}", amount=None) == ""
