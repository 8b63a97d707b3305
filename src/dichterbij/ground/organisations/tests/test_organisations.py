"""Organisations come from files, own their keys, and an instance never uses the database of another mode."""

import shutil
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
import yaml
from django.conf import settings
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from dichterbij.ground.organisations import activities, files, keys, models, queries, services
from dichterbij.ground.organisations.domain import (
    Appointment,
    InvalidOrganisationFile,
    KeyMissing,
    NoOperator,
    SealBroken,
    StaffTask,
    UnknownOrganisation,
    WrongMode,
)
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Oin

DUO, SVB = Oin("00000099100000003000"), Oin("00000099100000005000")
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])


@pytest.fixture
def made_keys():
    keys.make(DUO)
    keys.make(SVB)


def test_the_demonstration_hosts_eight_organisations_and_rotterdam_operates_it(organisations):
    assert len(queries.hosted()) == 8
    assert queries.operator().key == "rotterdam"
    assert queries.by_key("operator") == queries.operator()
    assert all(keys.present(found.oin) for found in queries.hosted())


def test_while_the_phone_is_closed_no_page_can_show_its_number_its_hours_or_when_to_call(organisations):
    hours, note = {"nl": "werkdagen 9 tot 17 uur"}, {"nl": "Kies 1."}
    row = models.Organisation.objects.get(oin=DUO.value)
    row.contact |= {"hours": hours, "note": note, "phone_abroad": "+31 50 000 00 00"}
    row.save()
    services.close(DUO, ["call"])
    shut = queries.organisation(DUO).contact
    assert (shut.phone, shut.phone_abroad, shut.hours, shut.note) == ("", "", {}, {})
    assert shut.address
    assert shut.url
    services.close(DUO, ["call"], again_open=True)
    again = queries.organisation(DUO).contact
    assert again.phone
    assert (again.hours, again.note) == (hours, note)


def test_every_organisation_can_be_reached(organisations):
    for found in queries.organisations():
        assert found.contact.url.startswith("https://")
        assert found.contact.phone or found.contact.note["nl"]


def test_setting_up_twice_changes_nothing(organisations):
    before = (queries.organisations(), keys.public_key(DUO))
    services.set_up_all()
    assert (queries.organisations(), keys.public_key(DUO)) == before


def test_without_an_operator_that_is_said():
    queries.forget()
    with pytest.raises(NoOperator):
        queries.operator()
    with pytest.raises(UnknownOrganisation):
        queries.organisation(DUO)


def test_in_production_a_shipped_organisation_lives_elsewhere_and_one_of_the_overlay_here(
    organisations, settings, tmp_path
):
    shipped = settings.SHIPPED_DATA / "content/organisations/rotterdam.yaml"
    own = Path(shutil.copy(shipped, tmp_path / "rotterdam.yaml"))
    settings.DEMONSTRATION = False
    assert not services.set_up(shipped).hosted
    assert services.set_up(own).hosted


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("oin: '1'", "vul aan"),
        ("- a", "lijst van velden"),
        ("a: [", "niet te lezen"),
        ("{oin: '1', key: a, name: A, kind: agency, territory: NL, contact: {url: 'https://a.nl'}}", "OIN"),
        (
            "{oin: '1', key: a, name: A, kind: agency, territory: NL, contact: {url: u}, phone: 1}",
            "onbekend veld: phone",
        ),
        ("{oin: '00000099100000003000', key: a, name: A, kind: zoo, territory: NL, contact: {url: u}}", "zoo"),
    ],
)
def test_a_file_that_is_not_in_order_is_refused_with_its_name_and_the_remedy(tmp_path, text, says):
    path = tmp_path / "fout.yaml"
    path.write_text(text)
    with pytest.raises(InvalidOrganisationFile, match=says) as refused:
        files.read(path)
    assert "fout.yaml" in refused.value.detail


def test_the_setup_command_makes_one_organisation(capsys):
    call_command("setup", "organisation", str(Path(settings.DATA_FOLDERS[0]) / "content/organisations/duo.yaml"))
    assert "Dienst Uitvoering Onderwijs" in capsys.readouterr().out
    assert queries.organisation(DUO).key == "duo"


def test_an_instance_refuses_a_database_of_the_other_mode(settings, tmp_path):
    services.ensure_right_mode()
    settings.MODE = "production"
    with pytest.raises(WrongMode):
        services.ensure_right_mode()
    with pytest.raises(CommandError, match="demonstration"):
        call_command("setup", "organisation")


def test_the_mode_is_written_when_the_database_is_made():
    assert models.Instance.objects.get().mode == settings.MODE


def test_staff_have_their_roles_from_the_first_day_through_the_last(organisations):
    party = uuid4()
    appointment = Appointment(
        party=party,
        organisation=DUO,
        unit="studiefinanciering",
        roles=(StaffTask.HANDLE,),
        first_on=date(2026, 1, 1),
        last_on=date(2026, 6, 30),
    )
    appointed = services.appoint(appointment)
    assert queries.staff_roles(party, date(2025, 12, 31)) == ()
    assert queries.staff_roles(party, date(2026, 1, 1)) == (appointed,)
    assert queries.staff_roles(party, date(2026, 6, 30)) == (appointed,)
    assert queries.staff_roles(party, date(2026, 7, 1)) == ()
    assert services.appoint(appointment).audit_ref == appointed.audit_ref


def test_an_appointment_at_an_unknown_unit_is_refused(organisations):
    with pytest.raises(UnknownOrganisation):
        services.appoint(Appointment(party=uuid4(), organisation=DUO, unit="tuin", roles=(), first_on=date(2026, 1, 1)))


def test_keys_are_readable_by_their_owner_only(made_keys):
    for path in (Path(settings.STATE) / "keys" / DUO.value).iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_keys_made_at_the_same_time_are_the_same_keys():
    oin = Oin("00000099199999999000")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: keys.make(oin), range(16)))
    folder = Path(settings.STATE) / "keys" / oin.value
    years = f"years-{clock.today().year}.key"
    assert sorted(path.name for path in folder.iterdir()) == ["exchange.key", "hash.key", "seal.key", "sign.key", years]


def test_a_missing_key_is_named_and_never_made_up():
    with pytest.raises(KeyMissing):
        keys.seal(Oin("00000099188888888000"), b"x", purpose="t")


@given(content=st.binary())
def test_what_is_sealed_opens_unchanged(content):
    keys.make(DUO)
    assert keys.open_sealed(DUO, keys.seal(DUO, content, purpose="draft"), purpose="draft") == content


@given(position=st.integers(0, 40), bit=st.integers(0, 7))
def test_one_changed_bit_breaks_the_seal(position, bit):
    keys.make(DUO)
    sealed = bytearray(keys.seal(DUO, b"twelve bytes", purpose="draft"))
    sealed[position % len(sealed)] ^= 1 << bit
    with pytest.raises(SealBroken):
        keys.open_sealed(DUO, bytes(sealed), purpose="draft")


def test_a_seal_opens_only_for_its_purpose_and_its_organisation(made_keys):
    sealed = keys.seal(DUO, b"x", purpose="draft")
    with pytest.raises(SealBroken):
        keys.open_sealed(DUO, sealed, purpose="case")
    with pytest.raises(SealBroken):
        keys.open_sealed(SVB, sealed, purpose="draft")


def test_pseudonyms_differ_per_organisation_and_purpose(made_keys):
    names = {keys.keyed_hash(oin, purpose, "text") for oin in (DUO, SVB) for purpose in ("a", "b")}
    assert len(names) == 4
    assert keys.keyed_hash(DUO, "a", "text") in names


@pytest.fixture
def yearly():
    """An organisation whose keys of years begin in 2026."""
    oin = Oin("00000099177777777000")
    shutil.rmtree(Path(settings.STATE) / "keys" / oin.value, ignore_errors=True)
    keys._read.cache_clear()
    keys._key_of_year.cache_clear()
    keys._first_year.cache_clear()
    with clock.frozen(datetime(2026, 6, 15, tzinfo=UTC)):
        keys.make(oin)
    return oin


def test_pseudonyms_of_two_years_cannot_be_matched_and_later_keys_follow_from_the_one_that_is_kept(yearly):
    names = [keys.hash_of_year(yearly, year, "a", "text") for year in (2026, 2027, 2040)]
    assert len(set(names)) == 3
    assert keys.hash_of_year(yearly, 2040, "a", "text") == names[2]


def test_destroying_the_keys_of_years_takes_those_and_no_later_one(yearly):
    before = keys.hash_of_year(yearly, 2040, "a", "text")
    keys.destroy_before(yearly, 2030)
    assert (keys.first_year(yearly), keys.hash_of_year(yearly, 2040, "a", "text")) == (2030, before)
    assert keys.destroyed(yearly) == (2030, clock.today())
    keys._read.cache_clear()
    keys._key_of_year.cache_clear()
    keys._first_year.cache_clear()
    with pytest.raises(KeyMissing):
        keys._key_of_year(str(settings.STATE), yearly.value, 2026, 2026)
    keys.destroy_before(yearly, 2028)
    assert keys.first_year(yearly) == 2030


def test_who_was_killed_while_destroying_keys_does_the_rest_the_next_time(yearly, monkeypatch):
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Path, "unlink", _killed)
        with clock.frozen(datetime(2034, 1, 1, 12, tzinfo=UTC)):
            keys.destroy_before(yearly, 2030)
    keys._first_year.cache_clear()
    assert (keys.first_year(yearly), keys.destroyed(yearly)) == (2026, None)
    keys.destroy_before(yearly, 2030)
    assert (keys.first_year(yearly), keys.destroyed(yearly)) == (2030, (2030, clock.today()))


def test_who_was_killed_after_destroying_keys_has_written_down_when(yearly, monkeypatch):
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Path, "unlink", _killed_after)
        keys.destroy_before(yearly, 2030)
    keys._first_year.cache_clear()
    assert (keys.first_year(yearly), keys.destroyed(yearly)) == (2030, (2030, clock.today()))


def _killed_after(path, missing_ok=False, _unlink=Path.unlink):
    _unlink(path, missing_ok)
    if path.name.startswith("years") and path.suffix == ".key":
        raise KeyboardInterrupt


def _killed(path, missing_ok=False, _unlink=Path.unlink):
    if path.name.startswith("years") and path.suffix == ".key":
        raise KeyboardInterrupt
    _unlink(path, missing_ok)


def test_a_key_of_a_new_kind_is_made_for_who_was_set_up_before_and_another_lost_one_never(yearly):
    folder = Path(settings.STATE) / "keys" / yearly.value
    (folder / "years-2026.key").unlink()
    assert not keys.present(yearly)
    assert [keys.complete(yearly), keys.complete(yearly)] == [True, False]
    assert keys.present(yearly)
    (folder / "seal.key").unlink()
    assert not keys.complete(yearly)
    assert not keys.present(yearly)


def test_a_signature_holds_for_one_content_one_purpose_and_one_organisation(made_keys):
    signature = keys.sign(DUO, b"content", purpose="head")
    assert keys.is_signed(DUO, b"content", signature, purpose="head")
    assert keys.is_signed(DUO, b"content", signature, purpose="head", key=keys.public_key(DUO))
    assert not keys.is_signed(DUO, b"content!", signature, purpose="head")
    assert not keys.is_signed(DUO, b"content", signature, purpose="letter")
    assert not keys.is_signed(SVB, b"content", signature, purpose="head")


def test_an_own_organisation_gets_the_activities_of_another_in_its_own_name(settings, capsys):
    call_command("setup", "activities", "zwolle", like="rotterdam")
    printed = yaml.safe_load(capsys.readouterr().out)
    theirs = activities.written("rotterdam", settings.DATA_FOLDERS)
    assert printed.keys() == {name.replace("rotterdam.", "zwolle.") for name in theirs}
    assert {entry["organisation"] for entry in printed.values()} == {"zwolle"}
    with pytest.raises(CommandError, match="geen verwerking"):
        call_command("setup", "activities", "zwolle", like="nobody")
