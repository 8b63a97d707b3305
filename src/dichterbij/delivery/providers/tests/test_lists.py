"""The lists over all organisations: nothing is left out, however much there is."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from dichterbij.delivery.messages import services
from dichterbij.delivery.messages.document import Document, Paragraph
from dichterbij.delivery.messages.domain import Envelope, Nature
from dichterbij.ground.identity.tests.clients import sign_in_client
from dichterbij.kernel.access import Permission

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])


def test_the_oldest_of_many_messages_can_still_be_reached(citizen, persona):
    owner = citizen("student", "aanvullende-beurs", Permission.READ)
    letter = Document(title="Een brief", language="nl", dated=date(2026, 6, 15), blocks=(Paragraph("Dag."),))
    rendered = services.render(letter)
    with transaction.atomic():
        sent = [
            services.send(
                Envelope(
                    cause=uuid4(),
                    party=owner.subject.party,
                    organisation=owner.organisation,
                    activity=owner.activity.id,
                    nature=Nature.INFORMATION,
                ),
                rendered,
            )
            for _ in range(51)
        ]
    client = Client()
    sign_in_client(client, persona("student"))
    first, second = (client.get(f"/messages?page={page}").content.decode() for page in (1, 2))
    assert "Eerdere berichten" in first
    assert "Nieuwere berichten" in second
    assert sum(str(message) in first for message in sent) == 50
    assert sum(str(message) in second for message in sent) == 1
