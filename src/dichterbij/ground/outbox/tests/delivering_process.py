"""A process with a handler that writes down what it was told.

Arguments: `emit PERSONS EACH`, `deliver FILE` (until killed), `hurry` (what waits may be tried now), `left`.
"""

import os
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import django

django.setup()

from dichterbij.ground.outbox import event, handlers, queries, services  # noqa: E402
from dichterbij.ground.outbox.models import Delivery  # noqa: E402
from dichterbij.kernel import clock  # noqa: E402


@event
@dataclass(frozen=True, slots=True)
class BellRung:
    person: str
    number: int


def write_down(happened: BellRung, _event_id: UUID) -> None:
    descriptor = os.open(Path(sys.argv[-1]), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(descriptor, f"{happened.person} {happened.number}\n".encode())
    os.close(descriptor)


handlers.register(BellRung, "tests.bell", write_down)

if __name__ == "__main__":
    match sys.argv[1]:
        case "emit":
            for number in range(int(sys.argv[3])):
                for person in range(int(sys.argv[2])):
                    services.emit(BellRung(f"person{person}", number), person=f"person{person}")
        case "deliver":
            sys.stdout.write("ready\n")
            sys.stdout.flush()
            services.loop(rest=0.01)
        case "hurry":
            Delivery.objects.update(not_before=clock.machine_time() - timedelta(seconds=1))
        case "left":
            sys.stdout.write(f"{queries.waiting()}\n")
