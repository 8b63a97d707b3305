"""The catalogue of data sets as DCAT-AP-NL 3.0, in JSON-LD: the sources that are used, and what is published here.

A source is a data set of who keeps it, restricted, without an address to get it; what is published here is open.
"""

from collections.abc import Mapping
from typing import Any

from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import Organisation, UnknownOrganisation
from dichterbij.ground.registry.registries import Registry, registry
from dichterbij.kernel import clock

from .flows import flows

EU = "http://publications.europa.eu/resource/authority"
THEME = {
    "@id": f"{EU}/data-theme/GOVE",
    "@type": "skos:Concept",
    "skos:prefLabel": {"@value": "Overheid en publieke sector", "@language": "nl"},
    "skos:inScheme": {"@id": f"{EU}/data-theme"},
}
LICENCE = {"@id": f"{EU}/licence/EUPL_1_2", "@type": "dct:LicenseDocument"}
IANA = "https://www.iana.org/assignments/media-types"
PROFILE = "https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/"
CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
PUBLISHED = {
    "decisions": (
        "Gegevens bij besluiten",
        "Welke gegevens voor welk besluit worden gebruikt, met bron en artikel.",
    ),
    "flows": ("Gegevensstromen", "Wie welke gegevens aan wie geeft, waarvoor en op welke grond."),
    "processing-activities": ("Register van verwerkingen", "De verwerkingen van persoonsgegevens (AVG artikel 30)."),
}

Json = dict[str, Any]


def catalogue(base: str) -> Json:
    """Return the catalogue. `base`: the address of this site, without a slash at its end."""
    operator = organisations.operator()
    sources = sorted({flow.registry for flow in flows("nl")})
    datasets = [*(_source(base, registry(key)) for key in sources), *(_published(base, key) for key in PUBLISHED)]
    return {
        "@context": CONTEXT,
        "@id": f"{base}/api/data-catalogue/v1/datasets",
        "@type": "dcat:Catalog",
        **_described("Gegevens van de overheid", "De bronnen die hier worden gebruikt, en wat hier is gepubliceerd."),
        **_responsible(operator),
        "dct:license": LICENCE,
        "dct:language": {"@id": f"{EU}/language/NLD", "@type": "dct:LinguisticSystem"},
        "dct:modified": _day(),
        "dct:conformsTo": {"@id": PROFILE, "@type": "dct:Standard"},
        "foaf:homepage": {"@id": f"{base}/data-catalogue", "@type": "foaf:Document"},
        "dcat:themeTaxonomy": {
            "@id": f"{EU}/data-theme",
            "@type": "skos:ConceptScheme",
            "dct:title": {"@value": "Thema's van gegevens", "@language": "nl"},
        },
        "dcat:dataset": datasets,
        "dcat:service": _service(base, operator),
    }


def _source(base: str, found: Registry) -> Json:
    fields = sorted({name for flow in flows("nl") if flow.registry == found.key for name in flow.fields})
    about = f"Gebruikte gegevens: {', '.join(name[:1].lower() + name[1:] for name in fields)}."
    return {
        "@id": f"{base}/data-catalogue/flows/{found.key}#dataset",
        "@type": "dcat:Dataset",
        **_described(found.label("nl"), about),
        **_responsible(_holder(found)),
        "dct:identifier": f"bron:{found.key}",
        "dct:accessRights": _rights("NON_PUBLIC"),
        "dcat:theme": THEME,
        "dcat:landingPage": {"@id": f"{base}/data-catalogue/flows/{found.key}", "@type": "foaf:Document"},
    }


def _published(base: str, key: str) -> Json:
    title, about = PUBLISHED[key]
    address = f"{base}/api/data-catalogue/v1/{key}"
    return {
        "@id": f"{address}#dataset",
        "@type": "dcat:Dataset",
        **_described(title, about),
        **_responsible(organisations.operator()),
        "dct:identifier": f"dichterbij:{key}",
        "dct:accessRights": _rights("PUBLIC"),
        "dct:modified": _day(),
        "dcat:theme": THEME,
        "dcat:distribution": {
            "@id": f"{address}#distribution",
            "@type": "dcat:Distribution",
            **_described(title, about),
            "dcat:accessURL": {"@id": address},
            "dcat:mediaType": {"@id": f"{IANA}/application/json", "@type": "dct:MediaType"},
            "dct:format": {"@id": f"{EU}/file-type/JSON", "@type": "dct:MediaTypeOrExtent"},
            "dct:license": LICENCE,
            "dcat:accessService": {"@id": f"{base}/api/data-catalogue/v1"},
        },
    }


def _service(base: str, operator: Organisation) -> Json:
    return {
        "@id": f"{base}/api/data-catalogue/v1",
        "@type": "dcat:DataService",
        **_described("Gegevenscatalogus", "Voor programma's: besluiten, stromen, verwerkingen en bronnen."),
        **_responsible(operator),
        "dct:identifier": "dichterbij:data-catalogue",
        "dct:accessRights": _rights("PUBLIC"),
        "dct:license": LICENCE,
        "dcat:theme": THEME,
        "dcat:endpointURL": {"@id": f"{base}/api/data-catalogue/v1"},
        "dcat:endpointDescription": {"@id": f"{base}/api/data-catalogue/v1/openapi.json"},
        "dcat:servesDataset": [{"@id": f"{base}/api/data-catalogue/v1/{key}#dataset"} for key in PUBLISHED],
    }


def _rights(name: str) -> Json:
    return {"@id": f"{EU}/access-right/{name}", "@type": "dct:RightsStatement"}


def _described(title: str, about: str) -> Json:
    return {
        "dct:title": {"@value": title, "@language": "nl"},
        "dct:description": {"@value": about, "@language": "nl"},
    }


def _responsible(found: Organisation | None) -> Json:
    """Return who made and publishes something, and whom to ask."""
    body = found or organisations.operator()
    agent: Json = {
        "@id": f"https://oinregister.logius.nl/oin/{body.oin}",
        "@type": "foaf:Agent",
        "foaf:name": {"@value": body.name, "@language": "nl"},
    }
    contact = {
        "@type": ["vcard:Organization", "vcard:Kind"],
        "vcard:fn": body.name,
        "vcard:hasURL": {"@id": body.contact.url},
        **({"vcard:hasTelephone": {"@id": f"tel:{_digits(body.contact.phone)}"}} if body.contact.phone else {}),
    }
    return {"dct:publisher": agent, "dct:creator": {"@id": agent["@id"]}, "dcat:contactPoint": contact}


def _holder(found: Registry) -> Organisation | None:
    try:
        return organisations.by_key(found.holder)
    except UnknownOrganisation:
        return None


def _digits(phone: str) -> str:
    return "".join(sign for sign in phone if sign.isdigit() or sign == "+")


def _day() -> Mapping[str, str]:
    return {"@value": clock.today().isoformat(), "@type": "xsd:date"}
