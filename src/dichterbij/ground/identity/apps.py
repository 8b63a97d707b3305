"""Identity as a Django application."""

from datetime import datetime, timedelta

from django.apps import AppConfig

LOGINS_KEPT_FOR = timedelta(days=90)


class IdentityConfig(AppConfig):
    """Means of login, assurance level, session."""

    name = "dichterbij.ground.identity"
    label = "identity"

    def ready(self) -> None:
        """Fill the slots of the layout and say how long personal data is kept."""
        from dichterbij.ground.outbox import handlers

        from . import after_death, slots
        from .register_events import DeathCorrected, DeathRegistered

        slots.fill()
        _admit_configured()
        handlers.register(DeathRegistered, "identity.close", after_death.close)
        handlers.register(DeathCorrected, "identity.reopen", after_death.reopen)
        _register_retention()


def _admit_configured() -> None:
    """Admit every means of the operator's file."""
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    from . import configuration
    from .openid import means as openid

    for found in (
        configuration.load(settings.MEANS_FILE, insecure=settings.DEMONSTRATION) if settings.MEANS_FILE else ()
    ):
        if isinstance(found, configuration.Provider):
            openid.register(found)
        if isinstance(found, configuration.Service):
            try:
                from .saml import means as saml
            except ModuleNotFoundError:
                raise ImproperlyConfigured("login by SAML needs pip install 'dichterbij[saml]'") from None
            saml.register(found)


def _register_retention() -> None:
    from dichterbij.ground.outbox import retention

    from . import late_forms, once

    retention.register(
        "identity.LateForm",
        why="Om u terug te geven wat u invulde toen uw inlog afliep.",
        keep="24 uur",
        purge=late_forms.purge,
    )
    retention.register(
        "identity.LoginRow",
        why="Om te kunnen nagaan of iemand anders met uw gegevens inlogde.",
        keep="90 dagen na het inloggen",
        purge=_purge_logins,
    )
    retention.register(
        "identity.LoginBlock",
        why="Om te zorgen dat niemand met een verloren of gestolen inlog binnenkomt.",
        keep="zolang de inlog geblokkeerd is, en daarna 90 dagen",
        purge=_purge_blocks,
    )
    retention.register(
        "identity.MessageSeen",
        why="Om een bericht van een inlogdienst maar één keer te laten tellen.",
        keep="24 uur",
        purge=once.purge,
    )
    # A party is what cases, letters and plans point to; it holds nothing but numbers and a language.
    for model in ("identity.Party", "identity.PartyIdentifier"):
        retention.register(
            model,
            why="Om uw zaken, berichten en overzichten bij u te laten horen.",
            keep="zolang deze omgeving zaken of berichten van u bewaart",
            purge=lambda _now: 0,
        )
    retention.register(
        "sessions.Session",
        why="Om uw browser te herkennen zolang u bezig bent.",
        keep="twee weken na het laatste bezoek, zonder persoonsgegevens",
        purge=_purge_sessions,
    )


def _purge_logins(now: datetime) -> int:
    from .models import LoginRow

    return LoginRow.objects.filter(authenticated_at__lte=now - LOGINS_KEPT_FOR).delete()[0]


def _purge_blocks(now: datetime) -> int:
    from .models import LoginBlock

    return LoginBlock.objects.filter(lifted_at__lte=now - LOGINS_KEPT_FOR).delete()[0]


def _purge_sessions(_now: datetime) -> int:
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    # Sessions end by the real clock, also in a demonstration that stands still on one day.
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]
