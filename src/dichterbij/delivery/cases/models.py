"""Drafts, cases, their steps, questions and decisions. Every row belongs to one organisation."""

import uuid

from django.db import models

from .domain import OPEN_STATES, Cosign, State


def _organisation(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=models.Q(organisation__regex=r"^[0-9]{20}$"), name=f"{name}_organisation")


def _none(*names: str) -> models.Q:
    return models.Q(**{f"{name}__isnull": True for name in names})


def _all(*names: str) -> models.Q:
    return models.Q(**{f"{name}__isnull": False for name in names})


RULED = ("ruled_on", "ruled_sealed", "appeal_until", "ruling_message")
"""What an objection has when it was decided on."""


class Draft(models.Model):
    """An application somebody is working on: sealed answers, kept for thirty days after the last change."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.CharField(max_length=20)
    party = models.UUIDField()
    product = models.CharField(max_length=80)
    cause = models.CharField(max_length=80, blank=True, help_text="the event it was begun for, if any")
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    channel = models.CharField(max_length=10)
    language = models.CharField(max_length=3)
    sealed = models.BinaryField()
    used_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "cases_draft"
        constraints = [
            _organisation("draft"),
            models.UniqueConstraint(
                fields=["organisation", "party", "product", "channel"], name="draft_one_per_product_and_channel"
            ),
        ]
        indexes = [models.Index(fields=["cause"], name="draft_cause", condition=~models.Q(cause=""))]


class Case(models.Model):
    """An application that was received. `key` is the key of its draft: the same draft gives one case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.CharField(max_length=20)
    unit = models.CharField(max_length=60, blank=True, default="", help_text="which unit has it; empty: every one")
    party = models.UUIDField()
    product = models.CharField(max_length=80)
    cause = models.CharField(max_length=80, blank=True, help_text="the event it was begun for, if any")
    cause_gone_on = models.DateField(null=True, help_text="when that event turned out not to have happened")
    key = models.UUIDField()
    reference = models.CharField(max_length=20)
    channel = models.CharField(max_length=10)
    language = models.CharField(max_length=3)
    state = models.CharField(max_length=20, help_text="one of State")
    received_at = models.DateTimeField()
    received_on = models.DateField()
    term_from = models.DateField(null=True, help_text="when the term began anew; empty: on the day it was received")
    decide_by = models.DateField()
    suspended_days = models.PositiveSmallIntegerField(default=0)
    waiting_since = models.DateField(null=True)
    finished_on = models.DateField(null=True)
    handler = models.CharField(max_length=20, blank=True, help_text="audit reference of the worker who has it")
    sealed = models.BinaryField()

    class Meta:
        db_table = "cases_case"
        constraints = [
            _organisation("case"),
            models.UniqueConstraint(fields=["organisation", "key"], name="case_once_per_key"),
            models.UniqueConstraint(fields=["organisation", "reference"], name="case_reference_once"),
            models.CheckConstraint(condition=models.Q(state__in=list(State)), name="case_known_state"),
            models.CheckConstraint(
                condition=models.Q(state=State.WAITING_FOR_CITIZEN, waiting_since__isnull=False)
                | (~models.Q(state=State.WAITING_FOR_CITIZEN) & models.Q(waiting_since__isnull=True)),
                name="case_waits_since",
            ),
        ]
        indexes = [
            models.Index(fields=["party", "organisation"], name="case_of_person"),
            models.Index(fields=["cause"], name="case_cause", condition=~models.Q(cause="")),
            models.Index(
                fields=["organisation", "decide_by"],
                name="case_work_list",
                condition=models.Q(state__in=[*OPEN_STATES, State.DECIDED]),
            ),
        ]


class CaseStep(models.Model):
    """Something that happened to a case; never changed. `note`: a word of code, never personal data."""

    organisation = models.CharField(max_length=20)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=20, help_text="one of Step")
    at = models.DateTimeField()
    by = models.CharField(max_length=20, help_text="one of Role")
    staff = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=80, blank=True)
    helped_by = models.CharField(max_length=20, blank=True, default="", help_text="whose worker did it with the person")
    helped_how = models.CharField(max_length=10, blank=True, default="", help_text="counter or call")
    helped_as = models.CharField(
        max_length=20, blank=True, default="", help_text="as what the person acted for the applicant, if they did"
    )
    talk = models.UUIDField(null=True, help_text="in which talk with a worker")

    class Meta:
        db_table = "cases_step"
        constraints = [
            _organisation("step"),
            models.CheckConstraint(
                condition=models.Q(helped_by="", helped_how="", talk__isnull=True)
                | (~models.Q(helped_by="") & ~models.Q(helped_how="") & models.Q(talk__isnull=False)),
                name="step_helped_as_a_whole",
            ),
        ]
        indexes = [models.Index(fields=["talk"], name="step_of_talk", condition=models.Q(talk__isnull=False))]


class Question(models.Model):
    """A question to the citizen that stops the term until the answer, or until its last day (Awb 4:15)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.CharField(max_length=20)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="questions")
    sealed = models.BinaryField()
    asked_at = models.DateTimeField()
    asked_on = models.DateField()
    answer_by = models.DateField()
    answered_at = models.DateTimeField(null=True)
    ended_on = models.DateField(null=True)
    answer_sealed = models.BinaryField(null=True)

    class Meta:
        db_table = "cases_question"
        constraints = [
            _organisation("question"),
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(ended_on__isnull=True), name="question_one_open_per_case"
            ),
        ]


class Decision(models.Model):
    """A decision: always a determination (`assessment`), never a typed outcome."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.CharField(max_length=20)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="decisions")
    assessment = models.UUIDField()
    is_granted = models.BooleanField()
    is_automatic = models.BooleanField()
    is_replaced = models.BooleanField(default=False)
    decided_at = models.DateTimeField()
    decided_on = models.DateField()
    decided_by = models.CharField(max_length=20, blank=True, help_text="audit reference; empty when automatic")
    sealed = models.BinaryField(help_text="the judgements with their reasons")
    cosign = models.CharField(
        max_length=10,
        blank=True,
        default="",
        help_text="one of Cosign; empty: not asked",
    )
    cosigned_by = models.CharField(max_length=20, blank=True, default="", help_text="audit reference")
    cosign_sealed = models.BinaryField(null=True, help_text="why it was sent back")
    by_objection = models.OneToOneField(
        "Objection", null=True, on_delete=models.CASCADE, related_name="outcome", help_text="the objection it follows"
    )
    published_on = models.DateField(null=True)
    object_until = models.DateField(null=True)
    message = models.UUIDField(null=True)

    class Meta:
        db_table = "cases_decision"
        constraints = [
            _organisation("decision"),
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(is_replaced=False), name="decision_one_in_force_per_case"
            ),
            models.CheckConstraint(
                condition=_none("published_on", "message", "object_until", "by_objection")
                | _all("published_on", "message", "object_until") & _none("by_objection")
                | _all("published_on", "message", "by_objection") & _none("object_until"),
                name="decision_published_as_a_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(is_automatic=True) | ~models.Q(decided_by=""), name="decision_by_somebody"
            ),
            models.CheckConstraint(
                condition=models.Q(cosign__in=("", Cosign.ASKED), cosigned_by="")
                | models.Q(cosign__in=(Cosign.GIVEN, Cosign.SENT_BACK))
                & ~models.Q(cosigned_by__in=("", models.F("decided_by"))),
                name="decision_cosigned_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(published_on__isnull=True) | models.Q(cosign__in=("", Cosign.GIVEN)),
                name="decision_known_only_cosigned",
            ),
        ]


class SecondLook(models.Model):
    """A decision that would be another one now: work for somebody, because nothing decided changes by itself.

    `about`: the hash of the law files, or the source and name of the datum; never a value.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.CharField(max_length=20)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="second_looks")
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="second_looks")
    why = models.CharField(max_length=10, help_text="one of Why")
    about = models.CharField(max_length=180)
    found_at = models.DateTimeField()
    settled_on = models.DateField(null=True)
    settled_by = models.CharField(max_length=20, blank=True, help_text="audit reference")
    sealed = models.BinaryField(null=True, help_text="why the decision stays as it is")

    class Meta:
        db_table = "cases_second_look"
        constraints = [
            _organisation("second_look"),
            models.UniqueConstraint(
                fields=["decision", "why", "about"],
                condition=models.Q(settled_on__isnull=True),
                name="second_look_once",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation"], name="second_look_open", condition=models.Q(settled_on__isnull=True)),
        ]


class SignalAnswer(models.Model):
    """What who keeps a rule did about the judgements they heard of. Of no person and no case."""

    organisation = models.CharField(max_length=20)
    product = models.CharField(max_length=80)
    fact = models.CharField(max_length=120)
    text = models.CharField(max_length=2000)
    answered_on = models.DateField()
    answered_by = models.CharField(max_length=20, help_text="audit reference")

    class Meta:
        db_table = "cases_signal_answer"
        constraints = [_organisation("signal_answer")]


class Signal(models.Model):
    """That a worker judged where an article leaves it to one, told to who keeps the rule. Of no person and no case."""

    organisation = models.CharField(max_length=20)
    product = models.CharField(max_length=80)
    fact = models.CharField(max_length=120)
    ground = models.CharField(max_length=40, help_text="a key of content/desk.yaml")
    known_on = models.DateField()
    answer = models.ForeignKey(SignalAnswer, null=True, on_delete=models.PROTECT, related_name="signals")

    class Meta:
        db_table = "cases_signal"
        constraints = [_organisation("signal")]
        indexes = [models.Index(fields=["organisation", "product", "fact"], name="signal_about")]


class Objection(models.Model):
    """An objection of the citizen to a decision that was made known, with what was decided on it; one per decision."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.CharField(max_length=20)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="objections")
    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="objection")
    reference = models.CharField(max_length=20)
    received_at = models.DateTimeField()
    received_on = models.DateField()
    decide_by = models.DateField()
    is_late = models.BooleanField()
    sealed = models.BinaryField()
    hear_on = models.DateField(null=True, help_text="for which day the person was invited")
    is_adjourned = models.BooleanField(default=False)
    ruling = models.CharField(max_length=20, blank=True, help_text="one of Ruling")
    hearing = models.CharField(max_length=20, blank=True, help_text="one of Hearing")
    ruled_on = models.DateField(null=True)
    ruled_by = models.CharField(max_length=20, blank=True, help_text="audit reference")
    ruled_sealed = models.BinaryField(null=True, help_text="the grounds, and the report of the hearing")
    appeal_until = models.DateField(null=True)
    ruling_message = models.UUIDField(null=True)

    class Meta:
        db_table = "cases_objection"
        constraints = [
            _organisation("objection"),
            models.CheckConstraint(
                condition=_none(*RULED) & models.Q(ruling="", hearing="", ruled_by="")
                | _all(*RULED) & ~models.Q(ruling="") & ~models.Q(hearing="") & ~models.Q(ruled_by=""),
                name="objection_ruled_as_a_whole",
            ),
            models.UniqueConstraint(fields=["organisation", "reference"], name="objection_reference_once"),
        ]


class CorrectionRequest(models.Model):
    """A request to the keeper of a source to correct a datum: sealed words, an answer within the term."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.CharField(max_length=20)
    party = models.UUIDField()
    source = models.CharField(max_length=40)
    name = models.CharField(max_length=120, help_text="the fact or field that is not right")
    reference = models.CharField(max_length=20)
    language = models.CharField(max_length=3)
    received_at = models.DateTimeField()
    received_on = models.DateField()
    answer_by = models.DateField()
    sealed = models.BinaryField()
    is_corrected = models.BooleanField(null=True)
    answered_on = models.DateField(null=True)
    object_until = models.DateField(null=True)
    answered_by = models.CharField(max_length=20, blank=True, help_text="audit reference")
    answer_sealed = models.BinaryField(null=True)

    class Meta:
        db_table = "cases_correction_request"
        constraints = [
            _organisation("correction"),
            models.UniqueConstraint(fields=["organisation", "reference"], name="correction_reference_once"),
            models.UniqueConstraint(
                fields=["party", "source", "name"],
                condition=models.Q(answered_on__isnull=True),
                name="correction_one_open_per_datum",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_on__isnull=True, is_corrected__isnull=True, answer_sealed__isnull=True)
                | models.Q(answered_on__isnull=False, is_corrected__isnull=False, answer_sealed__isnull=False),
                name="correction_answered_as_a_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "answer_by"],
                name="correction_work_list",
                condition=models.Q(answered_on__isnull=True),
            ),
        ]
