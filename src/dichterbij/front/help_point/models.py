"""Points where people get help, and how often something was asked there. Nothing about anybody."""

from django.db import models


class HelpPoint(models.Model):
    """A point, as the file of the operator says."""

    key = models.SlugField(primary_key=True, max_length=60)
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=120)
    postcode = models.CharField(max_length=7, blank=True)
    place = models.CharField(max_length=80)
    phone = models.CharField(max_length=20, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    hours = models.JSONField(help_text="weekday (0 is Monday) with its spans")

    class Meta:
        db_table = "help_point_point"


class QuestionCount(models.Model):
    """How often a subject was asked at a point in a month. Also of a point that is gone."""

    point = models.CharField(max_length=60)
    month = models.DateField()
    subject = models.CharField(max_length=60)
    number = models.PositiveIntegerField()

    class Meta:
        db_table = "help_point_question_count"
        constraints = [
            models.UniqueConstraint(fields=["point", "month", "subject"], name="question_count_once"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="question_count_of_a_month"),
        ]
