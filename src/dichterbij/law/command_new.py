"""The command line of a new scheme: `dichterbij law new NAME`."""

import argparse
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from .new import CannotLayOut, Laid, Scheme, lay_out
from .terminal import DETERMINED, WrongUse, roots, say

NO_TEXT_YET = "https://lokaleregelgeving.overheid.nl"


def add_new(parser: argparse.ArgumentParser) -> None:
    """Declare what `law new` takes."""
    parser.add_argument("name", help="lower case letters with hyphens, as in noodfonds-energie")
    parser.add_argument("--title", help="what people call it (default: the name)")
    parser.add_argument("--organisation", required=True, help="who executes it: a key of content/organisations")
    parser.add_argument("--from", dest="first_on", type=date.fromisoformat, help="first day (default: 1 January)")
    parser.add_argument("--until", dest="last_on", type=date.fromisoformat, required=True, help="last day it holds")
    parser.add_argument("--url", default=NO_TEXT_YET, help="where the official text stands")
    parser.add_argument("--folder", type=Path, help="the overlay folder (default: DICHTERBIJ_DATA)")
    parser.set_defaults(run=_new)


def _new(arguments: argparse.Namespace) -> int:
    folder = arguments.folder or (Path(os.environ["DICHTERBIJ_DATA"]) if "DICHTERBIJ_DATA" in os.environ else None)
    if folder is None:
        raise WrongUse("say where with --folder, or set DICHTERBIJ_DATA to your overlay folder")
    scheme = _scheme(arguments)
    try:
        laid = lay_out(scheme, folder, [*(root.parent for root in roots(arguments)), folder])
    except CannotLayOut as problem:
        raise WrongUse(str(problem)) from None
    say(*_told(laid, folder, scheme))
    return DETERMINED


def _scheme(arguments: argparse.Namespace) -> Scheme:
    first = arguments.first_on or arguments.last_on.replace(month=1, day=1)
    return Scheme(
        name=arguments.name,
        title=arguments.title or arguments.name.replace("-", " ").capitalize(),
        organisation=arguments.organisation,
        first_on=first,
        last_on=arguments.last_on,
        url=arguments.url,
    )


def _told(laid: tuple[Laid, ...], folder: Path, scheme: Scheme) -> Iterator[str]:
    for each in laid:
        if each.was_there:
            yield f"left as it was, add this yourself: {each.file}"
            yield from (f"    {line}" for line in each.content.splitlines())
        else:
            yield f"written: {each.file}"
    cases = folder / "laws/nl" / scheme.name.replace("-", "_") / "cases"
    yield "Make it yours, then check and look:"
    yield f"  DICHTERBIJ_DATA={folder} dichterbij law check"
    yield f"  DICHTERBIJ_DATA={folder} dichterbij law cases {cases}/*.csv"
    yield f"  DICHTERBIJ_DATA={folder} dichterbij content check"
    yield f"  DICHTERBIJ_DATA={folder} make run"
