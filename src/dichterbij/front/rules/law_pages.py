"""What the pages of a law and of an article show, made from the law file alone."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.catalogue.domain import Decider, Product
from dichterbij.ground.assessment.laws import current_laws
from dichterbij.kernel import clock
from dichterbij.law.labels import Labels, labels_for, plain
from dichterbij.law.model import Article, Field, LawVersion, OpenTerm

from . import examples, interpretations, places, published, readable
from .interpretations import Interpretation
from .published import UnknownLaw


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """One version of a law in the list of versions."""

    valid_from: date | None
    valid_to: date | None
    url: str
    fingerprint: str
    is_shown: bool
    is_in_force: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLine:
    """One article in the list of a law. `outcomes`: what it decides, in words."""

    number: str
    url: str
    summary: str
    outcomes: tuple[str, ...]
    choices: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LawPage:
    """Everything the page of a law shows."""

    id: str
    official_name: str
    name: str
    url: str
    executor: str
    deciders: tuple[str, ...]
    where: tuple[str, ...]
    products: tuple[Product, ...]
    topics: tuple[published.Topic, ...]
    articles: tuple[ArticleLine, ...]
    versions: tuple[VersionLine, ...]
    shown: VersionLine
    examples: int
    origins: tuple[tuple[str, int], ...]


def law_page(law: str, valid_from: str, language: str) -> LawPage:
    """Return what the page of a law shows; raises `UnknownLaw`."""
    version = published.version_of(law, valid_from)
    labels, found = labels_for(current_laws(), language), examples.of_law(version)
    versions, products = _versions(version), catalogue.products_of(law)
    return LawPage(
        id=law,
        official_name=version.name,
        name=published.name_of(version, labels),
        url=version.url,
        executor=published.executor_of(version),
        deciders=tuple(_decider(product, language) for product in products),
        where=places.where_it_applies(version),
        products=products,
        topics=published.topics(law, language),
        articles=tuple(_article_line(version, article, labels, valid_from) for article in version.articles),
        versions=versions,
        shown=next(line for line in versions if line.is_shown),
        examples=len(found),
        origins=tuple(examples.origins(found)[:8]),
    )


def _versions(shown: LawVersion) -> tuple[VersionLine, ...]:
    current = published.version_of(shown.id)
    today = clock.today().isoformat()
    return tuple(
        VersionLine(
            valid_from=_day(each.valid_from),
            valid_to=_day(each.valid_to),
            url=f"{reverse('rules-law', args=[each.id])}?version={each.valid_from}" if each.valid_from else "",
            fingerprint=each.sha256,
            is_shown=each is shown,
            is_in_force=each is current and (not each.valid_to or each.valid_to >= today) and each.valid_from <= today,
        )
        for each in current_laws().versions(shown.id)
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _decider(product: Product, language: str) -> str:
    if product.decider is Decider.AUTOMATIC:
        return _("%(product)s: de regel beslist. U kunt altijd een mens vragen.") % {"product": product.name(language)}
    return _("%(product)s: een medewerker beslist, met de uitkomst van de regel.") % {"product": product.name(language)}


def _article_line(version: LawVersion, article: Article, labels: Labels, valid_from: str) -> ArticleLine:
    return ArticleLine(
        number=article.number,
        url=article_url(version.id, article.number, valid_from),
        summary=article.summary,
        outcomes=tuple(labels.label_of_output(version.id, output.name) for output in article.outputs),
        choices=len(interpretations.of_article(version, article)),
    )


def article_url(law: str, number: str, valid_from: str = "") -> str:
    """Return the address of the page of an article, of the version in force unless another is named."""
    address = reverse("rules-article", args=[law, number])
    return f"{address}?version={quote(valid_from)}" if valid_from else address


# -- an article ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """Something an article uses: what it is called, where it comes from, and the page about that."""

    label: str
    source: str
    url: str = ""
    law: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """Everything the page of an article shows."""

    law: LawPage
    number: str
    url: str
    summary: str
    is_ours: bool
    rules: tuple[readable.Rule, ...]
    used: tuple[Used, ...]
    interpretations: tuple[Interpretation, ...]
    executor: str
    versions: tuple[VersionLine, ...]
    examples: tuple[examples.Example, ...]

    @property
    def official(self) -> int:
        """Return how many of the examples somebody else published."""
        return sum(example.is_official for example in self.examples)


def article_page(law: str, number: str, valid_from: str, language: str) -> ArticlePage:
    """Return what the page of an article shows; raises `UnknownLaw`."""
    version = published.version_of(law, valid_from)
    article, labels = version.article(number), labels_for(current_laws(), language)
    if article is None:
        raise UnknownLaw
    page = law_page(law, valid_from, language)
    return ArticlePage(
        law=page,
        number=number,
        url=article.url or version.url,
        summary=article.summary,
        is_ours=article.is_summary,
        rules=readable.rules_of(version, article, labels, terms=_term_labels(version, article, labels)),
        used=tuple(dict.fromkeys([*_inputs(version, article, labels), *_terms(version, article, labels)])),
        interpretations=interpretations.of_article(version, article),
        executor=published.executor_of_article(version, number) or page.executor,
        versions=_versions_with(version, number),
        examples=examples.of_article(version, number),
    )


def _versions_with(version: LawVersion, number: str) -> tuple[VersionLine, ...]:
    """Return the versions of the law that have this article, each with its page."""
    having = {each.valid_from for each in current_laws().versions(version.id) if each.article(number) is not None}
    return tuple(
        replace(line, url=article_url(version.id, number, line.valid_from.isoformat()))
        for line in _versions(version)
        if line.valid_from is not None and line.valid_from.isoformat() in having
    )


def _inputs(version: LawVersion, article: Article, labels: Labels) -> list[Used]:
    fields = [*(each for each in article.parameters if each.name != "bsn"), *article.inputs]
    return [_used(version, field, labels) for field in fields]


def _used(version: LawVersion, field: Field, labels: Labels) -> Used:
    source = field.source
    if source is None or source.is_outside:
        return Used(label=labels.label_of_fact(field.name), source=_fact_source(field.name, labels))
    law, output = source.regulation or version.id, source.output or field.name
    return _from_law(version, law, output, labels)


def _fact_source(name: str, labels: Labels) -> str:
    fact = current_laws().vocabulary.get(name)
    if fact is None:
        return _("van de wet die dit artikel gebruikt")
    return labels.registry(fact.registry or fact.origin)


def _from_law(version: LawVersion, law: str, output: str, labels: Labels) -> Used:
    label = labels.output(law, output).get("label") or plain(output)
    other = next(iter(current_laws().versions(law)), None)
    article = other.article_with(output) if other else None
    if other is None or article is None:
        return Used(label=label, source=plain(law))
    where = _("artikel %(number)s") % {"number": article.number}
    name = "" if law == version.id else other.name
    return Used(label=label, source=where, url=article_url(law, article.number), law=name)


def _term_labels(version: LawVersion, article: Article, labels: Labels) -> dict[str, str]:
    """Return what the open terms of an article are called by who fills them."""
    return {
        term.id: next((labels.label_of_output(other.id, term.id) for other, _ in _filled(version, article, term)), "")
        for term in article.open_terms
    }


def _filled(version: LawVersion, article: Article, term: OpenTerm) -> list[tuple[LawVersion, Article]]:
    return current_laws().implementations(version.id, article.number, term.id, clock.today())


def _terms(version: LawVersion, article: Article, labels: Labels) -> list[Used]:
    """Return the amounts and terms an article leaves to a lower regulation, with who fills them today."""
    found = []
    for term in article.open_terms:
        found += [
            Used(
                label=labels.label_of_output(other.id, term.id),
                source=_("artikel %(number)s") % {"number": by.number},
                url=article_url(other.id, by.number),
                law=other.name,
            )
            for other, by in _filled(version, article, term)
        ] or [Used(label=plain(term.id), source=_("nu door niemand ingevuld"))]
    return found
