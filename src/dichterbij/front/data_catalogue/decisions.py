"""Every decision and legal position that the laws compute today, with the data of its compiled graph."""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from django.utils.text import slugify
from django.utils.translation import gettext as _

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.ground.assessment.laws import current_laws
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import UnknownOrganisation
from dichterbij.ground.registry.registries import registry
from dichterbij.kernel import clock
from dichterbij.law import FactDefinition
from dichterbij.law.compile import Order, compile_graph
from dichterbij.law.errors import LawError
from dichterbij.law.graph import Graph, Kind, Node
from dichterbij.law.labels import Labels, labels_for
from dichterbij.law.model import Article, LawVersion
from dichterbij.law.outside import PersonFacts

from .domain import Datum, Decision, Place

DECIDING = ("BESCHIKKING", "RECHTSPOSITIE")
PASSED_ON = (Kind.PARAMETER, Kind.INPUT, Kind.OUTPUT)
"""Nodes that only hand on what they were given."""


def decisions(language: str) -> tuple[Decision, ...]:
    """Return every decision in force today, by law; made once for each set of laws, language and day."""
    return _decisions(current_laws().hash, language, clock.today().isoformat())


def decision(key: str, language: str) -> Decision | None:
    """Return one decision, if there is one with this key."""
    return next((each for each in decisions(language) if each.key == key), None)


def holder_of(key: str) -> str:
    """Return the name of who keeps a registry."""
    named = registry(key)
    try:
        return organisations.by_key(named.holder).name
    except UnknownOrganisation:
        return named.holder


@lru_cache(maxsize=6)
def _decisions(laws: str, language: str, today: str) -> tuple[Decision, ...]:  # noqa: ARG001 what it depends on
    labels = labels_for(current_laws(), language)
    return tuple(sorted(_all(labels, language), key=lambda each: (each.law_name.casefold(), each.article)))


def _all(labels: Labels, language: str) -> Iterator[Decision]:
    for versions in current_laws().laws.values():
        for article in versions[0].articles:
            if article.legal_character in DECIDING:
                graph = _graph(versions[0], article)
                if graph is not None:
                    yield _decision(versions[0], article, graph, labels, language)


def _graph(version: LawVersion, article: Article) -> Graph | None:
    """Return the compiled article, or None when it is not in force today."""
    laws, today = current_laws(), clock.today()
    names = tuple(out.name for out in article.outputs)
    try:
        order = Order(law=version.id, outputs=names, period=today, decided_on=today)
        return compile_graph(laws, order, PersonFacts(laws.vocabulary))
    except LawError as error:
        if error.name in {"NotInForce", "LawNotFound"}:
            return None
        raise


def _decision(version: LawVersion, article: Article, graph: Graph, labels: Labels, language: str) -> Decision:
    outputs = {out.name for out in article.outputs}
    products = [each for each in catalogue.products_of(version.id) if each.decisive in outputs]
    named = labels.laws.get(version.id)
    decisive = products[0].decisive if products else _main_output(article, labels.decides.get(version.id, ()))
    return Decision(
        key=f"{version.id}-{slugify(article.number)}",
        law=version.id,
        name=products[0].name(language) if products else labels.label_of_output(version.id, decisive),
        law_name=(named.name if named else "") or version.name,
        article=article.number,
        url=article.url or version.url,
        authority=organisations.by_key(products[0].organisation).name if products else version.authority,
        is_decision=article.legal_character == "BESCHIKKING",
        products={each.id: each.name(language) for each in products},
        data=tuple(sorted(_data(graph, labels, language), key=lambda each: (each.source, each.label.casefold()))),
    )


def _main_output(article: Article, deciding: tuple[str, ...]) -> str:
    """Return the output that an article is about: the one that decides, otherwise a right, otherwise its first."""
    names = [out.name for out in article.outputs]
    rights = [name for name in names if name.startswith(("heeft_recht", "kan_", "mag_"))]
    return next((name for name in deciding if name in names), next(iter(rights), names[0]))


def _data(graph: Graph, labels: Labels, language: str) -> Iterator[Datum]:
    used: dict[str, set[bool]] = defaultdict(set)
    places: dict[str, list[Place]] = defaultdict(list)
    for node in graph.nodes:
        if node.kind is Kind.FACT:
            used[node.name].add(_is_own(node, graph))
        elif node.place.law:
            for number in node.args:
                if graph.nodes[number].kind is Kind.FACT:
                    places[graph.nodes[number].name].append(_place(node, labels))
    for name, whose in used.items():
        yield _datum(current_laws().vocabulary[name], whose, tuple(dict.fromkeys(places[name])), labels, language)


def _datum(fact: FactDefinition, whose: set[bool], places: tuple[Place, ...], labels: Labels, language: str) -> Datum:
    return Datum(
        fact=fact.name,
        label=labels.label_of_fact(fact.name),
        registry=fact.registry,
        source=registry(fact.registry).label(language) if fact.registry else "",
        holder=holder_of(fact.registry) if fact.registry else "",
        field=fact.field,
        why_asked="" if fact.registry else _why_asked(fact),
        of_self=True in whose,
        of_others=False in whose,
        only_if_missing=bool(fact.registry) and fact.absent == "unknown",
        places=places,
    )


def _is_own(node: Node, graph: Graph) -> bool:
    """Say whether a fact is asked of the person the decision is about, and not of somebody they are related to."""
    if not node.args:
        return True
    whose = graph.nodes[node.args[0]]
    while whose.kind in PASSED_ON and len(whose.args) == 1:
        whose = graph.nodes[whose.args[0]]
    return whose.kind is Kind.SUBJECT


def _place(node: Node, labels: Labels) -> Place:
    versions = current_laws().versions(node.place.law)
    version = next(each for each in versions if each.valid_from == node.place.valid_from)
    article = version.article(node.place.article)
    named = labels.laws.get(version.id)
    return Place(
        law=(named.name if named else "") or version.name,
        article=node.place.article,
        url=(article.url if article else "") or version.url,
    )


def _why_asked(fact: FactDefinition) -> str:
    return {
        "judgement": _("Dit is een oordeel. Een medewerker stelt het vast."),
        "case": _("Dit gaat over uw aanvraag zelf. Het staat in geen register."),
        "channel": _("Dit volgt uit de manier waarop u aanvraagt."),
    }.get(fact.origin, _("Dit staat in geen register dat wij mogen lezen. U weet het zelf."))
