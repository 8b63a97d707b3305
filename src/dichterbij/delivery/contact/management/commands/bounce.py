"""Take in an e-mail that came back, from the mail server."""

import sys
from typing import Any

from django.core.management import BaseCommand

from dichterbij.delivery.contact.bounces import take_in


class Command(BaseCommand):
    """`dichterbij bounce < REPORT`: for the mail server to pipe reports of undelivered e-mail into."""

    help = "Read one report of undelivered e-mail (RFC 3464) from standard input."

    def handle(self, *args: Any, **options: Any) -> None:
        """Note it, and say whether it was about an e-mail of ours; never what stood in it."""
        self.stdout.write("noted" if take_in(sys.stdin.buffer.read(1_000_000)) else "not about an e-mail of ours")
