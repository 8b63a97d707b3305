"""What must be true before an instance starts. Production refuses what a demonstration has, and the other way round."""

from collections.abc import Sequence
from importlib.util import find_spec
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import Error, register
from django.core.exceptions import ImproperlyConfigured

from dichterbij.ground.identity.configuration import Configured, load


@register()
def production_is_no_demonstration(app_configs: Sequence[AppConfig] | None, **_kwargs: object) -> list[Error]:
    """Report every reason why this instance may not run as production."""
    if settings.DEMONSTRATION:
        return []
    without = ", ".join(name.upper() for name, registry in settings.REGISTRIES.items() if not registry["url"])
    reasons = {
        "dichterbij.E001": (
            find_spec("dichterbij_world") is not None,
            "The package dichterbij_world (invented people, test login) is installed.",
            "Install the wheel without the world.",
        ),
        "dichterbij.E002": (
            not settings.SECRET_KEY_IS_OWN,
            "DICHTERBIJ_SECRET_KEY is missing, shorter than 50 characters, or that of the demonstration.",
            "Set it to a long random value.",
        ),
        "dichterbij.E003": (settings.DEBUG, "Debug is on.", "Turn it off."),
        "dichterbij.E004": (
            bool(without),
            f"These registries have no address: {without}.",
            "Set DICHTERBIJ_REGISTRY_<NAME>_URL; for what you may not read: https://none.invalid",
        ),
        "dichterbij.E005": (bool(settings.FIXED_DAY), "The clock stands still.", "Unset DICHTERBIJ_TODAY."),
        "dichterbij.E009": (
            any(not found.client_key.is_file() for found in _configured()),
            "The key of a means of login is not there.",
            "Look at client_key in the file of DICHTERBIJ_MEANS.",
        ),
        "dichterbij.E010": (
            not all(folder.is_dir() for folder in settings.DATA_FOLDERS),
            "The folder of DICHTERBIJ_DATA is not there.",
            "Set it to the overlay of your organisation.",
        ),
        "dichterbij.E008": (
            not settings.STATE_IS_OWN,
            "DICHTERBIJ_STATE is not set.",
            "Set it to a folder for keys and files that only the server can read.",
        ),
    }
    return [Error(text, hint=hint, id=code) for code, (wrong, text, hint) in reasons.items() if wrong]


@register(deploy=True)
def this_is_production(app_configs: Sequence[AppConfig] | None, **_kwargs: object) -> list[Error]:
    """Report a demonstration to who asks whether it may be deployed."""
    hint = "Set DICHTERBIJ_MODE=production, and then what this command asks for next."
    return [Error("This is a demonstration.", hint=hint, id="dichterbij.E007")] if settings.DEMONSTRATION else []


@register()
def a_demonstration_reads_nothing_real(app_configs: Sequence[AppConfig] | None, **_kwargs: object) -> list[Error]:
    """Report each registry that a demonstration would read on another machine: there it could be a real one."""
    if not settings.DEMONSTRATION:
        return []
    elsewhere = [name for name, registry in settings.REGISTRIES.items() if not _is_on_this_machine(registry["url"])]
    hint = "A demonstration is for practice with invented people. Unset DICHTERBIJ_REGISTRY_<NAME>_URL."
    return [
        Error(f"The demonstration would read {name} elsewhere.", hint=hint, id="dichterbij.E006") for name in elsewhere
    ]


def _configured() -> tuple[Configured, ...]:
    return load(settings.MEANS_FILE) if settings.MEANS_FILE else ()


def _is_on_this_machine(url: str) -> bool:
    return not url or url.startswith("inprocess:") or urlsplit(url).hostname in {"127.0.0.1", "localhost", "::1"}


def refuse_to_start() -> None:
    """Raise `ImproperlyConfigured` with every reason: a WSGI server runs no checks by itself."""
    errors = [*production_is_no_demonstration(None), *a_demonstration_reads_nothing_real(None)]
    if errors:
        raise ImproperlyConfigured(" ".join(f"{error.id}: {error.msg} {error.hint}" for error in errors))
