"""The command line of the world: make it, serve it, let something happen in it, list who one can be."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from . import events, serve, telling
from .documents import OF_HOMES, PROJECTIONS
from .happenings import CannotHappen
from .homes import PLACES
from .load import load
from .official.load import load_official
from .registries.faults import KINDS
from .store import World, Writer, default_path


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    chosen = _parser().parse_args(arguments)
    run = {
        "load": _load,
        "official": _official,
        "serve": _serve,
        "event": _event,
        "tell": _tell,
        "fault": _fault,
        "logins": _logins,
    }
    return run[chosen.command](chosen)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m dichterbij_world", description="De verzonnen wereld van de demonstratie."
    )
    parser.add_argument("--world", type=Path, default=default_path(), help="het bestand van de wereld")
    commands = parser.add_subparsers(dest="command", required=True)
    load_command = commands.add_parser("load", help="maak de wereld opnieuw")
    load_command.add_argument("--seed", type=int, default=1)
    load_command.add_argument("--persons", type=int, default=300)
    load_command.add_argument("--on", type=date.fromisoformat, default=date(2026, 6, 15))
    official = commands.add_parser("official", help="voeg de gepubliceerde testpersonen toe")
    official.add_argument("file", type=Path)
    official.add_argument("--tables", type=Path, required=True, help="map met de landelijke tabellen")
    commands.add_parser("serve", help="bied de registraties aan over HTTP").add_argument(
        "--port", type=int, default=8100
    )
    event = commands.add_parser("event", help="laat iets gebeuren")
    event.add_argument("kind", choices=sorted(_EVENTS))
    event.add_argument("--persona", required=True)
    event.add_argument("--on", type=date.fromisoformat, help="op welke dag; anders de dag van de wereld")
    event.add_argument("--with", dest="other", help="marriage: met wie")
    event.add_argument("--municipality", default="0150", choices=sorted(PLACES), help="move: waarheen")
    event.add_argument("--euros", type=int, default=30_000, help="income: hoeveel in het jaar voor de dag")
    tell = commands.add_parser("tell", help="stuur de gebeurtenissen naar een omgeving")
    tell.add_argument("--to", required=True, help="http://127.0.0.1:8000/api/registry-events/v1")
    tell.add_argument("--token", required=True, help="dat van deze registratie")
    tell.add_argument("--register", choices=sorted(events.SOURCES), default="brp")
    fault = commands.add_parser("fault", help="laat een registratie zich misdragen, of niet meer")
    fault.add_argument("registry", choices=sorted({*PROJECTIONS, *OF_HOMES}))
    fault.add_argument("kind", choices=(*KINDS, "none"))
    commands.add_parser("logins", help="wie je kunt zijn")
    return parser


def _load(chosen: argparse.Namespace) -> int:
    world = load(chosen.world, seed=chosen.seed, persons=chosen.persons, on=chosen.on)
    _say(f"{world.meta()['persons']} verzonnen mensen op {chosen.on} in {chosen.world}")
    return 0


def _official(chosen: argparse.Namespace) -> int:
    _say(f"{load_official(chosen.world, chosen.file, chosen.tables)} gepubliceerde testpersonen toegevoegd")
    return 0


def _serve(chosen: argparse.Namespace) -> int:
    with serve.server(World(chosen.world), port=chosen.port) as running:
        _say(f"De registraties staan klaar op http://127.0.0.1:{running.server_port}/<naam>")
        running.serve_forever()
    return 0


def _event(chosen: argparse.Namespace) -> int:
    bsn = World(chosen.world).persona(chosen.persona).bsn
    try:
        _EVENTS[chosen.kind](chosen, bsn, chosen.on or events.today(chosen.world))
    except CannotHappen as reason:
        _say(f"{chosen.kind}: {reason}")
        return 1
    _say(f"{chosen.kind}: {chosen.persona}")
    return 0


def _marry(chosen: argparse.Namespace, bsn: str, day: date) -> None:
    events.register_marriage(chosen.world, bsn, World(chosen.world).persona(chosen.other).bsn, day)


def _determine_income(chosen: argparse.Namespace, bsn: str, day: date) -> None:
    events.determine_income(chosen.world, bsn, day.year - 1, chosen.euros * 100, day)


_EVENTS: Mapping[str, Callable[[argparse.Namespace, str, date], object]] = {
    "birth": lambda chosen, bsn, day: events.register_birth(chosen.world, bsn, day),
    "death": lambda chosen, bsn, day: events.register_death(chosen.world, bsn, day),
    "death-correction": lambda chosen, bsn, _: events.correct_death(chosen.world, bsn),
    "income": _determine_income,
    "marriage": _marry,
    "move": lambda chosen, bsn, day: events.register_move(chosen.world, bsn, chosen.municipality, day),
    "naturalisation": lambda chosen, bsn, day: events.register_naturalisation(chosen.world, bsn, day),
}


def _tell(chosen: argparse.Namespace) -> int:
    new = telling.tell(events.events(chosen.world, chosen.register), to=chosen.to, token=chosen.token)
    _say(f"{new} nieuwe gebeurtenissen verteld")
    return 0


def _fault(chosen: argparse.Namespace) -> int:
    writer = Writer(chosen.world)
    writer.set_fault(chosen.registry, "" if chosen.kind == "none" else chosen.kind)
    writer.close()
    return 0


def _logins(chosen: argparse.Namespace) -> int:
    for persona in World(chosen.world).personas():
        if persona.login:
            on_paper = " (alleen op papier)" if persona.channel == "paper" else ""
            _say(f"{persona.key:24} {persona.name:26} {persona.login}{on_paper}")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
