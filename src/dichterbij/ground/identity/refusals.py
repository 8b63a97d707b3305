"""Why somebody is not logged in, or not any more: each a sentence for the person, with what they can do."""

from django.utils.translation import gettext_noop

from dichterbij.kernel.problems import Problem


class LoginCancelled(Exception):
    """The person stopped at the means of login."""


class MeansUnavailable(Problem):
    """A means of login does not answer, or answers what cannot be used."""

    code = "means-unavailable"
    title = "Inloggen lukt nu niet"
    status = 503

    def __init__(self) -> None:
        super().__init__(
            gettext_noop("De inlogdienst geeft nu geen antwoord."),
            remedy=gettext_noop("Probeer het over een paar minuten, log anders in, of vraag ons om hulp."),
        )


class LoginClosed(Problem):
    """Nobody logs in any more as somebody who died, says the population register."""

    code = "login-closed"
    title = "Met deze inlog kan niemand meer inloggen"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            gettext_noop("In het bevolkingsregister staat dat deze persoon is overleden."),
            remedy=gettext_noop("Klopt dat niet? Vraag ons om hulp, dan maken wij het in orde."),
        )


class LoginBlocked(Problem):
    """Nobody logs in as this person now: their means was lost or misused."""

    code = "login-blocked"
    title = "Deze inlog is geblokkeerd"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            gettext_noop("Iemand heeft gemeld dat deze inlog kwijt is of wordt misbruikt."),
            remedy=gettext_noop(
                "Log in met een andere inlog die even zeker is, en zet deze weer aan. Of kom naar de balie."
            ),
        )


class LevelTooLow(Problem):
    """The means asserted a lower level than was asked for."""

    code = "level-too-low"
    title = "Dit inlogniveau is te laag"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            gettext_noop("Voor deze stap moeten wij zekerder weten dat u het bent."),
            remedy=gettext_noop("Log opnieuw in en kies een manier met een hoger niveau, zoals met extra controle."),
        )


class OtherPerson(Problem):
    """Somebody else came back from a login that was to be repeated by the same person."""

    code = "other-person"
    title = "U bent uitgelogd, omdat iemand anders inlogde"
    status = 403


class Switched(Problem):
    """A form was sent that stood open before somebody began to act for another, or stopped doing so."""

    code = "switched"
    title = "U wisselde intussen van persoon"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            gettext_noop("Dit formulier stond nog open voor iemand anders. Wij hebben niets verstuurd."),
            remedy=gettext_noop("Kijk bovenaan voor wie u nu handelt. Vul het formulier daarna opnieuw in."),
        )


class PartyUnknown(Problem):
    """A party does not exist, or does not have the number that was asked for."""

    code = "party-unknown"
    title = "Deze persoon kennen wij niet"
    status = 404
