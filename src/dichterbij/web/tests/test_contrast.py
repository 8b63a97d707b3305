import pytest

from dichterbij.web import contrast, themes


def test_the_ratio_of_black_and_white_is_twenty_one():
    assert contrast.ratio("#000", "#ffffff") == pytest.approx(21)


def test_a_token_is_followed_to_its_colour_also_through_a_fallback():
    tokens = {"--a": "var(--b)", "--b": "var(--missing, #123456)"}
    assert contrast.resolved("--a", tokens) == "#123456"


def test_tokens_that_refer_to_each_other_do_not_hang():
    assert "var" in contrast.resolved("--a", {"--a": "var(--b)", "--b": "var(--a)"})


def test_tokens_for_high_contrast_do_not_hide_those_of_every_day():
    css = ":root{--a:#111} @media (prefers-contrast: more){:root{--a:#222}}"
    assert contrast.tokens_of(css) == {"--a": "#111"}


def test_our_own_colours_have_enough_contrast_everywhere():
    assert contrast.failures(themes.default_tokens()) == ()


def test_a_colour_we_cannot_read_counts_as_a_failure():
    failures = contrast.failures(themes.default_tokens() | {"--dichterbij-accent-500": "rebeccapurple"})
    assert any("niet te lezen" in str(failure) for failure in failures)
