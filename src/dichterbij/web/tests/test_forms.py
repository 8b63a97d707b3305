from datetime import date

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from dichterbij.web.forms import AmountField, DateField, UploadField, problems_of, sometimes
from dichterbij.web.forms.fields import cents_of
from dichterbij.web.tests.gallery.views import GalleryForm


@given(st.integers(0, 10**11))
def test_an_amount_reads_back_as_the_same_cents(cents):
    euros, rest = divmod(cents, 100)
    assert cents_of(f"{euros},{rest:02d}") == cents
    assert cents_of(f"€ {euros:,}".replace(",", ".") + f",{rest:02d}") == cents


@pytest.mark.parametrize(
    ("typed", "cents"),
    [("1250", 125000), ("1.250", 125000), ("12,5", 1250), ("1.250,-", 125000), ("€1,250.75", 125075), ("0", 0)],
)
def test_an_amount_may_be_typed_as_people_write_it(typed, cents):
    assert AmountField().clean(typed) == cents


@pytest.mark.parametrize("typed", ["veel", "12,345,6", "1.25.0", "1e9", "--5", "٣", ",", "12 of 13"])
def test_what_is_no_amount_is_refused_with_an_example(typed):
    with pytest.raises(forms.ValidationError, match="bijvoorbeeld 1250"):
        AmountField().clean(typed)


def test_a_negative_amount_is_refused():
    with pytest.raises(forms.ValidationError, match="0 euro of meer"):
        AmountField().clean("-5")


def test_an_amount_is_shown_with_a_comma():
    assert AmountField().prepare_value(125050) == "1250,50"


def test_a_date_is_read_from_three_numbers():
    assert DateField().clean(["27", "3", "1985"]) == date(1985, 3, 27)


@pytest.mark.parametrize("parts", [["31", "2", "2026"], ["a", "3", "1985"], ["1", "1", "0"], ["1", "1", "99999"]])
def test_a_day_that_does_not_exist_is_refused(parts):
    with pytest.raises(forms.ValidationError):
        DateField().clean(parts)


def test_half_a_date_asks_for_the_rest():
    with pytest.raises(forms.ValidationError, match="de maand en het jaar"):
        DateField(required=False).clean(["27", "", ""])


def test_an_optional_date_may_stay_empty():
    assert DateField(required=False).clean(["", "", ""]) is None


def test_what_only_some_answers_make_necessary_is_not_called_optional():
    class Some(forms.Form):
        always = forms.CharField(label="Altijd")
        never = forms.CharField(label="Nooit", required=False)
        perhaps = sometimes(forms.CharField(label="Soms"))

    form = Some({"always": "ja"})
    assert form.is_valid()
    assert str(form).count("niet verplicht") == 1


def test_a_date_out_of_bounds_is_refused():
    field = DateField(min_day=date(2020, 1, 1), max_day=date(2026, 6, 15))
    with pytest.raises(forms.ValidationError, match="terug"):
        field.clean(["1", "1", "2019"])
    with pytest.raises(forms.ValidationError, match="vooruit"):
        field.clean(["16", "6", "2026"])


def test_a_document_is_known_by_its_content_and_not_by_its_name():
    pdf = SimpleUploadedFile("brief.txt", b"%PDF-1.7 ...")
    assert UploadField().clean(pdf) is pdf
    with pytest.raises(forms.ValidationError, match="PDF, een JPG of een PNG"):
        UploadField().clean(SimpleUploadedFile("brief.pdf", b"MZ\x90\x00"))


def test_a_document_that_is_too_big_is_refused():
    with pytest.raises(forms.ValidationError, match="hoogstens 1 MB"):
        UploadField(max_bytes=1_000_000).clean(SimpleUploadedFile("a.pdf", b"%PDF-" + b"x" * 1_000_000))


def test_each_problem_names_its_field_and_points_at_its_first_control():
    problems = {problem.target: problem.text for problem in problems_of(GalleryForm({}))}
    assert problems["id_iban"] == "Vul dit in: Rekeningnummer (IBAN)"
    assert problems["id_stays_0"] == "Beantwoord de vraag: Wilt u in uw woning blijven wonen?"
    assert problems["id_moved_on_0"].startswith("Beantwoord de vraag")
    assert problems["id_proof"].startswith("Kies een bestand")
    assert problems["id_agrees"].startswith("Vink dit aan")


class Short(forms.Form):
    nickname = forms.CharField(label="Roepnaam", max_length=3)
    mail = forms.EmailField(label="E-mailadres")
    number = forms.IntegerField(label="Aantal", min_value=2)
    choice = forms.ChoiceField(label="Keuze", choices=[("a", "A")])


def test_an_error_of_django_is_said_in_our_words_with_the_name_of_the_field():
    form = Short({"nickname": "Marijke", "mail": "x", "number": "1", "choice": "b"})
    assert [problem.text for problem in problems_of(form)] == [
        "Schrijf hoogstens 3 tekens bij: Roepnaam",
        "Dit klopt niet: E-mailadres",
        "Aantal: vul minstens 2 in.",
        "Kies een van de mogelijkheden: Keuze",
    ]


def test_a_message_of_the_form_itself_stays_as_it_was_written():
    class Strict(forms.Form):
        name = forms.CharField(label="Naam", error_messages={"required": "Wij hebben uw naam nodig."})

    assert [problem.text for problem in problems_of(Strict({}))] == ["Wij hebben uw naam nodig."]


def test_hint_and_error_describe_the_control_in_that_order():
    html = str(GalleryForm({}))
    assert 'aria-describedby="id_iban_helptext id_iban_error"' in html
    assert html.index('id="id_iban_helptext"') < html.index('id="id_iban_error"') < html.index('name="iban"')
    assert 'aria-invalid="true"' in html


def test_a_group_is_a_fieldset_with_the_question_as_its_legend():
    html = str(GalleryForm())
    assert html.count("<fieldset") == html.count("<legend") == 3
    assert 'for="id_stays_0">Ja</label>' in html


def test_what_is_not_required_says_so():
    html = str(GalleryForm())
    assert html.count("(niet verplicht)") == 3


def test_a_phone_number_tells_the_browser_what_it_is():
    assert 'autocomplete="tel"' in str(GalleryForm())
