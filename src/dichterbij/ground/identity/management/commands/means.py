"""Look whether people can log in by the means that the operator configured."""

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from dichterbij.ground.identity import configuration
from dichterbij.ground.identity.openid import means as openid
from dichterbij.ground.identity.refusals import MeansUnavailable
from dichterbij.kernel import clock


class Command(BaseCommand):
    """`dichterbij means`: each configured means, and what to mend before it goes live; fails when there is any."""

    help = "Check certificates, names and reachability of the configured means of login."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Say of each means what to mend."""
        if not settings.MEANS_FILE:
            raise CommandError("DICHTERBIJ_MEANS names no file: nobody can log in")
        bad = 0
        for found in configuration.load(settings.MEANS_FILE, insecure=settings.DEMONSTRATION):
            lines = _to_mend(found)
            bad += bool(lines)
            self.stdout.write(f"{found.id}: {'to mend' if lines else 'ready'}")
            self.stdout.writelines(f"  {line}" for line in lines)
        if bad:
            raise CommandError(f"{bad} means to mend")


def _to_mend(found: configuration.Configured) -> list[str]:
    if isinstance(found, configuration.Service):
        from dichterbij.ground.identity.saml import connections, going_live  # the extra `saml`

        return going_live.to_mend(connections.named(found.id).peer, clock.machine_time())
    try:
        openid.peer_of(found.id).offer()
    except MeansUnavailable:
        return ["its provider does not answer, or answers what cannot be used"]
    return []
