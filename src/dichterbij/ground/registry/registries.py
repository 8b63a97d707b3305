"""What people call the sources, and which organisation keeps them (`content/registries.yaml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from django.conf import settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """A source. `labels`: its name per language; `holder`: who keeps it and repairs mistakes in it."""

    key: str
    labels: Mapping[str, str]
    holder: str

    def label(self, language: str) -> str:
        """Return the name in a language, Dutch where that language has none."""
        return self.labels.get(language, self.labels["nl"])


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
                found[key] = Registry(key=key, labels=data["name"], holder=data["holder"])
    return found
