"""Find every defect of law files before anything is evaluated."""

from collections.abc import Mapping
from typing import Final

from .document import Raw
from .errors import Defect
from .law_shape import LAW
from .model import LawVersion, SchemaVersion
from .parse import OLDEST, schema_version
from .vocabulary import WORDS, Vocabulary

NEWEST: Final[SchemaVersion] = (0, 8, 0)


def check_shape(data: Mapping[str, Raw], file: str) -> list[Defect]:
    """Return what is wrong with the shape of one file, by the rules of the version it declares."""
    version = schema_version(data.get("$schema"))
    if not OLDEST <= version <= NEWEST:
        written = ".".join(map(str, version))
        return [Defect(file, 0, "", "$schema", "UnknownVersion", f"Versie {written} van het formaat kennen we niet.")]
    return [
        Defect(file, 0, _article(path), path, name, sentence)
        for path, name, sentence in LAW.findings(dict(data), "", version)
    ]


def _article(path: str) -> str:
    parts = path.split(".")
    return parts[1].replace("_", ".") if parts[0] == "articles" and len(parts) > 1 else ""


def check_set(versions: list[LawVersion], vocabulary: Vocabulary) -> list[Defect]:
    """Return what is wrong between files: doubles, unknown facts, references that lead nowhere."""
    return [*_doubles(versions), *_unknown_facts(versions, vocabulary), *_odd_facts(vocabulary)]


def _odd_facts(vocabulary: Vocabulary) -> list[Defect]:
    """Return the words in the vocabulary that it does not know, and registers without a place to look."""
    defects = []
    for name, fact in vocabulary.facts.items():
        said = {
            "type": fact.type,
            "of": fact.of,
            "period": fact.period,
            "origin": fact.origin,
            "shown_to": fact.shown_to,
            "keeps": fact.keeps,
            "refers_to": fact.refers_to,
        }
        for key, word in said.items():
            if word and word not in WORDS[key]:
                sentence = f"'{word}' bestaat hier niet. Kies uit: {', '.join(WORDS[key])}."
                defects.append(Defect(vocabulary.file, 0, "", f"{name}.{key}", "UnknownWord", sentence))
        if fact.origin == "register" and not fact.registry:
            sentence = f"Het gegeven '{name}' komt uit een register: noem het onder 'source'."
            defects.append(Defect(vocabulary.file, 0, "", name, "MissingField", sentence))
    return defects


def _doubles(versions: list[LawVersion]) -> list[Defect]:
    seen: dict[tuple[str, str], str] = {}
    defects = []
    for version in versions:
        other = seen.setdefault((version.id, version.valid_from), version.file)
        if other != version.file:
            sentence = f"Deze versie van '{version.id}' staat ook in {other}."
            defects.append(Defect(version.file, 0, "", "valid_from", "DoubleVersion", sentence))
    return defects


def _unknown_facts(versions: list[LawVersion], vocabulary: Vocabulary) -> list[Defect]:
    if not vocabulary.facts:
        return []
    return [
        Defect(
            version.file, 0, article.number, f"input.{field.name}", "UnknownFact",
            f"Het gegeven '{field.name}' staat niet in facts.yaml.",
        )
        for version in versions
        for article in version.articles
        for field in article.inputs
        if field.source is not None and field.source.is_outside and field.name not in vocabulary
    ]  # fmt: skip
