"""As what somebody acts, in words: for the pages of who acts, and of a worker who helps them."""

from django.utils.translation import gettext as _

from .domain import Kind


def as_what(kind: Kind) -> str:
    """Return as what somebody acts; empty for who does so for themselves or as a worker."""
    return {
        Kind.MANDATE: _("gemachtigde"),
        Kind.PARENT: _("ouder of voogd"),
        Kind.GUARDIAN: _("curator"),
        Kind.ADMINISTRATOR: _("bewindvoerder"),
        Kind.MENTOR: _("mentor"),
        Kind.DIRECTOR: _("eigenaar of bestuurder"),
        Kind.PROXY: _("gevolmachtigde"),
        Kind.EMPLOYEE: _("medewerker"),
        Kind.EXECUTOR: _("executeur van de nalatenschap"),
        Kind.HEIR: _("erfgenaam"),
        Kind.CONTACT: _("contactpersoon voor de nabestaanden"),
        Kind.TRUSTEE: _("curator in een faillissement"),
    }.get(kind, "")
