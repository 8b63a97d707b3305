"""Start-up check: a theme that cannot be read by everybody is named, with what is wrong."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register

from . import themes


@register("themes")
def check_themes(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[CheckMessage]:  # noqa: ARG001
    """Return an error for each theme that is refused."""
    found: list[CheckMessage] = []
    for folder in themes.folders().values():
        try:
            themes.load(folder)
        except themes.ThemeRefused as refused:
            hint = "Verbeter de tokens, of haal de map weg: dan geldt de huisstijl van Dichterbij."
            found.append(Error(refused.detail, hint=hint, id="web.E001"))
    return found
