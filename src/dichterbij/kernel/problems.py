"""Errors that a person can act on (RFC 9457). A problem never carries personal data."""

from typing import ClassVar


class Problem(Exception):
    """Something went wrong that can be named, explained and acted on.

    Subclasses set `code` (stable, kebab-case), `title` (a Dutch sentence for people) and `status` (HTTP).
    `detail` says what happened here, `remedy` what the person can do. Neither holds personal data.
    """

    code: ClassVar[str] = "problem"
    title: ClassVar[str] = "Er ging iets mis"
    status: ClassVar[int] = 500

    def __init__(self, detail: str = "", *, remedy: str = "") -> None:
        super().__init__(detail or self.title)
        self.detail = detail
        self.remedy = remedy

    def as_json(self) -> dict[str, str | int]:
        """Return the problem as an `application/problem+json` object."""
        return {
            "type": f"urn:dichterbij:problem:{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail or self.title,
        }


class InvalidIdentifier(Problem):
    """A number of a person or organisation does not have the form its issuer prescribes."""

    code = "invalid-identifier"
    title = "Dit nummer klopt niet"
    status = 400


class TermNotCovered(Problem):
    """A last day lies beyond the equated days that are known (Algemene termijnenwet, article 3 paragraph 3)."""

    code = "term-not-covered"
    title = "De laatste dag is niet te berekenen"
    status = 422

    def __init__(self) -> None:
        super().__init__(
            "Voor deze datum zijn de gelijkgestelde dagen niet bekend. Daarom noemen wij geen laatste dag."
        )


class AccessExpired(Problem):
    """An `Access` is older than a minute and must be asked for again."""

    code = "access-expired"
    title = "Deze toestemming is verlopen"
    status = 403
