"""An outcome that is given before all facts are known stays, also through a loop that is first met inside another."""

from dichterbij.law import Determined, FactRef, Facts, Open, determine

from .laws_of_test import one_article, question

RICH = "{operation: FOREACH, collection: $kinderen, as: kind, body: {operation: GREATER_THAN, subject: $kind.vermogen, value: 100}, combine: OR}"  # noqa: E501
ANY = "{operation: FOREACH, collection: $kinderen, as: kind, body: {operation: IF, cases: [{when: $kind.verzekerd, then: $rijk}], default: false}, combine: OR}"  # noqa: E501
LAWS = one_article(f"""
execution:
  parameters: [{{name: bsn, type: string}}]
  input: [{{name: kinderen, type: array, source: {{}}}}]
  output: [{{name: rijk, type: boolean}}, {{name: een, type: boolean}}, {{name: uit, type: boolean}}]
  actions:
    - {{output: rijk, value: {RICH}}}
    - {{output: een, value: {ANY}}}
    - output: uit
      value: {{operation: IF, cases: [{{when: $een, then: $rijk}}], default: false}}
""")
ASKED = question("proef", "uit")


def test_a_loop_that_is_first_met_inside_another_keeps_its_open_turns():
    children = Facts(subject="p1", persons={"p1": {"kinderen": ["k1", "k2"]}, "k1": {}, "k2": {}})
    first = determine(LAWS, ASKED, children)
    assert isinstance(first, Open)
    rich = {"verzekerd": True, "vermogen": 500}
    answers = {FactRef("k2", name): value for name, value in rich.items()}
    poor = {FactRef("k1", name): value for name, value in {"verzekerd": False, "vermogen": 0}.items()}
    known = determine(LAWS, ASKED, children.with_answers({**answers, **poor}))
    assert isinstance(known, Determined) and known.outputs["uit"] is True
