"""A letter on paper has an address, read for who chose paper and for nobody else."""

from io import BytesIO

import pikepdf
import pytest

from dichterbij.delivery.cases import services
from dichterbij.delivery.messages import queries as messages
from dichterbij.delivery.messages import services as message_services
from dichterbij.delivery.messages.models import PrintJob
from dichterbij.delivery.messages.tests.reading import text_of_pdf
from dichterbij.ground.logbook import queries as logbook
from dichterbij.ground.outbox import services as outbox

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
ALLOWANCE = "zorgtoeslag"


@pytest.fixture
def allowance(citizen):
    def granted(key: str) -> list[str]:
        draft = services.start(citizen(key, ALLOWANCE), ALLOWANCE, name="E. Verzonnen", language="nl")
        services.submit(citizen(key, ALLOWANCE), draft.id, draft.key)
        outbox.run_once()
        access = citizen(key, ALLOWANCE)
        letters = [messages.letter(access, line.id) for line in messages.box(access)]
        return [text_of_pdf(pikepdf.open(BytesIO(each.pdf))) for each in letters]

    return granted


def test_receipt_and_decision_go_on_paper_to_the_address_of_the_register(citizen, world, allowance):
    message_services.choose_post(citizen("widow", ALLOWANCE), by_post=True)
    _number, family = world.family_of(world.persona("widow").bsn)
    home = family.home(family.person(world.persona("widow").bsn).home)
    letters = allowance("widow")
    assert len(letters) == PrintJob.objects.count() == 2
    assert all(home.street in letter and home.postcode[:4] in letter for letter in letters)


def test_a_letter_to_another_country_ends_its_address_with_the_name_of_that_country(citizen, allowance):
    message_services.choose_post(citizen("uncle", ALLOWANCE), by_post=True)
    letters = allowance("uncle")
    assert letters and all("46001 Valencia Spanje" in letter for letter in letters)


def test_for_who_reads_on_screen_no_address_is_read(citizen, allowance):
    letters = allowance("student")
    assert len(letters) == 2
    assert PrintJob.objects.count() == 0
    acts = logbook.acts_about(citizen("student", ALLOWANCE), limit=50)
    lines = [line for act in acts for line in logbook.lines_of_act(citizen("student", ALLOWANCE), act.act)]
    assert not [line for line in lines if any(name.startswith("adressering") for name in line.fields)]
