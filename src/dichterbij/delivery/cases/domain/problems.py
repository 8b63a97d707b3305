"""What can go wrong with a case. Pure."""

from dichterbij.kernel.problems import Problem


class NotNow(Problem):
    """This cannot be done with a case in this state."""

    code = "not-now"
    title = "Dat kan nu niet met deze aanvraag"
    status = 409


class UnknownCase(Problem):
    """There is no such case for this person at this organisation."""

    code = "unknown-case"
    title = "Deze aanvraag is er niet"
    status = 404


class UnknownDraft(Problem):
    """There is no such draft for this person: never made, used, or kept for its thirty days."""

    code = "unknown-draft"
    title = "Deze aanvraag staat niet meer voor u klaar"
    status = 404


class NotComplete(Problem):
    """Something is still missing before the application can go."""

    code = "not-complete"
    title = "Er ontbreekt nog iets"
    status = 409


class NotDecidable(Problem):
    """The law does not give an answer yet; `missing` names the facts it needs."""

    code = "not-decidable"
    title = "De wet geeft nog geen uitkomst"
    status = 409

    def __init__(self, detail: str, missing: tuple[str, ...] = ()) -> None:
        super().__init__(detail)
        self.missing = missing


class OwnCase(Problem):
    """Nobody handles or decides their own case (Awb 2:4)."""

    code = "own-case"
    title = "U kunt niet over uw eigen aanvraag beslissen"
    status = 403


class SamePerson(Problem):
    """Who took a decision does not decide on an objection to it (Awb 10:3), nor checks it where a second pair must."""

    code = "same-person"
    title = "Hierover beslist een collega"
    status = 403


class UnknownUnit(Problem):
    """The organisation has no such unit, or it has the case already."""

    code = "unknown-unit"
    title = "Naar deze afdeling kan de aanvraag niet"
    status = 400


class NotAJudgement(Problem):
    """A worker may only add the facts that the product leaves to a judgement, with a reason."""

    code = "not-a-judgement"
    title = "Dit is geen oordeel dat u kunt geven"
    status = 400
