"""The languages of the product, and what has been checked of them.

Dutch decides. Django does not know Papiamentu; `register` teaches it. We write the spelling of Bonaire and Curaçao;
CLDR has no `pap_BQ`, so `pap-BQ` and `pap-CW` are served as `pap`.
"""

from dataclasses import dataclass
from datetime import date

from django.conf.locale import LANG_INFO

AUTHENTIC = "nl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language: its code, its own name, and who checked its texts, when. Without a date they are a draft."""

    code: str
    name: str
    checked_by: str = ""
    checked_on: date | None = None

    @property
    def is_draft(self) -> bool:
        """Say whether the texts still wait for a reader who grew up with the language."""
        return self.code != AUTHENTIC and self.checked_on is None


LANGUAGES = {
    "nl": Language(code="nl", name="Nederlands"),
    "en": Language(code="en", name="English"),
    "pap": Language(code="pap", name="Papiamentu"),
}


def register() -> None:
    """Add Papiamentu to the languages that Django can describe."""
    LANG_INFO.setdefault(
        "pap", {"bidi": False, "code": "pap", "name": "Papiamento", "name_local": LANGUAGES["pap"].name}
    )
