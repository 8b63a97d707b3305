"""A process that sends what waits until it is killed.

Arguments: `emit N` writes down that so many people must be told, `hurry` lets what waits be tried now, `left` counts
it, none sends.
"""

import sys
from uuid import uuid4

import django

django.setup()

from django.db import transaction  # noqa: E402

from dichterbij.delivery.contact import models, telling  # noqa: E402
from dichterbij.delivery.contact.domain import Kind, State, Way  # noqa: E402
from dichterbij.ground.organisations import services as organisations  # noqa: E402
from dichterbij.ground.outbox import services  # noqa: E402
from dichterbij.ground.outbox.models import Delivery  # noqa: E402
from dichterbij.kernel import clock  # noqa: E402

if __name__ == "__main__":
    match sys.argv[1:]:
        case ["emit", number]:
            organisations.set_up_all()
            for each in range(int(number)):
                with transaction.atomic():
                    telling.tell_address(uuid4(), Kind.CHANGED, Way.SMS, {"to": f"+3161234{each:04}"})
        case ["hurry"]:
            Delivery.objects.update(not_before=clock.machine_time())
        case ["left"]:
            sys.stdout.write(str(models.Dispatch.objects.filter(state=State.WAITING).count()))
        case _:
            services.loop(rest=0.01)
