"""Compiles articles: which version, which names, which calls; the state of one compilation.

Order of a name in an article: loop element, output of an earlier action, definition, input, delegated term,
output of a rule that ran before, parameter (format, section on name resolution).
"""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from .builder import Builder, Detail
from .delegation import applicable_override, open_term, pre_hooks
from .errors import LawError, Place
from .expressions import expression, frozen
from .graph import Declared, Kind, Loop, Provenance
from .lawset import LawSet
from .model import Action, Article, Field, LawVersion
from .outside import KEY, Outside, Wanted
from .scope import DECISION, At, Calling, Names, Scope
from .terms import TERMS_ACT, built_in_term
from .values import FactRef, Unknown, Untranslatable

MAX_CALLS: Final = 20
ALL_ACTIONS: Final = 10**6


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to compile. `whole`: an article always runs entirely, as the format has it for decisions."""

    law: str
    outputs: tuple[str, ...]
    period: date
    decided_on: date
    codes: frozenset[str] = frozenset()
    stage: str = "BESLUIT"
    untranslatable: str = "error"
    whole: bool = False


@dataclass(slots=True, eq=False)
class Compiler:
    """The state of one compilation."""

    laws: LawSet
    order: Order
    outside: Outside
    builder: Builder = field(default_factory=Builder)
    scopes: dict[tuple[object, ...], Scope] = field(default_factory=dict)
    used: dict[str, LawVersion] = field(default_factory=dict)
    provenance: dict[str, Provenance] = field(default_factory=dict)

    def on(self, when: str) -> date:
        """Return the day whose law applies: the period's first day, or the day of the decision."""
        return self.order.decided_on if when == DECISION else self.order.period

    def version(self, law: str, when: str) -> LawVersion:
        """Return the version in force, and remember that it is used; a law that has ended is a refusal."""
        try:
            found = self.laws.version(law, self.on(when))
        except LawError as error:
            if error.name == "NotInForce":
                self.builder.refusals.append(error)
            raise
        self.used[f"{found.id} {found.valid_from}"] = found
        return found

    # -- outputs -------------------------------------------------------------------------------------------

    def call(self, law: str, output: str, calling: Calling) -> int:
        """Return the node of an output of a law; what cannot be found becomes an error node."""
        place = Place(law=law, path=output)
        if law == TERMS_ACT:
            return built_in_term(self.builder, output, calling.parameters)
        try:
            self._check_depth(law, output, calling)
            version = self.version(law, calling.when)
            article = version.article_with(output)
            if article is None:
                raise LawError("OutputNotFound", f"Output '{output}' not found in '{law}'")
        except LawError as error:
            return self.builder.error(error, place)
        return self.output(version, article, output, calling.deeper(law, output))

    def _check_depth(self, law: str, output: str, calling: Calling) -> None:
        if (law, output) in calling.stack:
            raise LawError("CircularReference", f"Circular reference: {law}#{output}")
        if len(calling.stack) >= MAX_CALLS:
            raise LawError("MaxDepthExceeded", f"More than {MAX_CALLS} references deep")

    def output(self, version: LawVersion, article: Article, output: str, calling: Calling) -> int:
        """Return the node of an output of an article, replaced where a special rule applies."""
        special = applicable_override(self, (version, article), output, calling)
        if special is not None:
            return special
        return self.own_output(self.scope(version, article, calling), output)

    def scope(self, version: LawVersion, article: Article, calling: Calling) -> Scope:
        """Return the article with these parameters, made once."""
        passed = tuple(sorted(calling.parameters.items()))
        known = (version.id, version.valid_from, article.number, calling.when, passed)
        if known not in self.scopes:
            self.scopes[known] = Scope(len(self.scopes), version, article, calling)
        return self.scopes[known]

    def own_output(self, scope: Scope, output: str) -> int:
        """Return the node of an output as the article itself computes it."""
        if output not in scope.outputs:
            if output in scope.busy:
                error = LawError("CircularReference", f"Circular reference: {scope.law.id}#{output}")
                return self.builder.error(error, scope.place())
            scope.busy.add(output)
            scope.outputs[output] = self._make_output(scope, output)
            scope.busy.discard(output)
        return scope.outputs[output]

    def _make_output(self, scope: Scope, output: str) -> int:
        marked = self._marked(scope)
        declared = next((f.declared for f in scope.article.outputs if f.name == output), Declared())
        place = scope.place(f"execution.output.{output}")
        value = marked if marked is not None else self._computed(scope, output)
        strict = scope.law.is_strict_on_absence and not declared.nullable
        return self.builder.add(
            Kind.OUTPUT, output, (value,), place, declared=declared, detail={"required": strict}, frame=scope.number
        )

    def _marked(self, scope: Scope) -> int | None:
        """Return what untranslatable words make of the article (RFC-012), None when it can run."""
        if not scope.article.markings or self.order.untranslatable == "warn":
            return None
        first = scope.article.markings[0]
        if self.order.untranslatable == "propagate":
            taint = Untranslatable(scope.law.id, scope.article.number, first.about)
            return self.builder.literal(taint, scope.place("markings"))
        open_ = next((marking for marking in scope.article.markings if not marking.accepted), None)
        if open_ is None:
            return None
        detail = f"Untranslatable construct in article {scope.article.number}: {open_.about} ({open_.reason})"
        return self.builder.error(LawError("Untranslatable", detail), scope.place("markings"))

    def _computed(self, scope: Scope, output: str) -> int:
        index = self._last_action(scope, output, ALL_ACTIONS)
        if index is None:
            hooked = pre_hooks(self, scope).get(output)
            value = hooked if hooked is not None else self.builder.literal(None, scope.place("execution.actions"))
        else:
            value = self.action(scope, index)
        return self._with_everything(scope, value) if self.order.whole else value

    def _with_everything(self, scope: Scope, value: int) -> int:
        effects = [self.input(scope, item) for item in scope.article.inputs if not self._is_left_open(scope, item)]
        effects += pre_hooks(self, scope).values()
        effects += [self.action(scope, index) for index in range(len(scope.article.actions))]
        return self.builder.add(
            Kind.ARTICLE, scope.article.number, (*effects, value), scope.place(), frame=scope.number
        )

    def _is_left_open(self, scope: Scope, item: Field) -> bool:
        node = self.builder.nodes[self.input(scope, item)]
        return self.builder.nodes[node.args[0]].name == "VariableNotFound" if node.args else False

    def _last_action(self, scope: Scope, output: str, before: int) -> int | None:
        actions = scope.article.actions[:before]
        return next((i for i in reversed(range(len(actions))) if actions[i].output == output), None)

    def action(self, scope: Scope, index: int) -> int:
        """Return the node of an action's expression."""
        if index not in scope.actions:
            action: Action = scope.article.actions[index]
            path = f"execution.actions.{action.output}" + (f".{action.path}" if action.path else "")
            scope.actions[index] = expression(self, action.expression, At(scope, Names(index), path))
        return scope.actions[index]

    # -- names ---------------------------------------------------------------------------------------------

    def resolve(self, name: str, at: At) -> int:
        """Return the node a name stands for: loop element, earlier output, definition, input, term, parameter."""
        names = at.names
        if name in names.locals:
            return names.locals[name]
        otherwise = self._resolve_in_article(name, at.scope, names)
        if names.locals and not self._loops_over_persons(names):
            return self._field_of_element(name, at, otherwise)
        return otherwise if otherwise is not None else self._not_found(name, at.place)

    def _loops_over_persons(self, names: Names) -> bool:
        return all(self.outside.property(self.builder, node, KEY) is not None for node in names.locals.values())

    def _field_of_element(self, name: str, at: At, otherwise: int | None) -> int:
        element = next(iter(at.names.locals.values()))
        fallback = otherwise if otherwise is not None else self._not_found(name, at.place)
        detail: Detail = {"property": name, "strict": at.scope.law.is_strict_on_absence}
        args = (element, fallback)
        return self.builder.add(Kind.PROPERTY, name, args, at.place, detail=detail, frame=at.scope.number)

    def _not_found(self, name: str, place: Place) -> int:
        return self.builder.error(LawError("VariableNotFound", f"Variable '{name}' not found"), place)

    def _resolve_in_article(self, name: str, scope: Scope, names: Names) -> int | None:
        index = self._last_action(scope, name, names.before)
        if index is not None:
            return self._earlier_output(scope, name, index)
        if name in scope.article.definitions:
            return self._definition(scope, name)
        field_ = next((item for item in scope.article.inputs if item.name == name), None)
        if field_ is not None:
            return self.input(scope, field_)
        term = next((item for item in scope.article.open_terms if item.id == name), None)
        if term is not None:
            return open_term(self, scope, term)
        added = pre_hooks(self, scope).get(name)
        return added if added is not None else self.parameter(scope, name)

    def _earlier_output(self, scope: Scope, name: str, index: int) -> int:
        value = self.action(scope, index)
        declared = next((f.declared for f in scope.article.outputs if f.name == name), Declared())
        place = scope.place(f"execution.output.{name}")
        return self.builder.add(
            Kind.OUTPUT, name, (value,), place, declared=declared, detail={"required": False}, frame=scope.number
        )

    def _definition(self, scope: Scope, name: str) -> int:
        definition, place = scope.article.definitions[name], scope.place(f"definitions.{name}")
        literal = self.builder.literal(frozen(definition.value), place)
        return self.builder.add(Kind.DEFINITION, name, (literal,), place, declared=definition.declared)

    def parameter(self, scope: Scope, name: str) -> int | None:
        """Return the node of a parameter: passed, or supplied from outside, or unknown when it is optional."""
        declared = next((item for item in scope.article.parameters if item.name == name), None)
        place = scope.place(f"execution.parameters.{name}")
        passed = scope.parameters.get(name)
        if passed is None and declared is not None:
            passed = self._unpassed(scope, declared)
        if passed is None:
            return None
        field_ = declared.declared if declared else Declared()
        strict = scope.law.is_strict_on_absence and not field_.nullable
        detail: Detail = {"required": strict, "from": scope.caller}
        return self.builder.add(
            Kind.PARAMETER, name, (passed,), place, declared=field_, frame=scope.number, detail=detail
        )

    def _unpassed(self, scope: Scope, declared: Field) -> int | None:
        supplied = self.outside.parameter(self.builder, declared, scope.parameters.get(KEY))
        if supplied is not None:
            return supplied
        wanted = Wanted(self._missing_parameter(scope, declared), is_computed=False)
        supplied = self.outside.input(self.builder, scope.law, declared.name, scope.parameters, wanted)
        if supplied is not None or not scope.law.is_strict_on_absence:
            return supplied
        return wanted.otherwise

    def _missing_parameter(self, scope: Scope, declared: Field) -> int:
        place = scope.place(f"execution.parameters.{declared.name}")
        if not scope.law.is_strict_on_absence:
            return self._not_found(declared.name, place)
        if declared.required:
            detail = f"Parameter '{declared.name}' of '{scope.law.id}' is required"
            return self.builder.error(LawError("MissingParameter", detail), place)
        return self.builder.literal(Unknown(frozenset({FactRef("", declared.name)})), place)

    # -- inputs --------------------------------------------------------------------------------------------

    def input(self, scope: Scope, item: Field) -> int:
        """Return the node of an input: passed by the caller, a fact, another article, or nothing."""
        if item.name not in scope.inputs:
            if item.name in scope.busy:
                error = LawError("CircularReference", f"Circular reference through input '{item.name}'")
                return self.builder.error(error, scope.place(f"execution.input.{item.name}"))
            scope.busy.add(item.name)
            scope.inputs[item.name] = self._make_input(scope, item)
            scope.busy.discard(item.name)
        return scope.inputs[item.name]

    def _make_input(self, scope: Scope, item: Field) -> int:
        place = scope.place(f"execution.input.{item.name}")
        passed = scope.parameters.get(item.name)
        supplied = passed if passed is not None else self._supplied_input(scope, item, place)
        strict = scope.law.is_strict_on_absence and not item.declared.nullable
        detail: Detail = {"required": strict, "passed": passed is not None, "from": scope.caller}
        return self.builder.add(
            Kind.INPUT, item.name, (supplied,), place, declared=item.declared, frame=scope.number, detail=detail
        )

    def _supplied_input(self, scope: Scope, item: Field, place: Place) -> int:
        computed = self._computed_input(scope, item)
        otherwise = computed if computed is not None else self._left_open(scope, item, place)
        wanted = Wanted(otherwise, computed is not None)
        supplied = self.outside.input(self.builder, scope.law, item.name, self._keys(scope), wanted)
        return supplied if supplied is not None else otherwise

    def _keys(self, scope: Scope) -> dict[str, int]:
        keys = dict(scope.parameters)
        for item in scope.article.parameters:
            node = self.parameter(scope, item.name)
            if node is not None:
                keys.setdefault(item.name, node)
        return keys

    def _left_open(self, scope: Scope, item: Field, place: Place) -> int:
        if scope.law.is_strict_on_absence:
            return self.builder.literal(Unknown(frozenset({FactRef("", item.name)})), place)
        return self._not_found(item.name, place)

    def _computed_input(self, scope: Scope, item: Field) -> int | None:
        source = item.source
        if source is None or source.is_outside:
            return None
        output = source.output or item.name
        if source.regulation is None:
            return self._internal(scope, output)
        path = f"execution.input.{item.name}.source.parameters"
        passed = {
            name: expression(self, value, At(scope, Names(0), f"{path}.{name}"))
            for name, value in source.parameters.items()
        }
        return self._cross_law(scope, source.regulation, output, passed)

    def _internal(self, scope: Scope, output: str) -> int:
        article = scope.law.article_with(output)
        if article is None:
            return self.builder.error(LawError("OutputNotFound", f"Output '{output}' not found"), scope.place())
        own = (scope.law.id, output)
        if own in scope.stack:
            return self.builder.error(LawError("CircularReference", f"Circular reference: {output}"), scope.place())
        return self.output(scope.law, article, output, scope.calling.deeper(*own))

    def _cross_law(self, scope: Scope, law: str, output: str, passed: dict[str, int]) -> int:
        key = passed.get(KEY)
        if key is not None and self.outside.is_list(self.builder, key):
            return self._for_each_person(scope, law, output, passed)
        result = self.call(law, output, replace(scope.calling, parameters=passed))
        guards = self._guards(scope, law, output, passed)
        place = scope.place(f"execution.input.{output}")
        return self.builder.add(
            Kind.CALL, f"{law}#{output}", (result, *guards), place, frame=scope.number,
            detail={"law": law, "output": output},
        )  # fmt: skip

    def _for_each_person(self, scope: Scope, law: str, output: str, passed: dict[str, int]) -> int:
        """Return the outputs for every person of a list, as a list (our reading of `bsn: $kinderen`)."""
        place = scope.place(f"execution.input.{output}")
        local = self.builder.local(KEY, place)
        body = self._cross_law(scope, law, output, {**passed, KEY: local})
        return self.builder.foreach(passed[KEY], Loop(local, None, body, None), place, strict=False)

    def _guards(self, scope: Scope, law: str, output: str, passed: dict[str, int]) -> list[int]:
        """Return the required parameters that skip the call when they are absent or unknown (RFC-036)."""
        version = next(iter(self.laws.versions(law)), None)
        try:
            version = self.laws.version(law, self.on(scope.when))
        except LawError:
            return []
        article = version.article_with(output)
        if article is None or not version.is_strict_on_absence:
            return []
        required = [p for p in article.parameters if p.required and p.name in passed]
        return [passed[item.name] for item in required if not item.declared.nullable]
