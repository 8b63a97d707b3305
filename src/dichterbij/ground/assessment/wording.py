"""The words of an assessment in one language: facts that were used, questions that are left, the explanation."""

from collections.abc import Mapping

from dichterbij.ground.organisations import keys
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import UnknownOrganisation
from dichterbij.ground.registry import registries
from dichterbij.kernel.identifiers import Oin
from dichterbij.law import UNKNOWN, FactDefinition, FactRef, LawSet, Refused
from dichterbij.law.explain import explain
from dichterbij.law.explain_values import Reading
from dichterbij.law.graph import Declared
from dichterbij.law.labels import Labels, labels_for
from dichterbij.law.privacy import claims_together, is_shown

from .asking import Asked, Known
from .domain import SUBJECT, Origin, Question, UsedFact, Words

FINGERPRINT = "assessment-value"


def words_of(asked: Asked, laws: LawSet, language: str, *, organisation: Oin) -> Words:
    """Return everything a person reads of an answer of the law, in a language."""
    if isinstance(asked.outcome, Refused):
        return Words(facts=(), questions=(), explanation=explain(asked.outcome, laws, language))
    writer = _Writer(asked, laws, labels_for(laws, language), organisation)
    return Words(
        facts=tuple(writer.used(ref, known) for ref, known in asked.known.items() if known.given is not UNKNOWN),
        questions=tuple(writer.question(ref) for ref in getattr(asked.outcome, "unknown", ())),
        explanation=explain(asked.outcome, laws, language),
    )


class _Writer:
    def __init__(self, asked: Asked, laws: LawSet, labels: Labels, organisation: Oin) -> None:
        assert not isinstance(asked.outcome, Refused)  # noqa: S101 a refusal has no words
        self.asked, self.laws, self.labels, self.organisation = asked, laws, labels, organisation
        self.reading = Reading(asked.outcome, labels, frozenset())
        self.together = claims_together(asked.outcome, laws.vocabulary)

    def used(self, ref: FactRef, known: Known) -> UsedFact:
        """Return a fact that was supplied, with its source; value and first day only where they may be shown.

        The first day of an address of somebody else may be the day they were born, or the day they left.
        """
        fact = self.laws.vocabulary[ref.fact]
        shown = is_shown(fact, ref.person, SUBJECT, self.together)
        from_registry = known.origin is Origin.REGISTER
        return UsedFact(
            person=ref.person,
            fact=ref.fact,
            about=self.reading.whose(ref.person),
            label=self.labels.label_of_fact(ref.fact),
            value_text=self._value(fact, known) if shown else None,
            source=self.labels.registry(fact.registry if from_registry else known.origin),
            origin=known.origin,
            registry=fact.registry if from_registry else "",
            organisation=_holder(fact.registry) if from_registry else None,
            valid_from=known.valid_from if shown else None,
            read_at=known.read_at,
            in_investigation=known.in_investigation,
            fingerprint=keys.keyed_hash(self.organisation, FINGERPRINT, f"{ref.fact}\0{known.raw}"),
        )

    def question(self, ref: FactRef) -> Question:
        """Return a fact that is missing, with the words to ask for it."""
        fact, words = self.laws.vocabulary[ref.fact], self.labels.fact(ref.fact)
        return Question(
            person=ref.person,
            fact=ref.fact,
            about=self.reading.whose(ref.person),
            label=self.labels.label_of_fact(ref.fact),
            question=words.get("question"),
            help=words.get("help"),
            type=fact.type,
            values=tuple((value, words.values.get(value, value)) for value in fact.values),
            origin=Origin(fact.origin),
        )

    def _value(self, fact: FactDefinition, known: Known) -> str:
        assert known.given is not UNKNOWN  # noqa: S101 what nobody knows is a question, no fact
        if fact.shown_to == "nobody":  # a number that means nothing to a person
            return self.labels.word("known")
        value = self.laws.vocabulary.read(fact.name, known.given)
        return self.reading.shown(value, Declared(type=fact.type), self.labels.fact(fact.name))


def _holder(registry: str) -> Oin | None:
    """Return the organisation that keeps a registry, None when this instance does not know it."""
    try:
        return organisations.by_key(registries.registry(registry).holder).oin
    except UnknownOrganisation:
        return None


def all_words(asked: Asked, laws: LawSet, languages: tuple[str, ...], *, organisation: Oin) -> Mapping[str, Words]:
    """Return the words in each language."""
    return {language: words_of(asked, laws, language, organisation=organisation) for language in languages}
