"""Appointments, and what they take of a location: the database gives no place twice."""

import uuid

from django.db import models


def _organisation(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=models.Q(organisation__regex=r"^[0-9]{20}$"), name=f"{name}_organisation")


class Booking(models.Model):
    """An appointment at a location of an organisation. `topic`: a key of content, empty when it is about a case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.CharField(max_length=20)
    location = models.CharField(max_length=60)
    party = models.UUIDField()
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    topic = models.CharField(max_length=60, blank=True)
    case = models.UUIDField(null=True)
    number = models.CharField(max_length=4)
    version = models.PositiveSmallIntegerField(default=0)
    made_by = models.CharField(max_length=60, blank=True, help_text="on which authority, when not the person")
    booked_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "appointments_booking"
        constraints = [
            _organisation("booking"),
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("begins_at")), name="booking_takes_time"),
            models.CheckConstraint(
                condition=models.Q(topic="", case__isnull=False) | (~models.Q(topic="") & models.Q(case__isnull=True)),
                name="booking_about_one_thing",
            ),
        ]
        indexes = [
            models.Index(fields=["party", "begins_at"], name="booking_of_person"),
            models.Index(fields=["organisation", "begins_at"], name="booking_of_day"),
        ]


class Taken(models.Model):
    """Five minutes of one place at a location, and of one person: each can be given only once."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="ticks")
    location = models.CharField(max_length=60)
    place = models.PositiveSmallIntegerField()
    party = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        db_table = "appointments_taken"
        constraints = [
            models.UniqueConstraint(fields=["location", "at", "place"], name="taken_place_once"),
            models.UniqueConstraint(fields=["party", "at"], name="taken_person_once"),
        ]
