from pathlib import Path

import pytest

from dichterbij.web import checks, themes

HOSTED = {"rotterdam", "deventer", "duo", "dienst-toeslagen", "svb", "belastingdienst", "kvk", "rdw"}
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><circle cx="20" cy="20" r="18"/></svg>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "content/themes/voorbeeld"
    made.mkdir(parents=True)
    (made / "theme.css").write_text(":root { --dichterbij-accent-500: #5b2a6e; }")
    (made / "theme.toml").write_text('name = "Voorbeeld"')
    (made / "logo.svg").write_text(LOGO)
    return made


def test_every_hosted_organisation_of_the_demonstration_has_a_theme_that_is_accepted():
    assert set(themes.accepted()) >= HOSTED
    assert checks.check_themes(None) == []


def test_a_complete_theme_loads(folder):
    assert themes.load(folder).name == "Voorbeeld"


def test_a_theme_whose_links_are_hard_to_read_is_refused_with_the_tokens_and_the_ratio(folder):
    (folder / "theme.css").write_text(":root { --dichterbij-accent-500: #8ab4f8; }")
    with pytest.raises(
        themes.ThemeRefused, match=r"--nl-link-color op --dichterbij-paper is \d\.\d+:1, nodig is 4.5:1"
    ):
        themes.load(folder)


@pytest.mark.parametrize("file", ["theme.css", "theme.toml", "logo.svg"])
def test_a_theme_without_one_of_its_files_is_refused(folder, file):
    (folder / file).unlink()
    with pytest.raises(themes.ThemeRefused, match=file):
        themes.load(folder)


@pytest.mark.parametrize("css", ["@import 'https://x.example/a.css';", ":root{--a:url(https://x.example)}"])
def test_a_theme_that_fetches_from_elsewhere_is_refused(folder, css):
    (folder / "theme.css").write_text(css)
    with pytest.raises(themes.ThemeRefused, match="@import"):
        themes.load(folder)


@pytest.mark.parametrize("part", ["<script>1</script>", '<a href="https://x.example"/>', '<g onload="1"/>'])
def test_a_mark_with_script_or_reference_is_refused(folder, part):
    (folder / "logo.svg").write_text(LOGO.replace("<circle", part + "<circle"))
    with pytest.raises(themes.ThemeRefused, match=r"logo\.svg"):
        themes.load(folder)


def test_a_theme_in_the_overlay_takes_the_place_of_a_shipped_one(folder, settings):
    settings.DATA_FOLDERS = [*settings.DATA_FOLDERS, folder.parents[2]]
    rotterdam = folder.rename(folder.parent / "rotterdam")
    assert themes.folders()["rotterdam"] == rotterdam


def test_an_organisation_whose_theme_was_refused_gets_the_colours_of_dichterbij():
    assert themes.path("refused", "logo.svg") == "dichterbij/logo.svg"
    assert themes.path("duo", "logo.svg") == "themes/duo/logo.svg"


def test_the_start_up_check_names_a_refused_theme(folder, settings):
    settings.DATA_FOLDERS = [folder.parents[2]]
    (folder / "theme.css").write_text(":root { --dichterbij-accent-600: #ffffff; }")
    (error,) = checks.check_themes(None)
    assert error.id == "web.E001"
    assert "voorbeeld/theme.css" in error.msg
