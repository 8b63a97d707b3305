"""The help point: empty screens for a helper, the nearest point, counting without anybody, nothing left behind."""

import csv
import io
import re
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client

from dichterbij.delivery.cases.models import Case, Draft
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.paper.definitions import questions
from dichterbij.front.help_point import counting, files, finding
from dichterbij.front.help_point.domain import distance
from dichterbij.front.help_point.models import HelpPoint, QuestionCount
from dichterbij.ground.logbook.models import Line
from dichterbij_world import help_points

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
ROOM = Path(files.__file__).parent
ROTTERDAM, DEVENTER = (51.92, 4.48), (52.25, 6.16)


def read(response: HttpResponse) -> str:
    return unescape(response.content.decode()).replace("\xa0", " ").replace("\xad", "")


def line(number: int, **other: str) -> dict[str, str]:
    north, east = ROTTERDAM if number % 2 else DEVENTER
    return {
        "key": f"punt-{number}",
        "name": f"Bibliotheek {number}",
        "address": f"Verzonnenstraat {number}",
        "postcode": f"{3000 + number} AB" if number % 2 else f"{7400 + number} AB",
        "place": "Rotterdam" if number % 2 else "Deventer",
        "phone": "",
        "latitude": str(north + number / 10_000),
        "longitude": str(east),
        "hours": "mo 10:00-17:00; we 10:00-12:00; we 13:00-17:00",
    } | other


@pytest.fixture
def file(tmp_path: Path):
    def written(rows: list[dict[str, str]], columns: tuple[str, ...] = files.COLUMNS) -> Path:
        path = tmp_path / "punten.csv"
        with path.open("w", encoding="utf-8", newline="") as to:
            writer = csv.DictWriter(to, columns, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
        return path

    return written


@pytest.fixture
def points(file) -> None:
    call_command("help_points", file([line(number) for number in range(1, 601)]), stdout=io.StringIO())


def test_a_file_of_six_hundred_points_loads_and_replaces_what_was_there(points, file) -> None:
    assert HelpPoint.objects.count() == 600
    call_command("help_points", file([line(1)]), stdout=io.StringIO())
    assert [each.key for each in finding.points()] == ["punt-1"]


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"latitude": "4.48", "longitude": "51.92"}, "regel 3: .*verwisseld"),
        ({"latitude": "51,92"}, "regel 3: .*met een punt"),
        ({"hours": "mo 17:00-10:00"}, "regel 3: hours"),
        ({"hours": "maandag 10-12"}, "regel 3: hours"),
        ({"postcode": "AB 1234"}, "regel 3: postcode"),
        ({"name": "<script>"}, "regel 3: name"),
        ({"key": "punt-1"}, "regel 3: .*ook op regel 2"),
    ],
)
def test_one_wrong_line_is_named_and_nothing_changes(points, file, other, why) -> None:
    with pytest.raises(CommandError, match=why):
        call_command("help_points", file([line(1), line(2, **other)]))
    assert HelpPoint.objects.count() == 600


def test_a_file_with_other_columns_or_without_points_is_refused(file) -> None:
    with pytest.raises(CommandError, match="kolommen"):
        call_command("help_points", file([line(1)], columns=("name", "address")))
    with pytest.raises(CommandError, match="geen enkel punt"):
        call_command("help_points", file([]))


def test_the_nearest_points_come_first_by_postcode_or_by_place(client, points) -> None:
    by_place = read(client.get("/help-points", {"near": "deventer"}))
    assert "Deventer" in by_place.split("Dichtbij")[1]
    assert "Rotterdam" not in by_place.split("Dichtbij")[1]
    by_postcode = finding.find("3011 AB")
    assert by_postcode[0].point.key == "punt-11"
    assert [each.km for each in by_postcode] == sorted(each.km for each in by_postcode)
    assert finding.find("3099")[0].point.place == "Rotterdam"
    assert "woensdag 10:00-12:00, 13:00-17:00" in by_place
    assert "Wij kennen daar geen informatiepunt" in read(client.get("/help-points", {"near": "Nergens"}))


def test_the_demonstration_brings_six_hundred_invented_points(tmp_path) -> None:
    found = files.read(help_points.write(tmp_path / "points.csv", 1))
    assert len(found) == 600
    assert all("erzonnen" in each.name for each in found)


def test_a_distance_is_that_of_a_map() -> None:
    assert distance(ROTTERDAM, DEVENTER) == pytest.approx(121, abs=2)  # Rotterdam - Deventer, as the crow flies


def test_a_helper_shows_the_real_screens_and_nothing_is_read_or_kept(organisations) -> None:
    client, lines = Client(), Line.objects.count()
    for product in catalogue.products():
        page = client.get(f"/help-points/guide/{product.id}")
        text = read(page)
        assert "Voorbeeld, van niemand" in text
        assert product.name("nl") in text
        fields = re.findall(r"<(?:input|textarea|select|button)\b[^>]*>", _main(text))
        assert fields
        assert text.count("<fieldset") > 0 and "disabled" in _main(text).partition("<form")[0]
        after = read(client.get(f"/help-points/guide/{product.id}/afterwards"))
        assert "VOORBEELD" in after and "Wanneer weet ik het?" in after
    assert not client.cookies
    assert (Line.objects.count(), Case.objects.count(), Draft.objects.count()) == (lines, 0, 0)


def _main(text: str) -> str:
    return text.partition("<main")[2].partition("</main>")[0]


def test_the_guide_asks_what_the_paper_form_asks(organisations) -> None:
    client, asked = Client(), 0
    for product in catalogue.products():
        page = read(client.get(f"/help-points/guide/{product.id}"))
        for each in questions(product, "nl"):
            assert (each.question or each.label) in page
            asked += 1
    assert asked


def test_the_room_has_no_way_to_read_anybody() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in ROOM.glob("*.py"))
    for way in ("require(", "cases import queries", "registry", "assessment", "request.login", "open_to(CITIZEN"):
        assert way not in source


def test_the_pages_of_the_help_point_leave_no_cookie(organisations) -> None:
    client = Client()
    for page in ("/help-points", "/help-points?near=Deventer", "/help-points/safe", "/help-points/guide"):
        assert client.get(page).status_code == 200
    assert not client.cookies


def test_a_question_is_counted_by_subject_and_month_and_by_nothing_else(client, points) -> None:
    code = counting.code_of("punt-1")
    for _ in range(2):
        assert client.post("/help-points/questions", {"code": code, "subject": "letter"}).status_code == 302
    row = QuestionCount.objects.get()
    assert (row.point, row.subject, row.number, row.month.day) == ("punt-1", "letter", 2, 1)
    assert {field.name for field in QuestionCount._meta.fields} == {"id", "point", "month", "subject", "number"}
    assert "Een brief begrijpen</td>" in read(client.get("/help-points/questions"))


@pytest.mark.parametrize(
    ("code", "subject"),
    [("punt-1 AAAAAAAA", "letter"), ("punt-9999 AAAAAAAA", "letter"), ("", "letter"), ("punt-1", "letter")],
)
def test_without_the_code_of_a_point_nothing_is_counted(client, points, code, subject) -> None:
    assert client.post("/help-points/questions", {"code": code, "subject": subject}).status_code == 422
    assert not QuestionCount.objects.exists()


def test_what_is_no_subject_of_the_list_is_refused_so_no_name_or_number_is_kept(client, points) -> None:
    answer = client.post("/help-points/questions", {"code": counting.code_of("punt-1"), "subject": "mevrouw 999990019"})
    assert answer.status_code == 422
    assert not QuestionCount.objects.exists()


def test_the_operator_gets_a_code_for_each_point(points) -> None:
    told = io.StringIO()
    call_command("help_points", stdout=told)
    codes = [each.partition("  ")[0] for each in told.getvalue().splitlines()]
    assert len(codes) == len(set(codes)) == 600
    assert codes[0] == counting.code_of("punt-1")


def test_a_public_computer_is_cleared_when_somebody_logs_out(log_in) -> None:
    client = log_in("widow")
    assert client.get("/help-points").headers["Cache-Control"] == "no-store"
    answer = client.post("/logout")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 0
    after = client.get("/applications")
    assert after.status_code == 302
