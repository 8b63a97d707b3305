"""Laws for tests: the shipped ones, and a small one with a partner, children, delegated amounts and an Awb hook."""

from datetime import date
from functools import cache
from pathlib import Path

from dichterbij.kernel.periods import Period
from dichterbij.law import Facts, LawSet, Question

SHIPPED = Path(__file__).resolve().parents[4] / "laws"


@cache
def shipped() -> LawSet:
    """Return the laws we ship, read once per process."""
    return LawSet.load([SHIPPED])


VOCABULARY = """
geboortedatum: {type: date, of: person, origin: register, source: {registry: brp}, shown_to: self}
partner: {type: string, refers_to: person, of: person, origin: register, source: {registry: brp}, shown_to: joint}
kinderen: {type: list, refers_to: person, of: person, origin: register, source: {registry: brp}, shown_to: joint}
inkomen: {type: amount, of: person, origin: register, source: {registry: belastingdienst}, shown_to: joint}
vermogen: {type: amount, of: person, origin: register, source: {registry: belastingdienst}, shown_to: self}
verzekerd: {type: boolean, of: person, origin: register, source: {registry: rvz}, shown_to: self}
woonsituatie: {type: string, values: [thuis, uit], of: person, origin: applicant, shown_to: self}
bijzondere_hardheid: {type: boolean, of: event, origin: judgement, shown_to: self}
bekendmaking_datum: {type: date, of: event, origin: case, shown_to: self}
"""

HEADER = """
$schema: https://example.org/schema/v0.7.1/schema.json
$id: {id}
name: {name}
regulatory_layer: {layer}
bwb_id: BWBR0000001
publication_date: '2025-01-01'
valid_from: '{valid_from}'
{extra}
url: https://example.org/{id}
articles:
"""

ALLOWANCE = """
  - number: '1'
    text: Samenvatting.
    url: https://example.org/toeslagwet/1
    machine_readable:
      execution:
        parameters: [{name: bsn, type: string}]
        input: [{name: inkomen, type: amount, source: {}}]
        output: [{name: inkomen_van_persoon, type: amount, type_spec: {unit: eurocent}}]
        actions: [{output: inkomen_van_persoon, value: $inkomen}]
  - number: '2'
    text: Samenvatting.
    url: https://example.org/toeslagwet/2
    machine_readable:
      definitions: {leeftijd: 18, deel: {value: 0.0436, type: number, type_spec: {unit: ratio}}}
      open_terms:
        - {id: grens, type: amount, delegation_type: MINISTERIELE_REGELING}
      execution:
        produces: {legal_character: BESCHIKKING, decision_type: TOEKENNING}
        parameters: [{name: bsn, type: string}]
        input:
          - {name: geboortedatum, type: date, source: {}}
          - {name: verzekerd, type: boolean, source: {}}
          - {name: partner, type: string, nullable: true, source: {}}
          - name: eigen_inkomen
            type: amount
            source: {regulation: toeslagwet, output: inkomen_van_persoon, parameters: {bsn: $bsn}}
          - name: partner_inkomen
            type: amount
            nullable: true
            source: {regulation: toeslagwet, output: inkomen_van_persoon, parameters: {bsn: $partner}}
        output:
          - {name: heeft_recht, type: boolean}
          - {name: gezamenlijk_inkomen, type: amount}
          - {name: toeslag, type: amount, type_spec: {unit: eurocent}}
        actions:
          - output: heeft_recht
            value:
              operation: AND
              conditions:
                - operation: GREATER_THAN_OR_EQUAL
                  subject: {operation: AGE, date_of_birth: $geboortedatum, reference_date: $referencedate}
                  value: $leeftijd
                - $verzekerd
          - output: gezamenlijk_inkomen
            value:
              operation: IF
              cases: [{when: {operation: EQUALS, subject: $partner, value: null}, then: $eigen_inkomen}]
              default: {operation: ADD, values: [$eigen_inkomen, $partner_inkomen]}
          - output: toeslag
            value:
              operation: IF
              cases:
                - when: {operation: NOT, value: $heeft_recht}
                  then: 0
                - when: {operation: GREATER_THAN, subject: $gezamenlijk_inkomen, value: $grens}
                  then: 0
              default:
                operation: ROUND
                precision: 0
                value: {operation: MULTIPLY, values: [$gezamenlijk_inkomen, $deel]}
  - number: '3'
    text: Samenvatting.
    url: https://example.org/toeslagwet/3
    machine_readable:
      execution:
        parameters: [{name: bsn, type: string}]
        input:
          - {name: kinderen, type: array, source: {}}
          - name: inkomens
            type: array
            source: {regulation: toeslagwet, output: inkomen_van_persoon, parameters: {bsn: $kinderen}}
        output: [{name: meerderjarige_kinderen, type: number}, {name: inkomen_kinderen, type: amount}]
        actions:
          - output: meerderjarige_kinderen
            value:
              operation: FOREACH
              collection: $kinderen
              as: kind
              filter: {operation: LESS_THAN_OR_EQUAL, subject: $kind.geboortedatum, value: '2008-01-01'}
              body: 1
              combine: ADD
          - output: inkomen_kinderen
            value: {operation: FOREACH, collection: $inkomens, as: bedrag, body: $bedrag, combine: ADD}
"""

AMOUNTS = """
  - number: '1'
    text: Samenvatting.
    url: https://example.org/regeling/1
    machine_readable:
      implements: [{law: toeslagwet, article: '2', open_term: grens}]
      execution:
        output: [{name: grens, type: amount}]
        actions: [{output: grens, value: 5000000}]
"""

HOOK = """
  - number: '6:7'
    text: Samenvatting.
    url: https://example.org/awb/6:7
    machine_readable:
      hooks:
        - {hook_point: post_actions, applies_to: {legal_character: BESCHIKKING}}
      execution:
        output: [{name: bezwaartermijn_weken, type: number}]
        actions: [{output: bezwaartermijn_weken, value: 6}]
  - number: '6:8'
    text: Samenvatting.
    url: https://example.org/awb/6:8
    machine_readable:
      hooks:
        - {hook_point: post_actions, applies_to: {legal_character: BESCHIKKING, stage: BEKENDMAKING}}
      execution:
        input:
          - {name: bekendmaking_datum, type: date, source: {}}
          - name: einddatum
            type: date
            source:
              regulation: algemene_termijnenwet
              output: einddatum
              parameters: {begindatum: $bekendmaking_datum, weken: $weken}
        output: [{name: laatste_dag_bezwaar, type: date}]
        actions: [{output: laatste_dag_bezwaar, value: $einddatum}]
      definitions: {weken: 6}
"""


TERRITORY = "territory: [NL]\nelsewhere: {BQ: Het Zorgverzekeringskantoor helpt u.}"


def law(id_: str, articles: str, *, layer: str = "WET", valid_from: str = "2026-01-01", extra: str = "") -> str:
    """Return a law file of these articles."""
    header = HEADER.format(id=id_, name=id_, layer=layer, valid_from=valid_from, extra=extra)
    return header + articles


def allowance_laws(**more: str) -> LawSet:
    """Return the laws of the allowance, with more files by name."""
    return LawSet.of({
        "facts.yaml": VOCABULARY,
        "toeslagwet.yaml": law("toeslagwet", ALLOWANCE, extra=TERRITORY),
        "regeling.yaml": law("regeling", AMOUNTS, layer="MINISTERIELE_REGELING", extra="valid_to: '2026-12-31'"),
        "awb.yaml": law("awb", HOOK, valid_from="1994-01-01"),
        **more,
    })  # fmt: skip


def one_article(body: str, **names: str) -> LawSet:
    """Return a law `proef` with one article that has this machine-readable part."""
    indented = "\n".join(f"      {line}" for line in body.strip("\n").splitlines())
    article = f"""
  - number: '1'
    text: Samenvatting.
    url: https://example.org/proef/1
    machine_readable:
{indented}
"""
    return LawSet.of({"facts.yaml": VOCABULARY, "proef.yaml": law("proef", article, **names)})


def question(law_: str = "toeslagwet", *outputs: str, year: int = 2026, **more: str) -> Question:
    """Return a question about p1."""
    return Question(
        law=law_, outputs=outputs, subject="p1", period=Period.year(year), decided_on=date(2026, 6, 15), **more
    )


COUPLE = {
    "p1": {"geboortedatum": "1990-05-01", "verzekerd": True, "partner": "p2", "inkomen": 3_000_000, "vermogen": 5},
    "p2": {"geboortedatum": "1991-05-01", "verzekerd": True, "partner": "p1", "inkomen": 1_000_001},
}


def facts(**persons: dict[str, object]) -> Facts:
    """Return facts about p1 and others."""
    return Facts(subject="p1", persons=persons or COUPLE)
