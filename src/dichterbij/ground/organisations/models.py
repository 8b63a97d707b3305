"""Organisations, units, staff, and the one row that says what this instance is."""

from django.db import models

from .domain import Kind, Mode


class Organisation(models.Model):
    """A body, by its OIN."""

    oin = models.CharField(primary_key=True, max_length=20)
    key = models.SlugField(unique=True, help_text="how content and activities name it: `duo`")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=30, help_text="one of Kind")
    territory = models.CharField(max_length=20)
    hosted = models.BooleanField()
    provider_url = models.URLField(blank=True)
    theme = models.SlugField(blank=True)
    public_keys = models.JSONField(default=dict, blank=True, help_text="of a body elsewhere: `sign` and `exchange`")
    may_ask = models.BooleanField(default=False, help_text="its portal may ask here in the name of who is logged in")
    may_mandate = models.BooleanField(default=False, help_text="it is believed about mandates that were given there")
    contact = models.JSONField(help_text="phone, url, address, hours and note per language")
    closed = models.JSONField(default=list, help_text="ways that are closed for now: click, call, counter, paper")

    class Meta:
        db_table = "organisations_organisation"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(oin__regex=r"^[0-9]{20}$"), name="organisation_oin_has_20_digits"
            ),
            models.CheckConstraint(condition=models.Q(kind__in=list(Kind)), name="organisation_known_kind"),
            models.CheckConstraint(
                condition=models.Q(hosted=False) | models.Q(provider_url=""), name="organisation_hosted_here_or_there"
            ),
        ]


class Unit(models.Model):
    """A team of an organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="units")
    key = models.SlugField()
    name = models.CharField(max_length=120)

    class Meta:
        db_table = "organisations_unit"
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="unit_once_per_organisation")]


class Staff(models.Model):
    """Somebody works for a unit. `audit_ref` stands for them in logs; only an auditor may turn it into a name."""

    party = models.UUIDField(db_index=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="staff")
    roles = models.JSONField()
    first_on = models.DateField()
    last_on = models.DateField(null=True, blank=True)
    audit_ref = models.CharField(max_length=20, unique=True)

    class Meta:
        db_table = "organisations_staff"
        constraints = [
            models.UniqueConstraint(fields=["party", "unit", "first_on"], name="staff_once_per_unit"),
            models.CheckConstraint(
                condition=models.Q(last_on__isnull=True) | models.Q(last_on__gte=models.F("first_on")),
                name="staff_ends_after_it_begins",
            ),
        ]


class Instance(models.Model):
    """What this instance is and who operates it: exactly one row, made with the database."""

    number = models.PositiveSmallIntegerField(primary_key=True, default=1)
    mode = models.CharField(max_length=20, help_text="one of Mode")
    operator = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "organisations_instance"
        constraints = [
            models.CheckConstraint(condition=models.Q(number=1), name="instance_is_one"),
            models.CheckConstraint(condition=models.Q(mode__in=list(Mode)), name="instance_known_mode"),
        ]
