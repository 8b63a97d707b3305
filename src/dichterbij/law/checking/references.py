"""References between files: terms nobody declares, outputs nobody gives, amounts without an end date."""

from collections.abc import Iterator

from ..lawset import LawSet
from ..model import Article, LawVersion, Override
from ..terms import TERMS_ACT
from .walk import Found


def reference_findings(laws: LawSet) -> Iterator[Found]:
    """Yield what refers to nothing."""
    for versions in laws.laws.values():
        for version in versions:
            yield from _end_date(version)
            for article in version.articles:
                yield from _of_article(laws, version, article)
            yield from _conflicts(laws, version)


def _found(version: LawVersion, article: Article, path: str, name: str, sentence: str) -> Found:
    where = f"articles.{article.label}.machine_readable.{path}"
    return Found(version.id, version.valid_from, article.number, where, name, sentence)


def _of_article(laws: LawSet, version: LawVersion, article: Article) -> Iterator[Found]:
    for index, item in enumerate(article.implements):
        if not _has_term(laws, item.law, item.article, item.open_term):
            sentence = f"Artikel {item.article} van '{item.law}' laat geen term '{item.open_term}' open."
            yield _found(version, article, f"implements.{index}", "ReferenceNotFound", sentence)
    for index, rule in enumerate(article.overrides):
        if not _has_output(laws, rule.law, rule.article, rule.output):
            sentence = f"Artikel {rule.article} van '{rule.law}' geeft geen '{rule.output}'."
            yield _found(version, article, f"overrides.{index}", "ReferenceNotFound", sentence)
    for field in article.inputs:
        law = field.source.regulation if field.source else None
        if law and law != TERMS_ACT and not laws.versions(law):
            sentence = f"De regeling '{law}' is niet geladen."
            yield _found(version, article, f"execution.input.{field.name}", "LawNotFound", sentence)


def _conflicts(laws: LawSet, version: LawVersion) -> Iterator[Found]:
    """Two special rules for one output that can meet: in one file, or one of them in the law they both change."""
    seen: dict[Override, str] = {_target(rule): where for rule, where in _own_rules(laws, version)}
    for article in version.articles:
        for index, rule in enumerate(article.overrides):
            other = seen.setdefault(_target(rule), f"artikel {article.number}")
            if other != f"artikel {article.number}":
                sentence = f"Ook {other} zet '{rule.output}' van '{rule.law}' artikel {rule.article} opzij."
                yield _found(version, article, f"overrides.{index}", "ConflictingOverride", sentence)


def _own_rules(laws: LawSet, version: LawVersion) -> Iterator[tuple[Override, str]]:
    """Yield the special rules that a law which this file changes has for itself, in the same period."""
    for law in {rule.law for article in version.articles for rule in article.overrides} - {version.id}:
        for other in laws.versions(law):
            is_at_once = other.valid_from <= (version.valid_to or "9") and version.valid_from <= (other.valid_to or "9")
            for article in other.articles if is_at_once else ():
                yield from (
                    (rule, f"'{law}' artikel {article.number}") for rule in article.overrides if rule.law == law
                )


def _target(rule: Override) -> Override:
    return Override(rule.law, rule.article, rule.output, voids=False, excerpt="")


def _has_term(laws: LawSet, law: str, number: str, term: str) -> bool:
    articles = [version.article(number) for version in laws.versions(law)]
    return any(item.id == term for article in articles if article for item in article.open_terms)


def _has_output(laws: LawSet, law: str, number: str, output: str) -> bool:
    articles = [version.article(number) for version in laws.versions(law)]
    return any(output in article.output_names for article in articles if article)


def _end_date(version: LawVersion) -> Iterator[Found]:
    """Every file with an amount, rate or limit says until when: the next year is a new file, never a fallback."""
    if version.valid_to:
        if version.valid_to < version.valid_from:
            sentence = "De laatste dag ligt voor de eerste dag."
            yield Found(version.id, version.valid_from, "", "valid_to", "WrongPeriod", sentence)
        return
    for article in version.articles:
        for name, definition in article.definitions.items():
            if definition.declared.type == "amount" or definition.declared.unit in ("euro", "eurocent"):
                sentence = f"Het bedrag '{name}' heeft een einddatum nodig: geef het bestand een valid_to."
                yield _found(version, article, f"definitions.{name}", "NoEndDate", sentence)
