"""The overview of all law files: what is encoded, what is not, what proves it and what is still open.

Beside a law, `about.yaml` may say `not_encoded` (article, why), `open` (questions to confirm) and `deviates` (from
which published result, and the legal reason). The rest is read from the law files and the worked examples themselves.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from .cases import read_cases, run_file
from .cases_mapping import CaseMapping
from .document import Raw, read_yaml
from .lawset import LawSet
from .model import LawVersion
from .parse import Object, objects, text

HEAD: Final = """\
# The laws

Made by `dichterbij law document docs/laws.md`; do not edit. What is said about a law stands beside it, in `about.yaml`.

*Official* examples are worked out by the body that carries out the law, or printed in its tables; *derived* ones are
arithmetic written out beside them, checked by a second formula in the tests. A value from one source is shown to
people as provisional. "Not encoded" lists what a rule leaves out; where it matters, the law refuses or asks a person
to judge.
"""
ABSENT: Final = "none noted"
# what an explanation beside a value says of its source, the strongest word first
_SOURCES: Final = (
    ("two sources", re.compile(r"twee (onafhankelijke )?bronnen", re.IGNORECASE)),
    ("one source", re.compile(r"\b(een|één) bron\b", re.IGNORECASE)),
    ("not checked at the source", re.compile(r"niet aan de bron nagekeken", re.IGNORECASE)),
    ("derived", re.compile(r"\bafgeleid\b", re.IGNORECASE)),
)


@dataclass(slots=True)
class Proof:
    """How many examples of a law pass and fail, by origin, and how sure their sources are."""

    passed: Counter[str] = field(default_factory=Counter)
    failed: int = 0
    confidence: Counter[str] = field(default_factory=Counter)


def laws_document(laws: LawSet, files: Iterable[Path], mapping: CaseMapping) -> str:
    """Return the overview as Markdown; `files` are the case files to count."""
    proofs = _proofs(laws, files, mapping)
    lines = [HEAD, *_table(laws, proofs)]
    for name in sorted(laws.laws):
        lines += _section(laws.laws[name], proofs.get(name, Proof()))
    return "\n".join(lines).rstrip() + "\n"


def _proofs(laws: LawSet, files: Iterable[Path], mapping: CaseMapping) -> Mapping[str, Proof]:
    found: dict[str, Proof] = defaultdict(Proof)
    for file in files:
        failed = {failure.id for failure in run_file(file, laws, mapping, frozenset()).failures}
        for case in read_cases(file):
            proof = found[mapping.entry(file.stem, case.input, case.expected).law]
            if case.id in failed:
                proof.failed += 1
            else:
                proof.passed[_origin(file, case.columns)] += 1
            proof.confidence[case.columns["confidence"]] += 1
    return found


def _origin(file: Path, row: Mapping[str, str]) -> str:
    is_official = file.stem.endswith("_officieel") or row["confidence"].startswith("official")
    return "official" if is_official else "derived"


def _table(laws: LawSet, proofs: Mapping[str, Proof]) -> Iterator[str]:
    yield "| Law | Covered | Articles | Official | Derived | Failed |"
    yield "|---|---|---:|---:|---:|---:|"
    for name in sorted(laws.laws):
        versions, proof = laws.laws[name], proofs.get(name, Proof())
        encoded = {article.number for version in versions for article in version.articles if article.is_translated}
        row = (_covered(versions), len(encoded), proof.passed["official"], proof.passed["derived"], proof.failed)
        yield f"| [{_newest(versions).name}](#{name}) | {' | '.join(map(str, row))} |"
    yield ""


def _newest(versions: Iterable[LawVersion]) -> LawVersion:
    return max(versions, key=lambda version: version.valid_from)


def _covered(versions: Iterable[LawVersion]) -> str:
    """Return the stretches of time that versions cover: those that follow each other without a gap as one."""
    spans: list[tuple[str, str]] = []
    for version in sorted(versions, key=lambda version: version.valid_from):
        until = version.valid_to or "..."
        if spans and (spans[-1][1] == "..." or _follows(spans[-1][1], version.valid_from)):
            spans[-1] = (spans[-1][0], until)
        else:
            spans.append((version.valid_from, until))
    return "; ".join(f"{since} to {until}" for since, until in spans)


def _follows(last: str, first: str) -> bool:
    return date.fromisoformat(last) + timedelta(days=1) >= date.fromisoformat(first)


def _section(versions: Iterable[LawVersion], proof: Proof) -> Iterator[str]:
    newest, about = _newest(versions), _about(versions)
    yield f'<a id="{newest.id}"></a>\n\n## {newest.name}\n'
    yield f"- `{newest.id}`, {_identity(newest)}"
    yield f"- Versions: {', '.join(_version(version) for version in versions)}"
    yield f"- Articles encoded: {_numbers(versions)}"
    yield from _listed(
        "Not encoded", (f"{text(item, 'article')}: {text(item, 'why')}" for item in objects(about, "not_encoded"))
    )
    yield f"- Examples: {_counted(proof.passed) or 'no case file of its own'}" + (
        f"; **{proof.failed} failed**" if proof.failed else ""
    )
    yield f"- Confidence: {_confidence(versions, proof)}"
    yield from _listed("Provisional, one source", map(_provisional, objects(about, "provisional")))
    yield from _listed("Open", map(str, _texts(about, "open")))
    yield from _listed(
        "Deviates from", (f"{text(item, 'from')}: {text(item, 'why')}" for item in objects(about, "deviates"))
    )
    yield ""


def _identity(version: LawVersion) -> str:
    number = version.bwb_id or next(iter(version.codes.values()), "") or text(version.raw, "celex_nummer")
    parts = [version.layer, number, f"carried out by {version.authority}" if version.authority else ""]
    area = ", ".join(version.territory)
    return ", ".join(part for part in (*parts, f"applies in {area}" if area else "", version.url) if part)


def _version(version: LawVersion) -> str:
    return f"{version.valid_from} to {version.valid_to}" if version.valid_to else f"from {version.valid_from}"


def _numbers(versions: Iterable[LawVersion]) -> str:
    found = [article.number for version in versions for article in version.articles if article.is_translated]
    return ", ".join(sorted(dict.fromkeys(found), key=_by_number)) or ABSENT


def _by_number(article: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", article) if part)


def _confidence(versions: Iterable[LawVersion], proof: Proof) -> str:
    values = Counter(kind for version in versions for kind in _sources(dict(version.raw)))
    said = [f"values: {_counted(values)}"] if values else []
    said += [f"examples: {_counted(proof.confidence)}"] if proof.confidence else []
    return "; ".join(said) or "text of the law"


def _sources(value: Raw) -> Iterator[str]:
    """Yield for each explanation in a law file what it says of its source."""
    if isinstance(value, dict):
        explanation = value.get("explanation")
        if isinstance(explanation, str):
            yield from (kind for kind, words in _SOURCES if words.search(explanation))
        for below in value.values():
            yield from _sources(below)
    elif isinstance(value, list):
        for below in value:
            yield from _sources(below)


def _provisional(item: Object) -> str:
    return f"{text(item, 'valid_from')} ({text(item, 'source')})"


def _counted(counter: Counter[str]) -> str:
    return ", ".join(
        f"{count} {name}" for name, count in sorted(counter.items(), key=lambda each: (-each[1], each[0])) if count
    )


def _listed(title: str, items: Iterable[str]) -> Iterator[str]:
    found = list(items)
    if len(found) == 1:
        yield f"- {title}: {found[0]}"
    elif found:
        yield f"- {title}:"
        yield from (f"  - {item}" for item in found)


def _texts(data: Object, key: str) -> list[Raw]:
    found = data.get(key)
    return found if isinstance(found, list) else []


def _about(versions: Iterable[LawVersion]) -> Object:
    """Return what `about.yaml` beside the law says; nothing when there is none."""
    file = Path(_newest(versions).file).parent / "about.yaml"
    data = read_yaml(file.read_text(encoding="utf-8"), str(file)) if file.is_file() else {}
    return data if isinstance(data, dict) else {}
