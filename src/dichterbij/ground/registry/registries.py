"""What people call the sources, and which organisation keeps them (`content/registries.yaml`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import yaml
from django.conf import settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """A source. `labels`: its name per language; `holder`: who keeps it and repairs mistakes in it.

    `fields`: per field that no law asks (a name, a line of an address) its name per language.
    """

    key: str
    labels: Mapping[str, str]
    holder: str
    fields: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def label(self, language: str) -> str:
        """Return the name in a language, Dutch where that language has none."""
        return self.labels.get(language, self.labels["nl"])

    def field_label(self, name: str, language: str) -> str:
        """Return what a field that no law asks is called; its own name when nobody gave it another."""
        return self.fields.get(name, {}).get(language, name)


def registry(key: str) -> Registry:
    """Return a source by the key that `laws/facts.yaml` uses; an unknown key is its own name."""
    return _all().get(key) or Registry(key=key, labels={"nl": key}, holder="")


def _all() -> Mapping[str, Registry]:
    return _load(tuple(Path(folder) / "content" / "registries.yaml" for folder in settings.DATA_FOLDERS))


@lru_cache(maxsize=4)
def _load(files: tuple[Path, ...]) -> Mapping[str, Registry]:
    found: dict[str, Registry] = {}
    for file in files:
        if file.is_file():
            for key, data in yaml.safe_load(file.read_text(encoding="utf-8")).items():
                found[key] = Registry(
                    key=key, labels=data["name"], holder=data["holder"], fields=data.get("fields", {})
                )
    return found
