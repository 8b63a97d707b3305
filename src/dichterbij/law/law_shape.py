"""What a law file may hold, per version of the RegelRecht format (v0.5.0 to v0.8.0)."""

from collections.abc import Iterator, Mapping
from typing import Final

from .calendar_rules import is_day
from .document import Raw
from .expression_shape import EXPRESSION, OPERATION_WORDS, ExpressionShape
from .model import SchemaVersion
from .shapes import Anything, Finding, Flag, Key, ListOf, MapOf, Number, Record, Text, Whole

NULLABLE: Final[SchemaVersion] = (0, 5, 8)
LEGAL_POSITIONS: Final[SchemaVersion] = (0, 5, 9)
MARKINGS: Final[SchemaVersion] = (0, 6, 0)
SEVEN: Final[SchemaVersion] = (0, 7, 0)
EIGHT: Final[SchemaVersion] = (0, 8, 0)

LAYERS: Final = (
    "GRONDWET", "WET", "AMVB", "KONINKLIJK_BESLUIT", "MINISTERIELE_REGELING", "BELEIDSREGEL", "EU_VERORDENING",
    "EU_RICHTLIJN", "VERDRAG", "UITVOERINGSBELEID", "GEMEENTELIJKE_VERORDENING", "PROVINCIALE_VERORDENING",
    "WATERSCHAPS_VERORDENING",
)  # fmt: skip
CHARACTERS: Final = (
    "BESCHIKKING", "TOETS", "WAARDEBEPALING", "BESLUIT_VAN_ALGEMENE_STREKKING", "INFORMATIEF", "RECHTSPOSITIE",
)  # fmt: skip
DECISION_TYPES: Final = (
    "TOEKENNING", "AFWIJZING", "GOEDKEURING", "GEEN_BESLUIT", "ALGEMEEN_VERBINDEND_VOORSCHRIFT", "BELEIDSREGEL",
    "VOORBEREIDINGSBESLUIT", "ANDERE_HANDELING", "AANSLAG",
)  # fmt: skip
TYPES: Final = ("string", "number", "boolean", "amount", "object", "array", "date")
UNITS: Final = ("euro", "eurocent", "ratio", "percentage", "years", "weeks", "months", "days")
REQUIRED_IDS: Final[Mapping[str, tuple[str, ...]]] = {
    "WET": ("bwb_id",),
    "AMVB": ("bwb_id",),
    "MINISTERIELE_REGELING": ("bwb_id",),
    "GRONDWET": ("bwb_id",),
    "EU_VERORDENING": ("celex_nummer",),
    "EU_RICHTLIJN": ("celex_nummer",),
    "VERDRAG": ("tractatenblad_id",),
    "GEMEENTELIJKE_VERORDENING": ("gemeente_code", "officiele_titel"),
    "PROVINCIALE_VERORDENING": ("provincie_code", "officiele_titel"),
    "WATERSCHAPS_VERORDENING": ("waterschap_code", "officiele_titel"),
}

_TEXT = Text()
_DATE = Text(r"\d{4}-\d{2}-\d{2}", "2026-01-01")
_BWB = Text(r"BWBR\d{7}", "BWBR0018451")
_TYPE = Text(choices=TYPES)
_CHARACTER = Text(choices=CHARACTERS, since={"RECHTSPOSITIE": LEGAL_POSITIONS})

LEGAL_BASIS = Record({
    "law": Key(_TEXT), "bwb_id": Key(_BWB), "article": Key(_TEXT), "paragraph": Key(_TEXT), "sentence": Key(_TEXT),
    "url": Key(_TEXT), "juriconnect": Key(Text(r"jci1\.3:c:BWBR\d{7}(&[a-zA-Z_]+=.+)*", "jci1.3:c:BWBR0018451")),
    "explanation": Key(_TEXT),
}, open_from=EIGHT)  # fmt: skip

_TYPE_SPEC = Record({
    "unit": Key(Text(choices=UNITS)), "precision": Key(Whole(0)), "min": Key(Number()), "max": Key(Number()),
}, closed=False)  # fmt: skip
_TEMPORAL = Record({
    "type": Key(Text(choices=("period", "point_in_time")), required=True),
    "period_type": Key(Text(choices=("year", "month", "continuous"))),
    "reference": Key(Text(r"\$.+", "$referencedate")),
}, closed=False)  # fmt: skip
_FIELD: Mapping[str, Key] = {
    "name": Key(_TEXT, required=True),
    "description": Key(_TEXT),
    "type": Key(_TYPE, required=True),
    "nullable": Key(Flag(), since=NULLABLE),
    "type_spec": Key(_TYPE_SPEC),
    "temporal": Key(_TEMPORAL),
    "legal_basis": Key(LEGAL_BASIS),
}
_ORIGINS: Final = ("BELANGHEBBENDE", "DOSSIER", "OORDEEL", "REGISTER", "KANAAL")
_ROLES: Final = {"TIJDVAK": "BELANGHEBBENDE", "GEVRAAGD_BESLUIT": "BELANGHEBBENDE", "BESLUIT": "DOSSIER"}


def _origin(origin: Mapping[str, Raw], path: str, _: SchemaVersion) -> Iterator[Finding]:
    """Check who supplies a parameter (RFC-048): a register is named by REGISTER only, a role fits its supplier."""
    by_register = origin.get("waarde") == "REGISTER"
    if by_register is not ("register" in origin):
        yield f"{path}.register", "WrongOrigin", "Alleen bij REGISTER hoort een register, en daar is het verplicht."
    role = origin.get("rol")
    if isinstance(role, str) and _ROLES.get(role, origin.get("waarde")) != origin.get("waarde"):
        yield f"{path}.rol", "WrongOrigin", f"De rol {role} hoort bij {_ROLES[role]}."


_ORIGIN = Record({
    "waarde": Key(Text(choices=_ORIGINS), required=True),
    "grondslag": Key(Text(r"[a-z0-9_]+#[^#]+", "algemene_wet_bestuursrecht#4:2 lid 1"), required=True),
    "register": Key(_TEXT), "rol": Key(Text(choices=tuple(_ROLES))),
}, checks=(_origin,))  # fmt: skip
_PARAMETER = Record({**_FIELD, "required": Key(Flag()), "origin": Key(_ORIGIN, since=EIGHT)}, closed=False)
_OUTPUT = Record(_FIELD, closed=False)
_SOURCE = Record({
    "regulation": Key(_TEXT), "output": Key(_TEXT), "parameters": Key(MapOf(_TEXT)), "description": Key(_TEXT),
    "endpoint": Key(_TEXT),
}, open_from=EIGHT)  # fmt: skip
_INPUT = Record({**_FIELD, "source": Key(_SOURCE, required=True)}, closed=False)


def _inline(action: Mapping[str, Raw], path: str, version: SchemaVersion) -> Iterator[Finding]:
    """Check an operation that an action carries itself, beside its output."""
    if "operation" in action and isinstance(action["operation"], str):
        own = {key: value for key, value in action.items() if key not in ("output", "resolve")}
        yield from ExpressionShape(at_action=True).findings(own, path, version)


ACTION = Record({
    "output": Key(_TEXT, required=True), "value": Key(EXPRESSION), "operation": Key(Text(choices=OPERATION_WORDS)),
    "values": Key(Anything()), "precision": Key(Whole(-28, 28)), "resolve": Key(Anything()),
    "legal_basis": Key(LEGAL_BASIS),
}, open_from=EIGHT, checks=(_inline,))  # fmt: skip
_ACTIONS = ListOf(ACTION, "output")

_PRODUCES = Record({
    "legal_character": Key(_CHARACTER), "decision_type": Key(Text(choices=DECISION_TYPES)), "procedure_id": Key(_TEXT),
}, closed=False)  # fmt: skip
_EXECUTION = Record({
    "produces": Key(_PRODUCES), "parameters": Key(ListOf(_PARAMETER, "name")), "input": Key(ListOf(_INPUT, "name")),
    "output": Key(ListOf(_OUTPUT, "name")), "actions": Key(_ACTIONS),
}, open_from=EIGHT)  # fmt: skip


def _layer(term: Mapping[str, Raw], path: str, version: SchemaVersion) -> Iterator[Finding]:
    if version >= SEVEN and "delegation_type" in term:
        yield from Text(choices=LAYERS).findings(term["delegation_type"], f"{path}.delegation_type", version)


_OPEN_TERM = Record({
    "id": Key(_TEXT, required=True), "description": Key(_TEXT), "required": Key(Flag()), "delegated_to": Key(_TEXT),
    "type": Key(Text(choices=("string", "number", "boolean", "amount", "date")), required=True),
    "delegation_type": Key(_TEXT), "legal_basis": Key(_TEXT),
    "default": Key(Record({"actions": Key(_ACTIONS)})),
    "expected_source": Key(_TEXT, since=MARKINGS), "decided_per_case_by": Key(_TEXT, since=MARKINGS),
}, open_from=EIGHT, checks=(_layer,))  # fmt: skip
_IMPLEMENTS = Record({
    "law": Key(_TEXT, required=True), "article": Key(_TEXT, required=True), "open_term": Key(_TEXT, required=True),
    "gelet_op": Key(_TEXT),
})  # fmt: skip


def _names_its_decisions(filter_: Mapping[str, Raw], path: str, version: SchemaVersion) -> Iterator[Finding]:
    if "legal_character" not in filter_ and not (version >= EIGHT and "submission" in filter_):
        yield f"{path}.legal_character", "MissingField", "Het veld 'legal_character' ontbreekt."


_SUBMISSION = Text(r"[A-Z_]+", "AANVRAAG")
_APPLIES_TO = Record({
    "legal_character": Key(_CHARACTER), "decision_type": Key(_TEXT), "stage": Key(_TEXT),
    "submission": Key(_SUBMISSION, since=EIGHT), "decided_by": Key(_CHARACTER, since=EIGHT),
    "established_by": Key(Text(r"[a-z0-9_]+#[^#\s]+", "wet_op_de_politieke_partijen#102"), since=EIGHT),
}, open_from=EIGHT, checks=(_names_its_decisions,))  # fmt: skip
_HOOK = Record({
    "hook_point": Key(Text(choices=("pre_actions", "post_actions")), required=True),
    "applies_to": Key(_APPLIES_TO, required=True),
}, open_from=EIGHT)  # fmt: skip


def _void_quotes(rule: Mapping[str, Raw], path: str, _: SchemaVersion) -> Iterator[Finding]:
    if rule.get("voids") is True and "legal_text_excerpt" not in rule:
        sentence = "Een regel die een uitkomst wegneemt, citeert de woorden van de wet (legal_text_excerpt)."
        yield f"{path}.legal_text_excerpt", "MissingField", sentence


_OVERRIDE = Record({
    "law": Key(_TEXT, required=True), "article": Key(_TEXT, required=True), "output": Key(_TEXT, required=True),
    "voids": Key(Flag(), since=MARKINGS), "legal_text_excerpt": Key(_TEXT, since=MARKINGS),
}, open_from=EIGHT, checks=(_void_quotes,))  # fmt: skip
_UNTRANSLATABLE = Record({
    "construct": Key(_TEXT, required=True), "reason": Key(_TEXT, required=True), "suggestion": Key(_TEXT),
    "legal_text_excerpt": Key(_TEXT), "accepted": Key(Flag()),
})  # fmt: skip
_MARKING = Record({
    "about": Key(_TEXT, required=True), "reason": Key(_TEXT, required=True),
    "resolution": Key(Text(choices=("operation", "model")), required=True), "resolved_by": Key(_TEXT, required=True),
    "target": Key(ListOf(_TEXT), required=True), "legal_text_excerpt": Key(_TEXT, required=True),
    "accepted": Key(Flag()),
}, open_from=EIGHT)  # fmt: skip
_DECLARES = Record({
    "property": Key(Text(choices=(
        "name", "officiele_titel", "valid_from", "valid_to", "regulatory_layer", "legal_basis",
    )), required=True),
    "value": Key(Anything(), required=True), "applies_from": Key(_TEXT),
}, open_from=EIGHT)  # fmt: skip
_REQUIRES = Record({
    "article": Key(_TEXT), "law": Key(_TEXT), "regeling": Key(_TEXT), "koninklijk_besluit": Key(_TEXT),
    "values": Key(ListOf(_TEXT)),
})  # fmt: skip


class _Authority:
    """A reference to an output, or a name."""

    def findings(self, value: Raw, path: str, version: SchemaVersion) -> Iterator[Finding]:
        """Yield what is wrong with a competent authority."""
        if isinstance(value, str):
            yield from Text("#.+", "#bevoegd_gezag").findings(value, path, version)
        else:
            kinds = Text(choices=("INSTANCE", "CATEGORY"))
            yield from Record({"name": Key(_TEXT, required=True), "type": Key(kinds)}, closed=False).findings(
                value, path, version
            )


MACHINE_READABLE = Record({
    "endpoint": Key(_TEXT), "competent_authority": Key(_Authority()), "requires": Key(ListOf(_REQUIRES)),
    "enables": Key(Anything(), until=SEVEN), "open_terms": Key(ListOf(_OPEN_TERM, "id")),
    "implements": Key(ListOf(_IMPLEMENTS)), "definitions": Key(MapOf(Anything())), "execution": Key(_EXECUTION),
    "hooks": Key(ListOf(_HOOK)), "overrides": Key(ListOf(_OVERRIDE)),
    "untranslatables": Key(ListOf(_UNTRANSLATABLE), until=SEVEN),
    "markings": Key(ListOf(_MARKING), since=MARKINGS), "declares": Key(ListOf(_DECLARES), since=MARKINGS),
}, open_from=EIGHT)  # fmt: skip

_CONTAINER = Key(Record({"number": Key(_TEXT, required=True), "heading": Key(_TEXT)}))
_CONTAINERS: Final = ("boek", "deel", "hoofdstuk", "titeldeel", "afdeling", "paragraaf")
_PLACEMENT = Record(dict.fromkeys(_CONTAINERS, _CONTAINER), open_from=EIGHT)
_REFERENCE = Record({
    "id": Key(_TEXT, required=True), "bwb_id": Key(_BWB, required=True), "artikel": Key(_TEXT), "lid": Key(_TEXT),
    "onderdeel": Key(_TEXT), "hoofdstuk": Key(_TEXT), "paragraaf": Key(_TEXT), "afdeling": Key(_TEXT),
})  # fmt: skip
_ARTICLE = Record({
    "number": Key(_TEXT, required=True), "text": Key(_TEXT, required=True), "url": Key(_TEXT, required=True),
    "machine_readable": Key(MACHINE_READABLE), "references": Key(ListOf(_REFERENCE, "id")),
    "placement": Key(_PLACEMENT, since=MARKINGS),
}, open_from=EIGHT)  # fmt: skip
_STAGE_INPUT = Record({
    "name": Key(_TEXT, required=True),
    "type": Key(Text(choices=("string", "number", "boolean", "date", "array", "object")), required=True),
}, closed=False)  # fmt: skip
_STAGE = Record({
    "name": Key(_TEXT, required=True), "description": Key(_TEXT), "requires": Key(ListOf(_STAGE_INPUT, "name")),
}, closed=False)  # fmt: skip
_PROCEDURE = Record({
    "id": Key(_TEXT, required=True), "default": Key(Flag()),
    "applies_to": Key(Record({"legal_character": Key(_TEXT, required=True)}, closed=False), required=True),
    "stages": Key(ListOf(_STAGE, "name"), required=True),
}, closed=False)  # fmt: skip


def _ids_of_layer(law: Mapping[str, Raw], _: str, __: SchemaVersion) -> Iterator[Finding]:
    """Check the ids a layer needs; a regulation that has only been in the Staatscourant has no BWB id yet."""
    if law.get("regulatory_layer") == "MINISTERIELE_REGELING" and "stcrt_id" in law:
        return
    for name in REQUIRED_IDS.get(str(law.get("regulatory_layer")), ()):
        if name not in law:
            layer = law.get("regulatory_layer")
            yield name, "MissingField", f"Een regeling van de laag {layer} heeft het veld '{name}' nodig."


def _real_days(law: Mapping[str, Raw], _: str, __: SchemaVersion) -> Iterator[Finding]:
    for name in ("publication_date", "valid_from", "valid_to"):
        value = law.get(name)
        if isinstance(value, str) and not value.startswith("#") and len(value) == 10 and not is_day(value):
            yield name, "InvalidDate", f"'{value}' is geen dag van de kalender."


LAW = Record({
    "$schema": Key(_TEXT), "$id": Key(Text(r"\S+", "wet_op_de_zorgtoeslag")), "uuid": Key(_TEXT), "name": Key(_TEXT),
    "publication_date": Key(_DATE, required=True), "valid_from": Key(Text(r"\d{4}-\d{2}-\d{2}|#.+", "2026-01-01")),
    "valid_to": Key(_DATE), "regulatory_layer": Key(Text(choices=LAYERS), required=True),
    "url": Key(_TEXT, required=True), "bwb_id": Key(_BWB), "celex_nummer": Key(_TEXT), "eli": Key(_TEXT),
    "tractatenblad_id": Key(_TEXT), "unts_nummer": Key(_TEXT), "gemeente_code": Key(Text(r"GM\d{4}", "GM0599")),
    "provincie_code": Key(Text(r"PV\d{2}", "PV28")), "waterschap_code": Key(Text(r"WS\d{4}", "WS0155")),
    "officiele_titel": Key(_TEXT), "stcrt_id": Key(_TEXT), "organisation": Key(_TEXT),
    "legal_basis": Key(ListOf(Record({
        "law_id": Key(_TEXT, required=True), "article": Key(_TEXT, required=True), "description": Key(_TEXT),
    }))),
    "preamble": Key(Record({
        "text": Key(_TEXT, required=True), "url": Key(_TEXT), "machine_readable": Key(MACHINE_READABLE),
    })),
    "articles": Key(ListOf(_ARTICLE, "number"), required=True), "procedure": Key(ListOf(_PROCEDURE, "id")),
    "territory": Key(ListOf(_TEXT)), "elsewhere": Key(MapOf(_TEXT)),
}, closed=False, checks=(_ids_of_layer, _real_days))  # fmt: skip
