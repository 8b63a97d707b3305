from hypothesis import given
from hypothesis import strategies as st

from dichterbij.web.hyphenation import IN_HEADING, SOFT_HYPHEN, hyphenate


@given(st.text())
def test_without_its_soft_hyphens_a_text_is_what_it_was(text):
    assert hyphenate(text, "nl", 3).replace(SOFT_HYPHEN, "") == text.replace(SOFT_HYPHEN, "")


def test_a_long_compound_breaks_between_syllables():
    text = hyphenate("Inkomensverrekening", "nl", IN_HEADING)
    assert "verrekening".startswith("ver") and text.count(SOFT_HYPHEN) >= 4


def test_a_short_word_stays_whole():
    assert hyphenate("huurtoeslag", "nl", IN_HEADING) == "huurtoeslag"


def test_a_language_without_dictionary_stays_as_it_is():
    assert hyphenate("responsabilidatnannan", "pap", 3) == "responsabilidatnannan"
