"""A home in the words of BAG individuele bevragingen 2.0 (Kadaster), without its place on the map.

`zelfstandigeWoning` is not in the published contract; the invented people need somebody who knows it.
"""

from datetime import date
from typing import Any

from ..people import Home


def document(home: Home, _on: date) -> dict[str, Any]:
    """Return the building unit."""
    return {
        "verblijfsobject": {
            "identificatie": home.id,
            "domein": "NL.IMBAG.Verblijfsobject",
            "gebruiksdoelen": ["woonfunctie"],
            "oppervlakte": home.floor_area,
            "status": "Verblijfsobject in gebruik",
            "geconstateerd": "N",
            "documentdatum": f"{home.built_in}-07-01",
            "documentnummer": f"{home.municipality}-{home.id[-7:]}",
            "voorkomen": {"versie": 1, "beginGeldigheid": f"{home.built_in}-07-01"},
            "heeftAlsHoofdadres": home.number_id,
            "maaktDeelUitVan": [f"{home.municipality}10{home.id[-10:]}"],
            "zelfstandigeWoning": home.independent,
        }
    }
