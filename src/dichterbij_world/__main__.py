"""The command line of the world: make it, serve it, let something happen in it, list who one can be."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from . import events, serve, telling
from .documents import PROJECTIONS
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
    event.add_argument("kind", choices=("death", "death-correction"))
    event.add_argument("--persona", required=True)
    event.add_argument("--on", type=date.fromisoformat)
    tell = commands.add_parser("tell", help="stuur de gebeurtenissen naar een omgeving")
    tell.add_argument("--to", required=True, help="http://127.0.0.1:8000/api/registry-events/v1")
    tell.add_argument("--token", required=True)
    fault = commands.add_parser("fault", help="laat een registratie zich misdragen, of niet meer")
    fault.add_argument("registry", choices=sorted(PROJECTIONS))
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
    world = World(chosen.world)
    bsn = world.persona(chosen.persona).bsn
    if chosen.kind == "death":
        events.register_death(chosen.world, bsn, chosen.on or date.fromisoformat(world.meta()["on"]))
    else:
        events.correct_death(chosen.world, bsn)
    _say(f"{chosen.kind}: {chosen.persona}")
    return 0


def _tell(chosen: argparse.Namespace) -> int:
    new = telling.tell(events.events(chosen.world), to=chosen.to, token=chosen.token)
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
