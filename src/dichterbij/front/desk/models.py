"""Tables of the desk: whom a worker helps, codes people show, what is tried, who may not see whom, what is reviewed."""

import uuid

from django.db import models


def _organisation(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=models.Q(organisation__regex=r"^[0-9]{20}$"), name=f"{name}_organisation")


class Assist(models.Model):
    """A worker helps a person for a while. `worker` and `party` are parties; the name and the document are sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.CharField(max_length=20)
    unit = models.CharField(max_length=60)
    worker = models.UUIDField()
    staff = models.CharField(max_length=20, help_text="audit reference of the worker")
    party = models.UUIDField(db_index=True)
    how = models.CharField(max_length=10, help_text="one of How")
    presence = models.CharField(max_length=12, help_text="one of Presence")
    reason = models.CharField(max_length=40, help_text="a key of content/desk.yaml; empty in an emergency")
    permissions = models.JSONField()
    sealed = models.BinaryField(help_text="name, document, why it is an emergency")
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended = models.CharField(max_length=12, blank=True, help_text="one of Ended")
    took_over = models.UUIDField(null=True, help_text="the help of a colleague that this goes on with")

    class Meta:
        db_table = "desk_assist"
        constraints = [
            _organisation("assist"),
            models.UniqueConstraint(
                fields=["worker"], condition=models.Q(ended_at__isnull=True), name="assist_one_per_worker"
            ),
            models.CheckConstraint(condition=models.Q(until__gt=models.F("opened_at")), name="assist_has_time"),
        ]


class Note(models.Model):
    """What a worker wrote down of a talk; the person can read it. `case`: about which case, when about one."""

    organisation = models.CharField(max_length=20)
    assist = models.ForeignKey(Assist, on_delete=models.CASCADE, related_name="notes")
    party = models.UUIDField(db_index=True)
    case = models.UUIDField(null=True, db_index=True)
    written_at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        db_table = "desk_note"
        constraints = [_organisation("note")]


class ShownCode(models.Model):
    """A code somebody shows or has in a letter, found by its keyed hash, used once."""

    party = models.UUIDField(db_index=True)
    presence = models.CharField(max_length=12)
    lookup = models.CharField(max_length=64, unique=True)
    sealed = models.BinaryField(help_text="name")
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "desk_shown_code"


class Tried(models.Model):
    """A search, a wrong code or a wrong answer: too many in a while and it stops. `whom`: a keyed hash, if known."""

    kind = models.CharField(max_length=10)
    worker = models.UUIDField(db_index=True)
    whom = models.CharField(max_length=64, blank=True, db_index=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "desk_tried"


class Barred(models.Model):
    """Whom a worker may not see, by keyed hash: their own record (told by the employer), family (told or found)."""

    organisation = models.CharField(max_length=20)
    worker = models.UUIDField(db_index=True)
    lookup = models.CharField(max_length=64)
    kind = models.CharField(max_length=10)
    told_at = models.DateTimeField()

    class Meta:
        db_table = "desk_barred"
        constraints = [
            _organisation("barred"),
            models.UniqueConstraint(fields=["worker", "lookup"], name="barred_once"),
        ]


class Opening(models.Model):
    """A worker opened a case or began to help somebody; some of these are looked at by a reviewer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.CharField(max_length=20)
    unit = models.CharField(max_length=60)
    staff = models.CharField(max_length=20)
    worker = models.UUIDField()
    party = models.UUIDField()
    case = models.UUIDField(null=True)
    assist = models.UUIDField(null=True)
    reason_sealed = models.BinaryField()
    at = models.DateTimeField()
    review = models.CharField(max_length=10, blank=True, help_text="why it is reviewed: sample or emergency")
    outcome = models.CharField(max_length=10, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewer = models.CharField(max_length=20, blank=True)
    remark_sealed = models.BinaryField(null=True)

    class Meta:
        db_table = "desk_opening"
        constraints = [
            _organisation("opening"),
            models.CheckConstraint(
                condition=models.Q(reviewed_at__isnull=True, outcome="", reviewer="")
                | (models.Q(reviewed_at__isnull=False) & ~models.Q(outcome="") & ~models.Q(reviewer="")),
                name="opening_reviewed_as_a_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "at"],
                name="opening_to_review",
                condition=~models.Q(review="") & models.Q(reviewed_at__isnull=True),
            )
        ]


class CallBack(models.Model):
    """Somebody asks to be called, by the last day of the term. Name, number and subject are sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.CharField(max_length=20)
    party = models.UUIDField(null=True)
    case = models.UUIDField(null=True)
    sealed = models.BinaryField()
    asked_at = models.DateTimeField()
    call_by = models.DateField()
    lookup = models.CharField(max_length=64, blank=True, default="", help_text="keyed hash of the number to call")
    taken_by = models.CharField(max_length=20, blank=True)
    taken_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, blank=True)

    class Meta:
        db_table = "desk_call_back"
        constraints = [_organisation("call_back")]
        indexes = [
            models.Index(
                fields=["organisation", "call_by"], name="call_back_list", condition=models.Q(done_at__isnull=True)
            )
        ]


class Conference(models.Model):
    """A worker brought in the organisation that decides on a case; both see only what their own task allows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.CharField(max_length=20, help_text="who asked")
    invited = models.CharField(max_length=20, help_text="who decides on the case")
    assist = models.ForeignKey(Assist, on_delete=models.CASCADE, related_name="conferences")
    party = models.UUIDField()
    case = models.UUIDField()
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "desk_conference"
        constraints = [
            _organisation("conference"),
            models.UniqueConstraint(
                fields=["case", "organisation"],
                condition=models.Q(ended_at__isnull=True),
                name="conference_one_open_per_case_and_organisation",
            ),
            models.CheckConstraint(
                condition=~models.Q(organisation=models.F("invited")), name="conference_of_two_organisations"
            ),
        ]


class Said(models.Model):
    """What one of the two said in a conference; each organisation seals its own words."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="words")
    organisation = models.CharField(max_length=20)
    staff = models.CharField(max_length=20)
    said_at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        db_table = "desk_said"
        constraints = [_organisation("said")]
