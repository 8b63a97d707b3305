"""Read product files, and refuse what is not in order with the file, the place and what to do."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from dichterbij.kernel.access import Matter, Say
from dichterbij.kernel.levels import Level

from .domain import (
    Amount,
    Channel,
    Cosigned,
    Decider,
    DecisionTerm,
    DecisionTexts,
    InvalidProductFile,
    Judgement,
    Product,
    Source,
    Stretch,
)


@cache
def _schema() -> Draft202012Validator:
    return Draft202012Validator(json.loads((Path(__file__).parent / "product.schema.json").read_text(encoding="utf-8")))


def read_products(folders: list[Path]) -> dict[str, Product]:
    """Return the products in `content/products` of each folder, by id; a later folder replaces an earlier one."""
    files = (file for folder in folders for file in sorted((folder / "content" / "products").glob("*.yaml")))
    products = (read_product(file) for file in files)
    return {product.id: product for product in products}


def read_product(file: Path) -> Product:
    """Return the product in a file; raises `InvalidProductFile`."""
    try:
        found: Any = yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as problem:
        raise InvalidProductFile(f"{file}: dit is geen leesbare YAML ({problem}).") from None
    _check(file, found)
    return _product(found)


def _check(file: Path, found: Any) -> None:
    problem = next(iter(sorted(_schema().iter_errors(found), key=lambda each: list(map(str, each.path)))), None)
    if problem is not None:
        place = " > ".join(map(str, problem.path)) or "het begin"
        raise InvalidProductFile(f"{file}, bij {place}: {problem.message}")
    if found["id"] != file.stem:
        raise InvalidProductFile(f"{file}: het id is {found['id']}; noem het bestand {found['id']}.yaml.")
    if found["decisive"] not in found["outputs"]:
        raise InvalidProductFile(f"{file}: zet {found['decisive']} (decisive) ook bij outputs.")
    _check_ways(file, set(found["channels"]), set(found.get("not_by", {})))
    if found["decider"] == Decider.AUTOMATIC and found.get("second_worker"):
        raise InvalidProductFile(f"{file}: met second_worker beslist een medewerker; schrijf decider: worker.")
    if found["decider"] == Decider.AUTOMATIC and found.get("judgements"):
        raise InvalidProductFile(f"{file}: met judgements beslist een medewerker; schrijf decider: worker.")


def _check_ways(file: Path, ways: set[str], closed: set[str]) -> None:
    """Refuse a file that leaves out a way to apply without telling people why, or that says both."""
    silent = sorted({way.value for way in Channel} - ways - closed)
    if silent:
        raise InvalidProductFile(f"{file}: zet {', '.join(silent)} bij channels, of schrijf bij not_by waarom niet.")
    if ways & closed:
        raise InvalidProductFile(f"{file}: {', '.join(sorted(ways & closed))} staat bij channels en bij not_by.")


def _product(found: dict[str, Any]) -> Product:
    return Product(
        id=found["id"],
        organisation=found["organisation"],
        unit=found.get("unit", ""),
        uniform_name=found["uniform_name"],
        names=found["names"],
        summary=found["summary"],
        activity=found["activity"],
        matter=Matter(found["matter"]),
        say=_say(found.get("say", {})),
        for_companies=found.get("for_companies", False),
        begins_later=found.get("begins_later", False),
        law=found["law"],
        outputs=tuple(found["outputs"]),
        decisive=found["decisive"],
        amount=Amount(**found["amount"]) if "amount" in found else None,
        stretch=Stretch(found["stretch"]),
        level=Level.parse(found["level"]["least"]),
        level_ground=found["level"]["ground"],
        channels=frozenset(map(Channel, found["channels"])),
        not_by={Channel(way): why for way, why in found.get("not_by", {}).items()},
        term=DecisionTerm(weeks=found["term"]["weeks"], source=_source(found["term"])),
        decider=Decider(found["decider"]),
        applicant_facts=tuple(found.get("applicant_facts", ())),
        judgements=tuple(
            Judgement(fact=each["fact"], source=_source(each), question=each["question"])
            for each in found.get("judgements", ())
        ),
        cosigned=frozenset(map(Cosigned, found.get("second_worker", ()))),
        texts=DecisionTexts(**found["texts"]),
    )


def _say(found: dict[str, Any]) -> Say:
    return Say(
        agrees_from=found.get("agrees_from"), own_from=found.get("own_from"), together=found.get("together", False)
    )


def _source(found: dict[str, Any]) -> Source:
    return Source(article=found["article"], url=found["url"])
