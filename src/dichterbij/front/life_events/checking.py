"""All findings in the files of life events, against the laws, facts, organisations and products of this instance."""

from collections.abc import Iterable
from pathlib import Path

from dichterbij.ground.assessment.laws import current_laws
from dichterbij.ground.registry.activities import all_registered
from dichterbij.law import LawSet

from .adapters import glossary
from .adapters.checks import Known, check_card, check_event
from .adapters.content import documents
from .adapters.documents import Document, Finding, Unreadable, files, read


def findings(folders: Iterable[Path]) -> list[Finding]:
    """Return everything that is wrong in the life events of some data folders, by file and line."""
    folders = list(folders)
    try:
        read_all = documents(folders)
    except Unreadable as unreadable:
        return [unreadable.finding]
    keys, products = _named(folders, "organisations", "key"), _named(folders, "products", "id")
    found = [finding for event, cards in read_all for finding in _of_event(event, cards, keys, products)]
    found += [finding for folder in folders for finding in _of_glossary(folder / glossary.FILE)]
    return sorted(found, key=lambda finding: (finding.path, finding.line))


def _of_event(event: Document, cards: list[Document], keys: frozenset[str], products: frozenset[str]) -> list[Finding]:
    known = Known(
        outputs=outputs_of(current_laws()),
        facts=frozenset(current_laws().vocabulary.facts),
        organisations=keys | frozenset(event.data.get("bodies", {})),
        tasks=frozenset(registered.activity.id for registered in all_registered()),
        products=products,
    )
    return [*check_event(event, cards, known), *(found for card in cards for found in check_card(card, known))]


def outputs_of(laws: LawSet) -> dict[str, frozenset[str]]:
    """Return which outcomes every law has, in any of its versions."""
    return {
        law: frozenset(
            output.name for version in versions for article in version.articles for output in article.outputs
        )
        for law, versions in laws.laws.items()
    }


def _of_glossary(path: Path) -> list[Finding]:
    return glossary.check(read(path)) if path.is_file() else []


def _named(folders: Iterable[Path], kind: str, field: str) -> frozenset[str]:
    return frozenset(str(read(path).data.get(field)) for path in files(folders, f"content/{kind}"))
