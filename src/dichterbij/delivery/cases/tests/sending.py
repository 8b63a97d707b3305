"""A process of its own that sends a draft, for the test of two processes: databases, party, draft and key are given."""

import json
import os
import sys
from uuid import UUID, uuid4


def main(databases: str, party: str, product: str, draft: str, key: str) -> None:
    """Send a draft and print the case."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "dichterbij.project.settings_test"
    import django
    from django.conf import settings

    for alias, name in json.loads(databases).items():
        settings.DATABASES[alias]["NAME"] = name
    django.setup()
    print(_send(UUID(party), product, UUID(draft), UUID(key)))  # noqa: T201 the answer of this process


def _send(party: UUID, product: str, draft: UUID, key: UUID) -> UUID:
    from dichterbij.delivery.cases import services
    from dichterbij.delivery.catalogue.queries import for_access
    from dichterbij.ground.identity.queries import bsn_of
    from dichterbij.ground.organisations.queries import operator
    from dichterbij.kernel import clock
    from dichterbij.kernel.access import Access, Actor, Permission, Role, Subject
    from dichterbij.kernel.levels import Level

    place = for_access(product)
    access = Access(
        actor=Actor(role=Role.CITIZEN, organisation=operator().oin, party=party),
        subject=Subject(party=party, bsn=bsn_of(party)),
        organisation=place.organisation,
        activity=place.activity,
        permission=Permission.SUBMIT,
        product=place.id,
        level=Level.SUBSTANTIAL,
        act=uuid4(),
        at=clock.now(),
        trace=uuid4().hex,
    )
    return services.submit(access, draft, key).id


if __name__ == "__main__":
    main(*sys.argv[1:])
