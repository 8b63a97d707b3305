"""Authority as a Django application."""

from uuid import UUID

from django.apps import AppConfig


class AuthorityConfig(AppConfig):
    """Who may do what, on whose behalf."""

    name = "dichterbij.ground.authority"
    label = "authority"

    def ready(self) -> None:
        """Register where authorities come from, what ends them, and how long they are kept."""
        from dichterbij.ground.identity import naming as names
        from dichterbij.ground.identity.register_events import DeathCorrected, DeathRegistered, RecordChanged
        from dichterbij.ground.outbox import handlers

        from . import asserted, bars, closeness, mandated, naming, registers, sources

        sources.register("self", sources.oneself)
        sources.register("staff", sources.staff)
        sources.register("mandates", mandated.source)
        sources.register("registers", registers.source)
        sources.register("means", asserted.source)
        names.register(naming.of_population)
        bars.register("acting-for", closeness.is_close)
        handlers.register(DeathRegistered, "authority.forget", _forget)
        handlers.register(DeathCorrected, "authority.forget-corrected", _forget_corrected)
        handlers.register(RecordChanged, "authority.forget", _forget)
        _register_retention()


def _forget(event: object, _event_id: UUID) -> None:
    from . import mandated, registers

    registers.forget(event.party)  # type: ignore[attr-defined]
    mandated.forget(event.party)  # type: ignore[attr-defined]


def _forget_corrected(event: object, _event_id: UUID) -> None:
    _forget(event, _event_id)


def _register_retention() -> None:
    from dichterbij.ground.outbox import retention

    from . import agreements, codes, mandates, proofs, registers, represented

    retention.register(
        "authority.Mandate",
        why="Om te kunnen nagaan wie namens wie mocht handelen.",
        keep="twee jaar na het einde van de machtiging",
        purge=mandates.purge,
    )
    retention.register(
        "authority.WrongCode",
        why="Om te zorgen dat niemand een code raadt of veel nummers probeert.",
        keep="één dag; twee weken voor wie om een brief met een code vroeg",
        purge=codes.purge,
    )
    retention.register(
        "authority.Proof",
        why="Om een bewijs op papier te kunnen controleren.",
        keep="negentig dagen, of korter als de machtiging eerder stopt",
        purge=proofs.purge,
    )
    retention.register(
        "authority.Agreement",
        why="Om te weten dat een ander het ermee eens was.",
        keep="een week",
        purge=agreements.purge,
    )
    retention.register(
        "authority.RegisteredRepresentative",
        why="Om u te laten zien wie door de wet voor u handelt.",
        keep="één dag",
        purge=represented.purge,
    )
    for model in ("authority.RegisteredAuthority", "authority.RegistersAsked"):
        retention.register(
            model,
            why="Om niet bij elke stap opnieuw te vragen voor wie u door de wet mag handelen.",
            keep="één dag",
            purge=registers.purge,
        )
