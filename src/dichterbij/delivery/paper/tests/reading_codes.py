"""How a person reads the code on top of a page of a form."""

import re

CODE = re.compile(r"(?:[2-9A-HJ-NP-Z]{4} ?){4} ?- ?\d+ ?[2-9A-HJ-NP-Z]{2}")
