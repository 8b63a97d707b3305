"""Tenancies as landlords report them. Amounts are euro cents per month."""

from .by_number import ByNumber, Field, plain
from .source import source


def make(url: str, token: str) -> ByNumber:
    """Return the adapter for an address and credential."""
    return ByNumber(source("huur", url, token), "/huurovereenkomsten", FIELDS)


FIELDS = {
    "huurovereenkomst.aanwezig": Field("huurovereenkomst", plain("aanwezig")),
    "huurovereenkomst.kaleHuur": Field("huurovereenkomst", plain("kaleHuur")),
    "huurovereenkomst.servicekosten": Field("huurovereenkomst", plain("servicekosten")),
    "huurovereenkomst.verhuurder": Field("huurovereenkomst", plain("verhuurder")),
}
