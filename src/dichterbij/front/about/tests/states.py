"""States of the pages of the product about itself, for the browser."""

from dichterbij_world.states import State

LAW = "/about/algorithms/wet_op_de_zorgtoeslag"

STATES = [
    State(route="about", name="for anybody", go="/about"),
    State(route="about", name="for who is logged in", who="student", go="/about"),
    State(route="about-algorithms", name="all laws", go="/about/algorithms"),
    State(route="about-algorithm", name="one law", go=LAW),
    State(route="about-algorithm", name="in English", go=f"/en{LAW}"),
    State(route="about-algorithm", name="no such law", go="/about/algorithms/bestaat-niet", status=404),
    State(route="about-products", name="all products", go="/about/products"),
    State(route="about-privacy", name="with every purpose", go="/about/privacy"),
    State(route="about-human-rights", name="in full", go="/about/human-rights"),
    State(route="about-accessibility", name="as tested", go="/about/accessibility"),
]
