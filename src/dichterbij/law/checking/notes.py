"""Notes beside a law (`annotations.yaml`): each says who wrote it and when, and quotes words that the law has.

W3C Web Annotation, RegelRecht RFC-005 and RFC-018. A note must fit one version at least; the words decide, not the
article it was made at.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ..calendar_rules import is_day
from ..document import read_yaml
from ..errors import Defect
from ..lawset import LawSet
from ..model import LawVersion
from ..notes import Selector, resolve_note
from ..parse import Object, obj, objects, text

FILE: Final = "annotations.yaml"
_SENTENCES: Final = {
    "orphaned": ("OrphanedNote", "De woorden '{quote}' staan in geen versie van deze wet."),
    "ambiguous": ("AmbiguousNote", "De woorden '{quote}' staan op meer plaatsen. Citeer meer van de tekst eromheen."),
    "skipped": ("LongNote", "Het citaat '{quote}' is te lang om terug te zoeken."),
}


def check_notes(laws: LawSet) -> list[Defect]:
    """Return what is wrong with the notes beside the law files; raises LawSetInvalid for a file that is no YAML."""
    return sorted(defect for versions in laws.laws.values() for defect in _of_law(versions))


def _of_law(versions: tuple[LawVersion, ...]) -> Iterator[Defect]:
    for folder in dict.fromkeys(Path(version.file).parent for version in versions):
        file = folder / FILE
        data = read_yaml(file.read_text(encoding="utf-8"), str(file)) if file.is_file() else {}
        for index, note in enumerate(objects(data, "annotations") if isinstance(data, dict) else []):
            for path, name, sentence in (*_lacking(note), *_unplaced(note, versions)):
                yield Defect(str(file), 0, "", f"annotations.{index}{path}", name, sentence)


def _lacking(note: Object) -> Iterator[tuple[str, str, str]]:
    creator = note.get("creator")
    if not (text(creator, "name") if isinstance(creator, dict) else text(note, "creator")):
        yield ".creator", "MissingField", "Er staat niet wie dit schreef."
    if not is_day(text(note, "created")[:10]):
        yield ".created", "InvalidDate", "Er staat niet wanneer dit is geschreven (JJJJ-MM-DD)."


def _unplaced(note: Object, versions: tuple[LawVersion, ...]) -> Iterator[tuple[str, str, str]]:
    quoted = obj(obj(note, "target"), "selector")
    selector = Selector(text(quoted, "exact"), text(quoted, "prefix"), text(quoted, "suffix"))
    if not selector.exact:
        yield ".target.selector", "MissingField", "Er staat niet bij welke woorden dit hoort (exact)."
        return
    found = [resolve_note(selector, _texts(version)).status for version in versions]
    if "found" not in found:
        name, sentence = _SENTENCES[found[0]]
        yield ".target.selector", name, sentence.format(quote=selector.exact)


def _texts(version: LawVersion) -> dict[str, str]:
    return {article.number: " ".join(article.text.split()) for article in version.articles}
