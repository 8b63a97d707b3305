"""Which rule applies: delegated terms, rules around decisions, special rules over general ones.

Lex superior, then lex posterior for who fills a term (RFC-003); competence is a filter before that contest.
Lex specialis by overrides (RFC-007), in the same law always (RFC-041). Awb hooks by stage (RFC-008).
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from .builder import Detail
from .errors import LawError, Place
from .expressions import expression
from .graph import Kind, Provenance
from .model import Article, Hook, LawVersion, OpenTerm
from .scope import DECISION, At, Calling, Names, Scope

if TYPE_CHECKING:
    from .compiler import Compiler

RANK: Final = {
    layer: rank
    for rank, layer in enumerate((
        "VERDRAG", "EU_VERORDENING", "EU_RICHTLIJN", "GRONDWET", "WET", "KONINKLIJK_BESLUIT", "AMVB",
        "MINISTERIELE_REGELING", "PROVINCIALE_VERORDENING", "WATERSCHAPS_VERORDENING",
        "GEMEENTELIJKE_VERORDENING", "BELEIDSREGEL", "UITVOERINGSBELEID",
    ))
}  # fmt: skip
LOCAL: Final = ("PROVINCIALE_VERORDENING", "WATERSCHAPS_VERORDENING", "GEMEENTELIJKE_VERORDENING")
NO_LOCAL_RULES: Final = "NoLocalRules"
Candidate = tuple[LawVersion, Article]


def open_term(compiler: "Compiler", scope: Scope, term: OpenTerm) -> int:
    """Return the node that fills an open term of an article."""
    if term.id not in scope.open_terms:
        name = (scope.law.id, f"{scope.article.number}?{term.id}")
        if name in scope.stack:
            error = LawError("CircularReference", f"Circular reference through open term '{term.id}'")
            return compiler.builder.error(error, scope.place())
        scope.open_terms[term.id] = _fill(compiler, scope, term, scope.calling.deeper(*name))
    return scope.open_terms[term.id]


def _fill(compiler: "Compiler", scope: Scope, term: OpenTerm, calling: Calling) -> int:
    place = scope.place(f"open_terms.{term.id}")
    found = compiler.laws.implementations(scope.law.id, scope.article.number, term.id, compiler.on(scope.when))
    competent = [c for c in found if _in_area(c[0], compiler) and _is_competent(c[0], term)]
    default = _default(compiler, scope, term)
    if not competent:
        value = default if default is not None else _unfilled(compiler, scope, term, place)
        return _term_node(compiler, scope, term, (value,), silent=True)
    try:
        best = winner(competent, f"open term '{term.id}'")
    except LawError as error:
        return compiler.builder.error(error, place)
    value = _implemented(compiler, scope, term, best, calling)
    args = (value,) if default is None else (value, default)
    return _term_node(compiler, scope, term, args, silent=False)


def _term_node(compiler: "Compiler", scope: Scope, term: OpenTerm, args: tuple[int, ...], *, silent: bool) -> int:
    place = scope.place(f"open_terms.{term.id}")
    return compiler.builder.add(
        Kind.OPEN_TERM, term.id, args, place, declared=term.declared, detail={"silent": silent}, frame=scope.number
    )


def _in_area(version: LawVersion, compiler: "Compiler") -> bool:
    return all(code in compiler.order.codes for code in version.codes.values())


def _is_competent(version: LawVersion, term: OpenTerm) -> bool:
    return term.delegation_type is None or version.layer == term.delegation_type


def _default(compiler: "Compiler", scope: Scope, term: OpenTerm) -> int | None:
    if term.default is None:
        return None
    action = next((a for a in reversed(term.default) if a.output == term.id), None) or next(iter(term.default), None)
    if action is None:
        return None
    path = f"open_terms.{term.id}.default.actions.{action.output}"
    return expression(compiler, action.expression, At(scope, Names(0), f"{path}.{action.path}".rstrip(".")))


def _unfilled(compiler: "Compiler", scope: Scope, term: OpenTerm, place: Place) -> int:
    if not term.required:
        return compiler.builder.literal(None, place)
    error = LawError("ResolutionError", f"No implementation in force for required open term '{term.id}'", place)
    filling = _ever_filling(compiler, scope, term)
    if filling:
        is_local = term.delegation_type in LOCAL and not any(_in_area(version, compiler) for version in filling)
        name = NO_LOCAL_RULES if is_local else error.name
        compiler.builder.refusals.append(LawError(name, error.detail, place))
    return compiler.builder.error(error, place)


def _ever_filling(compiler: "Compiler", scope: Scope, term: OpenTerm) -> list[LawVersion]:
    """Return every version, of any time and place, that fills an open term."""
    target = (scope.law.id, scope.article.number, term.id)
    return [
        version
        for versions in compiler.laws.laws.values()
        for version in versions
        for article in version.articles
        for item in article.implements
        if (item.law, item.article, item.open_term) == target
    ]


def _implemented(compiler: "Compiler", scope: Scope, term: OpenTerm, by: Candidate, calling: Calling) -> int:
    version, article = by
    compiler.used[f"{version.id} {version.valid_from}"] = version
    output = term.id if term.id in article.output_names else next(iter(article.output_names), term.id)
    passed = replace(calling, parameters=_declared_only(compiler, scope, article))
    return compiler.output(version, article, output, passed)


def _declared_only(compiler: "Compiler", scope: Scope, article: Article) -> dict[str, int]:
    """Return the parameters of the calling article that the called article declares."""
    found = {item.name: compiler.parameter(scope, item.name) for item in article.parameters}
    return {name: node for name, node in found.items() if node is not None}


def winner(candidates: list[Candidate], what: str) -> Candidate:
    """Return the candidate of the highest layer, then of the latest date; a tie is an error."""
    best = min(RANK.get(version.layer, len(RANK)) for version, _ in candidates)
    highest = [c for c in candidates if RANK.get(c[0].layer, len(RANK)) == best]
    latest = max(version.valid_from for version, _ in highest)
    last = [c for c in highest if c[0].valid_from == latest]
    if len(last) > 1:
        names = ", ".join(sorted(version.id for version, _ in last))
        raise LawError("ResolutionError", f"Several regulations of equal rank and date fill {what}: {names}")
    return last[0]


# -- special rules -------------------------------------------------------------------------------------------


def applicable_override(compiler: "Compiler", general: Candidate, output: str, calling: Calling) -> int | None:
    """Return the node of the special rule that replaces this output, None when there is none."""
    version, article = general
    found = _special_rules(compiler, general, output)
    place = Place(version.id, article.number, version.valid_from, f"articles.{article.label}.overrides.{output}")
    if not found:
        return None
    if len(found) > 1:
        names = ", ".join(f"{law.id} {special.number}" for law, special in found)
        error = LawError("ResolutionError", f"Several rules override '{output}' of '{version.id}': {names}")
        return compiler.builder.error(error, place)
    law, special = found[0]
    own = (law.id, f"{special.number}!{output}")
    if own in calling.stack:
        return None
    return _replaced(compiler, (law, special), (output, place), calling.deeper(*own))


def _special_rules(compiler: "Compiler", general: Candidate, output: str) -> list[Candidate]:
    version, article = general
    laws = [version] if compiler.order.law == version.id else [version, *_contextual(compiler)]
    target = (version.id, article.number, output)
    return [
        (law, candidate)
        for law in laws
        for candidate in law.articles
        for item in candidate.overrides
        if (item.law, item.article, item.output) == target
    ]


def _contextual(compiler: "Compiler") -> list[LawVersion]:
    try:
        return [compiler.laws.version(compiler.order.law, compiler.order.period)]
    except LawError:
        return []


def _replaced(compiler: "Compiler", special: Candidate, replaced: tuple[str, Place], calling: Calling) -> int:
    (law, article), (output, place) = special, replaced
    rule = next(item for item in article.overrides if item.output == output)
    if rule.voids:
        detail = f"Output '{output}' does not arise: {law.id} article {article.number}: {rule.excerpt}"
        return compiler.builder.error(LawError("OutputVoided", detail), place)
    scope = compiler.scope(law, article, calling)
    value = compiler.own_output(scope, output)
    detail_: Detail = {"law": law.id, "article": article.number}
    return compiler.builder.add(Kind.OVERRIDE, output, (value,), place, detail=detail_, frame=scope.number)


# -- rules around decisions ----------------------------------------------------------------------------------


def _matching_hooks(compiler: "Compiler", scope: Scope, point: str) -> list[Candidate]:
    if not scope.article.legal_character and not scope.article.submission:
        return []
    return [
        (law, candidate)
        for law, candidate in compiler.laws.hooks(compiler.order.decided_on)
        if candidate is not scope.article
        and any(hook.point == point and _applies(compiler, hook, scope) for hook in candidate.hooks)
    ]


def _applies(compiler: "Compiler", hook: Hook, scope: Scope) -> bool:
    """Say whether a rule runs around this article: by what it decides, or by what is submitted there (RFC-046)."""
    article = scope.article
    if hook.submission:
        return hook.submission == article.submission and _applies_to_submission(compiler, hook, scope)
    return (
        bool(hook.legal_character)
        and hook.legal_character == article.legal_character
        and hook.decision_type in (None, article.decision_type)
        and hook.stage == compiler.order.stage
    )


def _applies_to_submission(compiler: "Compiler", hook: Hook, scope: Scope) -> bool:
    own = f"{scope.law.id}#{scope.article.number}"
    if hook.established_by not in ("", own):
        return False
    return not hook.decided_by or compiler.laws.deciding_characters(own, compiler.on(scope.when)) == {hook.decided_by}


def pre_hooks(compiler: "Compiler", scope: Scope) -> dict[str, int]:
    """Return the outputs of rules that run before the actions of a decision; the article sees them as parameters."""
    if not scope.extra and "pre" not in scope.busy:
        scope.busy.add("pre")
        for law, article in _ranked(_matching_hooks(compiler, scope, "pre_actions")):
            for name, node in _hook_outputs(compiler, scope, (law, article), {}).items():
                scope.extra.setdefault(name, node)
    return scope.extra


def post_hooks(compiler: "Compiler", scope: Scope, outputs: dict[str, int]) -> None:
    """Add the outputs of rules that run after the actions of a decision, unless the decision has them already."""
    for law, article in _ranked(_matching_hooks(compiler, scope, "post_actions")):
        for name, node in _hook_outputs(compiler, scope, (law, article), outputs).items():
            if name in outputs or name in scope.article.output_names:
                continue
            outputs[name] = node
            is_replaced = compiler.builder.nodes[node].kind is Kind.OVERRIDE
            place = Place(law.id, article.number, law.valid_from)
            compiler.provenance[name] = Provenance("override" if is_replaced else "reactive", place, "post_actions")


def _ranked(hooks: list[Candidate]) -> list[Candidate]:
    """Return hooks by rank, and within a rank the latest first: what comes first keeps its outputs."""
    by_date = sorted(hooks, key=lambda hook: hook[0].valid_from, reverse=True)
    return sorted(by_date, key=lambda hook: RANK.get(hook[0].layer, len(RANK)))


def _hook_outputs(compiler: "Compiler", scope: Scope, hook: Candidate, outputs: dict[str, int]) -> dict[str, int]:
    law, article = hook
    compiler.used[f"{law.id} {law.valid_from}"] = law
    passed: dict[str, int] = {}
    for item in article.parameters:
        node = outputs[item.name] if item.name in outputs else compiler.parameter(scope, item.name)
        if node is not None:
            passed[item.name] = node
    calling = Calling(passed, DECISION, (*scope.stack, (law.id, f"{article.number}@")))
    return {name: compiler.output(law, article, name, calling) for name in article.output_names}
