"""Be the housing corporation: ask for proof of income, and fetch it once somebody said yes."""

import json
from argparse import ArgumentParser
from typing import Any

import httpx
from django.core.management import BaseCommand, CommandError

from dichterbij_world import corporation

LIMIT = {"purpose": corporation.HOME, "packet": "inkomen-grens", "atMostCents": corporation.LIMIT_CENTS}


class Command(BaseCommand):
    """`dichterbij corporation ask`: prints a code for the customer; `corporation fetch REQUEST [PACKET]`: the facts."""

    help = "Ask as the invented housing corporation, at a running demonstration."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("what", choices=["ask", "fetch"])
        parser.add_argument("request", nargs="?", help="the number that `ask` gave")
        parser.add_argument("packet", nargs="?", default="inkomen-grens")
        parser.add_argument("--at", default="http://127.0.0.1:8000", help="where the demonstration runs")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Ask, or take a token and fetch."""
        if options["what"] == "ask":
            said = _post(options["at"], "/requests", LIMIT)
        else:
            token = _post(options["at"], "/tokens", {"request": options["request"]})["token"]
            fetching = {"token": token, "purpose": corporation.HOME, "packet": options["packet"]}
            said = _post(options["at"], "/facts", fetching)
        self.stdout.write(json.dumps(said, indent=1))


def _post(at: str, path: str, body: object) -> Any:
    content, headers = corporation.signed(path, body)
    url = f"{at}{corporation.BASE}{path}"
    answer = httpx.post(url, content=content, headers={**headers, "Content-Type": "application/json"}, timeout=30)
    if not answer.is_success:
        raise CommandError(f"{answer.status_code}: {answer.json()['title']}. {answer.json()['detail']}")
    return answer.json()
