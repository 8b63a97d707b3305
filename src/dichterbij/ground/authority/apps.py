"""Authority as a Django application."""

from uuid import UUID

from django.apps import AppConfig


class AuthorityConfig(AppConfig):
    """Who may do what, on whose behalf."""

    name = "dichterbij.ground.authority"
    label = "authority"

    def ready(self) -> None:
        """Register where authorities come from, what ends them, and how long they are kept."""
        from dichterbij.ground.identity.register_events import DeathCorrected, DeathRegistered
        from dichterbij.ground.outbox import handlers

        from . import mandates, registers, sources

        sources.register("self", sources.oneself)
        sources.register("staff", sources.staff)
        sources.register("mandates", mandates.source)
        sources.register("registers", registers.source)
        handlers.register(DeathRegistered, "authority.forget", _forget)
        handlers.register(DeathCorrected, "authority.forget-corrected", _forget_corrected)
        _register_retention()


def _forget(event: object, _event_id: UUID) -> None:
    from . import registers

    registers.forget(event.party)  # type: ignore[attr-defined]


def _forget_corrected(event: object, _event_id: UUID) -> None:
    _forget(event, _event_id)


def _register_retention() -> None:
    from dichterbij.ground.outbox import retention

    from . import mandates, registers

    for model in ("authority.Mandate", "authority.WrongCode"):
        retention.register(
            model,
            why="Om te kunnen nagaan wie namens wie mocht handelen.",
            keep="twee jaar na het einde van de machtiging; een foute code één dag",
            purge=mandates.purge,
        )
    retention.register(
        "authority.RegisteredAuthority",
        why="Om niet bij elke stap opnieuw te vragen voor wie u door de wet mag handelen.",
        keep="één dag",
        purge=registers.purge,
    )
