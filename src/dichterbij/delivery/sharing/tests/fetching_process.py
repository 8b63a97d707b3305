"""A process of its own that fetches what is shared, for the test of two: databases, token and company are given."""

import json
import os
import sys
from unittest.mock import patch


def main(databases: str, token: str, company: str) -> None:
    """Go as far as claiming, say that it is ready, wait for a line, go on, and print how that went."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "dichterbij.project.settings_test"
    import django
    from django.conf import settings

    for alias, name in json.loads(databases).items():
        settings.DATABASES[alias]["NAME"] = name
    django.setup()
    print(_fetch(token, company))  # noqa: T201 the answer of this process


def _fetch(token: str, company: str) -> str:
    from dichterbij.delivery.sharing import releasing
    from dichterbij.delivery.sharing.domain import NoConsent
    from dichterbij.delivery.sharing.models import Consent
    from dichterbij.kernel.identifiers import Oin

    claim = releasing._claim

    def waiting(row: Consent) -> object:
        print("ready", flush=True)  # noqa: T201 what the test waits for
        sys.stdin.readline()
        return claim(row)

    try:
        with patch.object(releasing, "_claim", waiting):
            releasing.release(Oin(company), token, "huurwoning", "inkomen-grens")
    except NoConsent:
        return "refused"
    return "given"


if __name__ == "__main__":
    main(*sys.argv[1:])
