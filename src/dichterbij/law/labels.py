"""The words a person reads: labels of facts (`laws/facts/<language>.yaml`) and of each law beside its rules.

A law without words still explains itself: names of the file become words, nothing fails and nothing is guessed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

from .document import Raw, read_text, read_yaml
from .errors import LawSetInvalid
from .lawset import LawSet
from .parse import Object, obj, objects, text
from .territory import EUROPEAN, codes_of

AUTHENTIC: Final = "nl"
_PACKAGE: Final = Path(__file__).resolve().parents[1]
_SHIPPED: Final = (_PACKAGE / "data" / "laws", _PACKAGE.parents[1] / "laws")


@dataclass(frozen=True, slots=True)
class Words:
    """Texts of one fact or output: `label`, `question`, `holds`, `fails`, `says`, ... and words of fixed values."""

    texts: Mapping[str, str]
    values: Mapping[str, str]

    def get(self, key: str) -> str:
        """Return a text, or an empty one."""
        return self.texts.get(key, "")


NO_WORDS: Final = Words({}, {})


@dataclass(frozen=True, slots=True)
class LawWords:
    """The words of one law: its short name, its outputs, who helps where it does not apply; checked or not.

    `refused`: why it gives no answer, by the code of the refusal or by what the law marks as not established.
    """

    name: str = ""
    outputs: Mapping[str, Words] = field(default_factory=dict)
    articles: Mapping[str, str] = field(default_factory=dict)
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
    is_draft: bool = False


@dataclass(frozen=True, slots=True)
class Provisional:
    """A version whose amounts rest on one source."""

    law: str
    valid_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """All words in one language, and what holds in every language: what decides, what is provisional."""

    language: str
    facts: Mapping[str, Words]
    laws: Mapping[str, LawWords]
    registries: Mapping[str, str]
    words: Mapping[str, str]
    decides: Mapping[str, tuple[str, ...]]
    provisional: frozenset[Provisional]
    is_draft: bool

    def fact(self, name: str) -> Words:
        """Return the words of a fact."""
        return self.facts.get(name, NO_WORDS)

    def output(self, law: str, name: str) -> Words:
        """Return the words of an output."""
        return self.laws.get(law, LawWords()).outputs.get(name, NO_WORDS)

    def label_of_fact(self, name: str) -> str:
        """Return what a fact is called."""
        return self.fact(name).get("label") or plain(name)

    def label_of_output(self, law: str, name: str) -> str:
        """Return what an output is called."""
        return self.output(law, name).get("label") or plain(name)

    def helper(self, law: str, territory: str) -> str:
        """Return who helps in a territory where a law does not apply (BQ-BO: words for BQ-BO, else BQ; GM0150: NL)."""
        known = self.laws.get(law, LawWords()).elsewhere
        areas = (territory, territory.split("-", maxsplit=1)[0], *sorted(codes_of(territory)))
        found = next((known[area] for area in areas if area in known), "")
        word = "who_helps_at_home" if EUROPEAN in areas else "who_helps_elsewhere"
        return found or self.words.get(word, "")

    def refusal(self, law: str, code: str, detail: str) -> str:
        """Return why a law gives no answer: its own words, those of the rule it came to, or the general ones."""
        own = self.laws.get(law, LawWords()).refused.get(code, "")
        marked = (told for words in self.laws.values() for about, told in words.refused.items() if about in detail)
        return own or next(marked, "") or self.words.get(code) or detail

    def registry(self, key: str) -> str:
        """Return the name of a registry, or of who else supplies a fact."""
        return self.registries.get(key, key)

    def word(self, key: str) -> str:
        """Return one of the fixed words and sentences."""
        return self.words.get(key, key)

    def plainly(self, key: str, label: str, value: str) -> str:
        """Return a value without words of its own, in the sentence that the words under `key` make of it."""
        return self.words.get(key, "{label}: {value}.").format(label=label, value=value)


def plain(name: str) -> str:
    """Return a name of a law file as words.

    >>> plain("zorgtoeslag_per_maand")
    'Zorgtoeslag per maand'
    """
    return name.replace("_", " ").strip().capitalize()


@lru_cache(maxsize=32)
def labels_for(laws: LawSet, language: str) -> Labels:
    """Return the words that belong to a law set, in a language; a later folder of laws adds words and replaces them."""
    folders = _folders(laws)
    general = _layered(root / "facts" / f"{language}.yaml" for root in laws.roots)
    fixed = _fixed(language)
    about = {law: _layered(folder / "about.yaml" for folder in found) for law, found in folders.items()}
    return Labels(
        language=language,
        facts={name: _words(value) for name, value in obj(general, "facts").items()},
        laws={
            law: _law_words(_layered(folder / "labels" / f"{language}.yaml" for folder in found))
            for law, found in folders.items()
        },
        registries={**_texts(obj(fixed, "registries")), **_texts(obj(general, "registries"))},
        words={**_texts(obj(fixed, "words")), **_texts(obj(general, "words"))},
        decides={law: tuple(map(str, _list(data, "decides"))) for law, data in about.items()},
        provisional=frozenset(
            Provisional(law, text(item, "valid_from"))
            for law, data in about.items()
            for item in objects(data, "provisional")
        ),
        is_draft=text(general, "status") == "draft",
    )


@lru_cache(maxsize=8)
def _fixed(language: str) -> Object:
    """Return the shipped words: the fixed sentences serve law files anywhere, which need none of their own."""
    return _layered(folder / "facts" / f"{language}.yaml" for folder in _SHIPPED)


def fact_label(laws: LawSet, name: str, language: str) -> str:
    """Return what a fact is called in a language; its name as words when nobody gave it one."""
    return labels_for(laws, language).label_of_fact(name)


def _folders(laws: LawSet) -> dict[str, tuple[Path, ...]]:
    """Return where each law may have words: beside its versions, and at the same place in every folder of laws."""
    found: dict[str, tuple[Path, ...]] = {}
    for law, versions in laws.laws.items():
        own = {Path(version.file).parent for version in versions}
        places = {folder.relative_to(root) for folder in own for root in laws.roots if folder.is_relative_to(root)}
        layers = [root / place for root in laws.roots for place in sorted(places)]
        found[law] = tuple(dict.fromkeys([*layers, *sorted(own)]))
    return _without_rules(laws, found) | found


def _without_rules(laws: LawSet, known: Mapping[str, tuple[Path, ...]]) -> dict[str, tuple[Path, ...]]:
    """Return folders that have words and no rules, by name (the Algemene termijnenwet is built in)."""
    taken = {folder for folders in known.values() for folder in folders}
    beside = [path.parent for root in laws.roots for path in sorted(root.rglob("labels")) if path.parent not in taken]
    return {folder.name: tuple(each for each in beside if each.name == folder.name) for folder in beside}


def _layered(files: Iterable[Path]) -> Object:
    """Return the content of files as one; what a later file says replaces that, and nothing else."""
    merged: dict[str, Raw] = {}
    for file in files:
        merged = _merged(merged, dict(_read(file)))
    return merged


def _merged(earlier: dict[str, Raw], later: dict[str, Raw]) -> dict[str, Raw]:
    both = {**earlier, **later}
    for key in earlier.keys() & later.keys():
        before, after = earlier[key], later[key]
        if isinstance(before, dict) and isinstance(after, dict):
            both[key] = _merged(before, after)
    return both


def _read(file: Path) -> Object:
    if not file.is_file():
        return {}
    try:
        data = read_yaml(read_text(file), str(file))
    except LawSetInvalid:
        return {}
    return data if isinstance(data, dict) else {}


def _law_words(data: Object) -> LawWords:
    return LawWords(
        name=text(data, "name"),
        outputs={name: _words(value) for name, value in obj(data, "outputs").items()},
        articles=_texts(obj(data, "articles")),
        elsewhere=_texts(obj(data, "elsewhere")),
        refused=_texts(obj(data, "refused")),
        is_draft=text(data, "status") == "draft",
    )


def _words(data: Raw) -> Words:
    if not isinstance(data, dict):
        return Words({"label": str(data)}, {})
    return Words(_texts(data), _texts(obj(data, "values")))


def _texts(data: Object) -> dict[str, str]:
    return {str(key): str(value) for key, value in data.items() if not isinstance(value, dict | list)}


def _list(data: Object, key: str) -> list[Raw]:
    found = data.get(key)
    return found if isinstance(found, list) else []
