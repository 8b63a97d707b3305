"""State pension, survivors and child benefit at the social insurance bank."""

from .by_number import ByNumber, Field, plain
from .source import source


def make(url: str, token: str) -> ByNumber:
    """Return the adapter for an address and credential."""
    return ByNumber(source("svb", url, token), "/verzekerden", FIELDS)


FIELDS = {
    "aow.uitkering": Field("aow", plain("uitkering")),
    "aow.einddatum": Field("aow", plain("einddatum")),
    "aow.opbouwpercentage": Field("aow", plain("opbouwpercentage")),
    "aow.soort": Field("aow", plain("soort")),
    "anw.uitkering": Field("anw", plain("uitkering")),
    "verzekering.anw": Field("verzekering", plain("anw")),
    "kinderbijslag.uitkering": Field("kinderbijslag", plain("uitkering")),
    "kinderbijslag.kinderen": Field("kinderbijslag", plain("kinderen")),
}
