"""A process of its own that takes a call, for the test of two processes: databases, organisation, call, worker."""

import json
import os
import sys
from uuid import UUID


def main(databases: str, organisation: str, call: str, staff: str) -> None:
    """Say that it is ready, wait for a word, take the call and say whether that worked."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "dichterbij.project.settings_test"
    import django
    from django.conf import settings

    for alias, name in json.loads(databases).items():
        settings.DATABASES[alias]["NAME"] = name
    django.setup()
    print("ready", flush=True)  # noqa: T201 the answer of this process
    sys.stdin.readline()
    print(_take(organisation, UUID(call), staff), staff)  # noqa: T201 the answer of this process


def _take(organisation: str, call: UUID, staff: str) -> str:
    from datetime import timedelta
    from uuid import uuid4

    from dichterbij.front.desk import calling_back
    from dichterbij.ground.identity.domain import Audience, Login
    from dichterbij.ground.organisations.domain import StaffRole, StaffTask
    from dichterbij.kernel import clock
    from dichterbij.kernel.identifiers import Oin
    from dichterbij.kernel.levels import Level

    role = StaffRole(organisation=Oin(organisation), unit="", roles=(StaffTask.DESK,), audit_ref=staff)
    login = Login(
        id=uuid4(),
        party=uuid4(),
        bsn=None,
        name="",
        audience=Audience.STAFF,
        level=Level.SUBSTANTIAL,
        means="",
        authenticated_at=clock.now(),
        idle_until=clock.now() + timedelta(hours=1),
        absolute_until=clock.now() + timedelta(hours=1),
        staff=(role,),
    )
    try:
        calling_back.take(login, role, call)
    except calling_back.TakenAlready:
        return "refused"
    return "taken"


if __name__ == "__main__":
    main(*sys.argv[1:])
