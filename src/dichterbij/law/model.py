"""A regulation as its file writes it, one version per file, in words of the format."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from .document import Raw
from .graph import Declared

SchemaVersion = tuple[int, int, int]
OUR_SUMMARY: Final = "Samenvatting, geen wettekst:"


@dataclass(frozen=True, slots=True)
class Source:
    """Where an input comes from: another law, another article of this law, or outside (a fact)."""

    regulation: str | None
    output: str | None
    parameters: Mapping[str, Raw]

    @property
    def is_outside(self) -> bool:
        """Say whether the value is a fact that the caller supplies."""
        return self.regulation is None and self.output is None


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, input or output, with what the law declares about it."""

    name: str
    declared: Declared
    required: bool = True
    source: Source | None = None
    description: str = ""
    origin: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Action:
    """One step: the output it computes and the expression that gives it; `path` is where that is written."""

    output: str
    expression: Raw
    path: str
    legal_basis: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OpenTerm:
    """A value that the article leaves to a lower regulation."""

    id: str
    declared: Declared
    required: bool
    delegation_type: str | None
    default: tuple[Action, ...] | None


@dataclass(frozen=True, slots=True)
class Implements:
    """This article fills an open term of a higher law."""

    law: str
    article: str
    open_term: str


@dataclass(frozen=True, slots=True)
class Hook:
    """This article runs around decisions of other articles, or (v0.8.0) around what people submit."""

    point: str
    legal_character: str
    decision_type: str | None
    stage: str
    submission: str = ""
    decided_by: str = ""
    established_by: str = ""


@dataclass(frozen=True, slots=True)
class Override:
    """This article replaces (or, with `voids`, takes away) an output of another article."""

    law: str
    article: str
    output: str
    voids: bool
    excerpt: str


@dataclass(frozen=True, slots=True)
class Marking:
    """Something in the text that the format cannot express; `accepted` when a person has seen it."""

    about: str
    reason: str
    accepted: bool


@dataclass(frozen=True, slots=True)
class Definition:
    """A named constant of an article."""

    value: Raw
    declared: Declared


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its text and, where translated, its rules."""

    number: str
    text: str
    url: str
    definitions: Mapping[str, Definition]
    legal_character: str
    decision_type: str
    parameters: tuple[Field, ...]
    inputs: tuple[Field, ...]
    outputs: tuple[Field, ...]
    actions: tuple[Action, ...]
    open_terms: tuple[OpenTerm, ...]
    implements: tuple[Implements, ...]
    hooks: tuple[Hook, ...]
    overrides: tuple[Override, ...]
    markings: tuple[Marking, ...]
    is_translated: bool
    submission: str = ""
    decides_on: tuple[str, ...] = ()
    procedure: str = ""

    @property
    def label(self) -> str:
        """Return the article number as a path segment (RFC-039: a dot becomes an underscore)."""
        return self.number.replace(".", "_")

    @property
    def summary(self) -> str:
        """Return the text on one line, without the words that say it is our summary; a page says those itself."""
        text = " ".join(self.text.split()).removeprefix(OUR_SUMMARY).strip()
        return text[:1].upper() + text[1:]

    @property
    def is_summary(self) -> bool:
        """Say whether the text is our own summary and not the text of the law."""
        return self.text.lstrip().startswith(OUR_SUMMARY)

    @property
    def output_names(self) -> tuple[str, ...]:
        """Return declared outputs, then outputs that only an action names."""
        names = [output.name for output in self.outputs] + [action.output for action in self.actions]
        return tuple(dict.fromkeys(names))


@dataclass(frozen=True, slots=True)
class LawVersion:
    """One version of one regulation, from one file."""

    id: str
    name: str
    layer: str
    schema: SchemaVersion
    valid_from: str
    valid_to: str
    url: str
    bwb_id: str
    articles: tuple[Article, ...]
    codes: Mapping[str, str]
    territory: tuple[str, ...]
    elsewhere: Mapping[str, str]
    authority: str
    file: str
    sha256: str
    declares_absence: bool
    raw: Mapping[str, Raw] = field(repr=False, compare=False)

    @property
    def is_strict_on_absence(self) -> bool:
        """Say whether calculating with an absent value is an error (RFC-036).

        From v0.5.8. That rule came to v0.5.7 and `nullable` to v0.5.8 while they were already published, so the file
        itself decides there: a file that says `nullable` somewhere was written for it.
        """
        return self.schema >= (0, 5, 8) or self.declares_absence

    def article_with(self, output: str) -> Article | None:
        """Return the first article that gives this output."""
        return next((article for article in self.articles if output in article.output_names), None)

    def article(self, number: str) -> Article | None:
        """Return the article with this number."""
        return next((article for article in self.articles if article.number == number), None)
