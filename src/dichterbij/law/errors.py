"""What can go wrong in a law file or in an evaluation: the error names of the RegelRecht format."""

from dataclasses import dataclass
from typing import ClassVar

from dichterbij.kernel.problems import Problem


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the law something stands: law, version, article, and the path inside the file."""

    law: str = ""
    article: str = ""
    valid_from: str = ""
    path: str = ""

    def __str__(self) -> str:
        parts = [self.law, f"artikel {self.article}" if self.article else "", self.path]
        return ", ".join(part for part in parts if part)


class LawError(Problem):
    """A law cannot be evaluated; `name` is the error name of the format, `place` where it happened.

    Names: VariableNotFound, OutputNotFound, LawNotFound, TypeMismatch, NullOperand, NullForNonNullable,
    NullOutput, DivisionByZero, ArithmeticOverflow, InvalidDate, InvalidOperation, CircularReference,
    ExternalReferenceNotResolved, ResolutionError, MaxDepthExceeded, UnitMismatch, Untranslatable,
    OutputVoided, NotInForce, MissingParameter, DelegationError, InvalidLaw; of ours: TermNotCovered.
    """

    code: ClassVar[str] = "law-error"
    title: ClassVar[str] = "Deze regel kan niet worden uitgevoerd"
    status: ClassVar[int] = 422

    def __init__(self, name: str, detail: str, place: Place | None = None) -> None:
        super().__init__(detail)
        self.name = name
        self.place = place or Place()

    def at(self, place: Place) -> "LawError":
        """Return the error with its place filled in, unless it already knows it."""
        if not self.place.law:
            self.place = place
        return self


class LawSetInvalid(LawError):
    """One or more law files have defects; `defects` holds all of them."""

    code: ClassVar[str] = "law-files-invalid"
    title: ClassVar[str] = "De regelbestanden kloppen niet"

    def __init__(self, defects: "tuple[Defect, ...]") -> None:
        super().__init__("InvalidLaw", "\n".join(map(str, defects)))
        self.defects = defects


@dataclass(frozen=True, slots=True, order=True)
class Defect:
    """One defect of a law file, in a sentence a jurist understands."""

    file: str
    line: int
    article: str
    path: str
    name: str
    sentence: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        article = f" artikel {self.article}" if self.article else ""
        return f"{where}:{article} {self.path}: {self.sentence} [{self.name}]"
