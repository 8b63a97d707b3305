"""Which laws are published here: what each answers, who executes it, and which questions can be checked."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.catalogue.domain import Product, Stretch
from dichterbij.ground.assessment.laws import current_laws
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import Kind, Organisation
from dichterbij.kernel import clock
from dichterbij.kernel.problems import Problem
from dichterbij.law import LawError, LawSet, Question
from dichterbij.law.determine import can_be_asked, requested
from dichterbij.law.document import Raw
from dichterbij.law.labels import Labels, labels_for
from dichterbij.law.model import Article, LawVersion
from dichterbij.law.parse import obj, objects, text

SUBJECT = "ik"
MOST_NAMED = 3
SENTENCES = ("holds", "fails", "says", "zero")
OF_THE_DAY = ("RECHTSPOSITIE", "INFORMATIEF")
NO_GOVERNMENT = (Kind.PROFESSION, Kind.COMPANY)


class UnknownLaw(Problem):
    """There is no law, version or article at this address."""

    code = "unknown-law"
    title = "Deze regel kennen we niet"
    status = 404


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What can be asked of a law at once: the outcomes of one article. `product`: what can be applied for with it.

    `label`: what we call it, short enough for a heading; `answers`: its outcomes by name.
    """

    id: str
    label: str
    answers: tuple[str, ...]
    outputs: tuple[str, ...]
    stretch: Stretch
    product: Product | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LawLine:
    """A law in the list. `name`: what it is called in the language of the page, if it has a name there."""

    id: str
    official_name: str
    name: str
    answers: tuple[str, ...]
    executor: str
    versions: int
    can_be_checked: bool


def version_of(law: str, valid_from: str = "") -> LawVersion:
    """Return a version of a law: the one named, else the one in force today, else the newest.

    Raises `UnknownLaw`.
    """
    laws = current_laws()
    if valid_from:
        found = next((each for each in laws.versions(law) if each.valid_from == valid_from), None)
    else:
        found = _in_force(laws, law, clock.today())
    if found is None:
        raise UnknownLaw
    return found


def _in_force(laws: LawSet, law: str, on: date) -> LawVersion | None:
    try:
        return laws.version(law, on)
    except LawError:
        return next(iter(laws.versions(law)), None)


def laws_listed(language: str) -> tuple[LawLine, ...]:
    """Return every law by its official name; those that can be checked first."""
    found = [_line(law, language) for law in current_laws().laws]
    return tuple(sorted(found, key=lambda line: (not line.can_be_checked, line.official_name.casefold())))


def _line(law: str, language: str) -> LawLine:
    version, labels = version_of(law), labels_for(current_laws(), language)
    offered = topics(law, language)
    return LawLine(
        id=law,
        official_name=version.name,
        name=name_of(version, labels),
        answers=tuple(dict.fromkeys(name for topic in offered for name in topic.answers)) or _told(version, labels),
        executor=executor_of(version),
        versions=len(current_laws().versions(law)),
        can_be_checked=bool(offered),
    )


def name_of(version: LawVersion, labels: Labels) -> str:
    """Return what people call a law; nothing when it has no name but the official one."""
    name = labels.laws[version.id].name if version.id in labels.laws else ""
    return "" if name == version.name else name


def _told(version: LawVersion, labels: Labels) -> tuple[str, ...]:
    names = (output.name for article in version.articles for output in article.outputs)
    return tuple(labels.label_of_output(version.id, name) for name in names)[:3]


# -- who executes -------------------------------------------------------------------------------------------


def executor_of(version: LawVersion) -> str:
    """Return who executes a law: the body whose product it is, else the one its file names."""
    products = catalogue.products_of(version.id)
    if products:
        return organisations.by_key(products[0].organisation).name
    return version.authority or text(version.raw, "organisation") or _of_articles(version)


def executor_of_article(version: LawVersion, number: str) -> str:
    """Return the body that an article itself names; nothing when it names none, or leaves it to an outcome."""
    raw = next((each for each in objects(version.raw, "articles") if text(each, "number") == number), {})
    name = text(obj(obj(raw, "machine_readable"), "competent_authority"), "name")
    return "" if name.startswith("#") else name


def _of_articles(version: LawVersion) -> str:
    names = (executor_of_article(version, article.number) for article in version.articles)
    return next((name for name in names if name), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bodies:
    """The public bodies this instance knows, and those that published the rules they execute."""

    known: int
    published: tuple[tuple[str, int], ...]


def bodies() -> Bodies:
    """Return which public bodies have published rules here, with how many laws each."""
    public = [each for each in organisations.organisations() if each.kind not in NO_GOVERNMENT]
    executors = [executor_of(version_of(law)).casefold() for law in current_laws().laws]
    counted = [(each.name, sum(name in _names(each) for name in executors)) for each in public]
    return Bodies(known=len(public), published=tuple((name, count) for name, count in counted if count))


def _names(organisation: Organisation) -> tuple[str, str]:
    return organisation.name.casefold(), organisation.key.casefold()


# -- what can be checked ------------------------------------------------------------------------------------


def topics(law: str, language: str) -> tuple[Topic, ...]:
    """Return what can be checked of a law; nothing when none of its outcomes asks a fact."""
    return _topics(current_laws(), law, language, clock.today())


@lru_cache(maxsize=512)
def _topics(laws: LawSet, law: str, language: str, on: date) -> tuple[Topic, ...]:
    version = _in_force(laws, law, on)
    if version is None:
        return ()
    labels = labels_for(laws, language)
    found = [_topic(version, outputs, labels) for outputs in _asked(laws, version)]
    day = _day(version, on)
    asking = tuple(topic for topic in found if any(_asks(laws, (law, name), day, set()) for name in topic.outputs))
    name = name_of(version, labels)
    is_alone = len(asking) == 1 and name and asking[0].product is None
    return (replace(asking[0], label=name),) if is_alone else asking


def _day(version: LawVersion, on: date) -> date:
    """Return a day on which a version is in force: today, or its first."""
    is_now = version.valid_from <= on.isoformat() and (not version.valid_to or on.isoformat() <= version.valid_to)
    return on if is_now or not version.valid_from else date.fromisoformat(version.valid_from)


def _asked(laws: LawSet, version: LawVersion) -> Iterator[tuple[str, ...]]:
    """Yield the outcomes of each article that decides; without any, those that have words."""
    day = _day(version, clock.today())
    decisive = frozenset(requested(laws, _question(version.id, (), day)))
    words = labels_for(laws, "nl")
    for article in version.articles:
        names = tuple(output.name for output in article.outputs)
        if decisive:
            names = tuple(name for name in names if name in decisive)
        elif can_be_asked(article, laws):
            names = tuple(name for name in names if any(words.output(version.id, name).get(key) for key in SENTENCES))
        else:
            names = ()
        if names:
            yield names


def _topic(version: LawVersion, outputs: tuple[str, ...], labels: Labels) -> Topic:
    article = version.article_with(outputs[0])
    product = next((each for each in catalogue.products_of(version.id) if each.decisive in outputs), None)
    asked = tuple(name for name in outputs if article is None or not _is_half_way(article, name))
    named = tuple(labels.label_of_output(version.id, name) for name in asked)
    return Topic(
        id=article.number if article else "",
        label=product.name(labels.language) if product else named[0],
        answers=named[:MOST_NAMED],
        outputs=asked,
        stretch=product.stretch if product else _stretch(article),
        product=product,
    )


def _stretch(article: Article | None) -> Stretch:
    """Return for how long what an article says holds: where someone stands and a last day hold from day to day.

    A right to money is per month, and what it rests on with it.
    """
    is_of_the_day = article is not None and article.legal_character in OF_THE_DAY
    has_amount = article is not None and any(field.declared.type == "amount" for field in article.outputs)
    return Stretch.DAY if is_of_the_day and not has_amount else Stretch.MONTH


def _is_half_way(article: Article, output: str) -> bool:
    """Say whether an outcome is a condition that another outcome of the article rests on: a "no" there ends nothing."""
    is_condition = any(field.name == output and field.declared.type == "boolean" for field in article.outputs)
    return is_condition and any(
        action.output != output and f"${output}" in names_in(action.expression) for action in article.actions
    )


def names_in(raw: Raw) -> frozenset[str]:
    """Return every `$name` in an expression."""
    if isinstance(raw, dict | list):
        inside = raw.values() if isinstance(raw, dict) else raw
        return frozenset().union(*map(names_in, inside))
    return frozenset({raw}) if isinstance(raw, str) else frozenset()


def _asks(laws: LawSet, output: tuple[str, str], on: date, seen: set[tuple[str, str]]) -> bool:
    """Say whether an outcome of a law rests on a fact of somebody, through whatever laws it calls.

    `seen`: the outcomes on the way here, so that a circle ends.
    """
    law, name = output
    version = _in_force(laws, law, on)
    article = version.article_with(name) if version else None
    if article is None or output in seen:
        return False
    outside = [field.name for field in article.inputs if field.source is None or field.source.is_outside]
    if any(each in laws.vocabulary for each in (*outside, *(parameter.name for parameter in article.parameters))):
        return True
    called = [
        (source.regulation or law, source.output or field.name) for field in article.inputs if (source := field.source)
    ]
    return any(_asks(laws, each, on, {*seen, output}) for each in called)


def _question(law: str, outputs: tuple[str, ...], on: date) -> Question:
    period = Stretch.DAY.around(on)  # the month may begin before the law does
    return Question(law=law, outputs=outputs, subject=SUBJECT, period=period, decided_on=on)
