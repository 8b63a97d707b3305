"""Deliver events outside the web server."""

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from dichterbij.ground.outbox import queries, services


class Command(BaseCommand):
    """`dichterbij outbox`: deliver events and do duties until stopped; `--once`: what is due now; `--stuck`: list."""

    help = "Deliver events to their handlers, seal the logbook, run retention."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--once", action="store_true", help="deliver what can be delivered now, then stop")
        parser.add_argument("--stuck", action="store_true", help="show what failed ten times")
        parser.add_argument("--release", type=int, metavar="NUMBER", help="try a parked delivery again")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do what the options say."""
        if options["release"]:
            self._release(options["release"])
        if options["stuck"]:
            self.stdout.write(
                f"{queries.waiting()} waiting, the oldest for {queries.lag().total_seconds():.0f} seconds"
            )
            for item in queries.stuck():
                self.stdout.write(
                    f"{item.delivery} {item.handler} {item.event} {item.problem} {item.happened_at:%F %T}"
                )
        elif options["once"]:
            self.stdout.write(f"{services.run_once()} deliveries tried")
        elif not options["release"]:
            self._keep_going()

    def _release(self, delivery: int) -> None:
        if delivery not in {item.delivery for item in queries.stuck()}:
            raise CommandError(f"{delivery} is not stuck: `outbox --stuck` shows what is.")
        services.release(delivery)
        self.stdout.write(f"{delivery} is tried again within seconds by who serves.")

    def _keep_going(self) -> None:
        stop = threading.Event()
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, lambda *_: stop.set())
        services.loop(stop)
