"""What is kept: personal plans, until a year after the last look."""

from uuid import uuid4

from django.db import models


class Plan(models.Model):
    """The plan of one person after one life event.

    `cause`: the registry event it waits for, empty when the person started it. `about_sealed`: who died and what is
    known of the event. `is_waiting`: the person has not looked yet; until then nothing is read for it. `changed_at`: a
    register told since `asked_at` that it says something else of the person.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    party = models.UUIDField(db_index=True)
    operator = models.CharField(max_length=20)
    event = models.CharField(max_length=60)
    cause = models.CharField(max_length=80, blank=True)
    about_sealed = models.BinaryField()
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    last_seen_on = models.DateField()
    is_waiting = models.BooleanField(default=False)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("party", "cause"), condition=~models.Q(cause=""), name="one_plan_per_person_and_cause"
            ),
        )


class PlanCard(models.Model):
    """A card as it stood for the person when the organisations were last asked.

    `content_sealed`: facts used, explanation and questions, per language, as shown. `organisation` is the number of
    the body, empty for one that is only an address. `unavailable_since`: it could not be asked; this is older.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="cards")
    card = models.CharField(max_length=60)
    organisation = models.CharField(max_length=20, blank=True)
    group = models.CharField(max_length=20)
    verdict = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    day = models.DateField(null=True)
    amount_cents = models.BigIntegerField(null=True)
    content_sealed = models.BinaryField()
    asked_at = models.DateTimeField()
    unavailable_since = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("plan", "card"), name="one_row_per_card"),)
