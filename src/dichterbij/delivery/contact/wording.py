"""The words of what is told. They name no organisation, no person and no subject, and hold no link to log in with."""

from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel.formats import date_long

from .domain import Kind, Way
from .models import Dispatch
from .reaching import closed_told

Words = tuple[str, str]
"""A subject and a text; a text message has no subject."""


def words(row: Dispatch, code: str, language: str) -> Words:
    """Return subject and text in the language of the person."""
    with translation.override(language):
        match Kind(row.kind):
            case Kind.CODE:
                return _("Uw code"), _code(code)
            case Kind.CHANGED:
                return _("Uw contactgegevens zijn gewijzigd"), _changed(Way(row.way))
            case _:
                return _subject(row), _message(row, language)


def _code(code: str) -> str:
    return _("Uw code is %(code)s. De code werkt een half uur. Geef deze code aan niemand.") % {"code": code}


def _changed(way: Way) -> str:
    what = _("Dit e-mailadres") if way is Way.EMAIL else _("Dit telefoonnummer")
    return "\n\n".join(
        (
            _("%(what)s is niet meer in gebruik voor berichten van de overheid.") % {"what": what},
            _("Deed u dit niet zelf? Laat het ons dan meteen weten."),
            reach(),
        )
    )


def _subject(row: Dispatch) -> str:
    if row.for_another:
        return _("Er staat een bericht klaar voor iemand voor wie u handelt")
    return _("Er staat een bericht voor u klaar")


def _message(row: Dispatch, language: str) -> str:
    if row.way == Way.SMS:
        reaction = _reaction(row.react_by, row.expects_reaction, language)
        told = {"subject": _subject(row), "nature": _nature(row.nature), "reaction": reaction}
        return _("%(subject)s (%(nature)s). %(reaction)s Log in op uw berichtenbox.") % told
    parts = (
        f"{_subject(row)}.",
        nature_and_reaction(row.nature, row.react_by, row.expects_reaction, language),
        nothing_else(),
        _("Typ zelf het adres van de site en log in. In deze e-mail staat daarom geen link."),
        help_otherwise(),
        organisations.operator().name,
    )
    return "\n\n".join(parts)


def nature_and_reaction(nature: str, react_by: date | None, expects_reaction: bool, language: str) -> str:
    """Return what a message is and what is expected by when, in the active language (`language`: of the day)."""
    return (
        _("Soort bericht: %(nature)s.") % {"nature": _nature(nature)}
        + " "
        + _reaction(react_by, expects_reaction, language)
    )


def nothing_else() -> str:
    """Return why nothing more is said."""
    return _("Voor uw privacy staat hier niet van wie het bericht is en waar het over gaat.")


def help_otherwise() -> str:
    """Return who helps."""
    return _("Lukt dat niet, of wilt u het bericht op papier? Vraag ons om hulp.") + " " + reach()


def _nature(nature: str) -> str:
    return {
        "decision": _("een besluit"),
        "question": _("een vraag aan u"),
        "receipt": _("een bevestiging van ontvangst"),
    }.get(nature, _("een mededeling"))


def _reaction(react_by: date | None, expects_reaction: bool, language: str) -> str:
    if react_by:
        return _("Wij vragen een reactie, uiterlijk op %(day)s.") % {"day": date_long(react_by, language)}
    if expects_reaction:
        return _("Wij vragen een reactie van u.")
    return _("U hoeft niet te reageren.")


def reach() -> str:
    """Return the number of the operator, or which ways are closed now and which work instead."""
    operator = organisations.operator()
    phone = operator.contact.phone
    told = (_("Bel %(phone)s.") % {"phone": phone} if phone else "", closed_told(operator))
    return " ".join(each for each in told if each) or operator.contact.url
