"""A decision in stages (RFC-008): application, handling, decision, publication, objection.

Stateless: the caller keeps the `StageState` and gives it back. At each stage the article runs again with what earlier
stages gave as parameters, and only the rules around decisions that belong to that stage run.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from .determine import Facts, Open, Question, Refused, determine, requested
from .errors import LawError
from .lawset import LawSet
from .model import Article
from .parse import obj, objects, text
from .values import Value


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage; `requires`: the facts that must be known before it can run."""

    name: str
    description: str
    requires: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Procedure:
    """The stages that decisions of a legal character go through, as a law in force lays them down."""

    id: str
    law: str
    legal_character: str
    is_default: bool
    stages: tuple[Stage, ...]

    def stage(self, name: str) -> Stage:
        """Return a stage by name; raises StageNotFound."""
        found = next((stage for stage in self.stages if stage.name == name), None)
        if found is None:
            raise LawError("StageNotFound", f"Procedure '{self.id}' has no stage '{name}'")
        return found

    def after(self, name: str) -> Stage | None:
        """Return the stage after this one, None after the last."""
        position = self.stages.index(self.stage(name)) + 1
        return self.stages[position] if position < len(self.stages) else None


@dataclass(frozen=True, slots=True)
class StageState:
    """Where a decision is: the question, its procedure, the stage to run now, and what earlier stages gave."""

    question: Question
    procedure: str
    stage: str
    outputs: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Yielded:
    """A stage is done and another follows; `pending`: the facts that one needs and that are not known yet."""

    state: StageState
    outputs: Mapping[str, Value]
    pending: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Complete:
    """The last stage is done; `outputs`: all that the stages gave."""

    outputs: Mapping[str, Value]


StageResult: TypeAlias = Yielded | Complete | Open | Refused


def procedures(laws: LawSet, on: date) -> Iterator[Procedure]:
    """Yield the procedures of the laws in force on a day."""
    for version in laws.in_force(on):
        for item in objects(version.raw, "procedure"):
            yield Procedure(
                id=text(item, "id"),
                law=version.id,
                legal_character=text(obj(item, "applies_to"), "legal_character"),
                is_default=item.get("default") is True,
                stages=tuple(
                    Stage(
                        text(stage, "name"),
                        text(stage, "description"),
                        tuple(text(need, "name") for need in objects(stage, "requires")),
                    )
                    for stage in objects(item, "stages")
                ),
            )


def procedure_for(laws: LawSet, question: Question) -> Procedure:
    """Return the procedure of the decision that is asked for: the one it names, else the default of its character.

    Procedure follows the law in force on the day of the decision. Raises ProcedureNotFound.
    """
    article = _deciding_article(laws, question)
    known = [each for each in procedures(laws, question.decided_on) if each.legal_character == article.legal_character]
    named = [each for each in known if each.id == article.procedure]
    found = next(iter(named or [each for each in known if each.is_default and not article.procedure]), None)
    if found is None:
        wanted = article.procedure or f"decisions of character '{article.legal_character}'"
        raise LawError("ProcedureNotFound", f"No procedure in force for {wanted}")
    return found


def _deciding_article(laws: LawSet, question: Question) -> Article:
    version = laws.version(question.law, question.period.first)
    articles = [version.article_with(name) for name in requested(laws, question)]
    found = next((article for article in articles if article and article.legal_character), None)
    if found is None:
        raise LawError("ProcedureNotFound", f"'{question.law}' takes no decision that goes through stages")
    return found


def begin(laws: LawSet, question: Question) -> StageState:
    """Return the state before the first stage of the procedure of a decision."""
    procedure = procedure_for(laws, question)
    return StageState(question, procedure.id, procedure.stages[0].name, {})


def pending(laws: LawSet, state: StageState, facts: Facts) -> tuple[str, ...]:
    """Return the facts that the present stage requires and that are not known yet."""
    return _lacking(procedure_for(laws, state.question).stage(state.stage), facts)


def execute_stage(laws: LawSet, state: StageState, facts: Facts) -> StageResult:
    """Run the present stage; `Open` when facts are missing, `Refused` when the law does not answer."""
    procedure = procedure_for(laws, state.question)
    if procedure.id != state.procedure:
        raise LawError("ProcedureNotFound", f"Procedure '{state.procedure}' no longer applies")
    stage = procedure.stage(state.stage)
    lacking = _lacking(stage, facts)
    if lacking:
        raise LawError("MissingParameter", f"Stage '{stage.name}' requires: {', '.join(lacking)}")
    given = tuple(sorted(state.outputs.items()))
    outcome = determine(laws, replace(state.question, stage=stage.name, given=given), facts)
    if isinstance(outcome, Open | Refused):
        return outcome
    outputs = {**state.outputs, **outcome.outputs}
    following = procedure.after(stage.name)
    if following is None:
        return Complete(outputs)
    return Yielded(replace(state, stage=following.name, outputs=outputs), outputs, _lacking(following, facts))


def _lacking(stage: Stage, facts: Facts) -> tuple[str, ...]:
    known = facts.persons.get(facts.subject, {})
    return tuple(name for name in stage.requires if known.get(name) is None)
