"""Make the lists before somebody asks for them."""

from django.utils import translation

from dichterbij.kernel.formats import LANGUAGES

from . import decisions, flows


def prepare() -> None:
    """Make every list of today in every language; what was made already is not made again."""
    for language in LANGUAGES:
        with translation.override(language):
            decisions.decisions(language)
            flows.flows(language)
            flows.controllers(language)
