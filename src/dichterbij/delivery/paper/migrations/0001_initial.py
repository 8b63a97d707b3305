import uuid

import django.db.models.deletion
from django.db import migrations, models

import dichterbij.delivery.paper.domain


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Form",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=20)),
                ("product", models.CharField(max_length=80)),
                ("language", models.CharField(max_length=3)),
                ("version", models.CharField(max_length=16)),
                ("pages", models.PositiveSmallIntegerField()),
                ("party", models.UUIDField(null=True)),
                ("name_sealed", models.BinaryField(null=True)),
                ("lookup", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "db_table": "paper_form",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("organisation__regex", "^[0-9]{20}$")), name="form_organisation"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Received",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=20)),
                (
                    "kind",
                    models.CharField(
                        help_text="one of Kind",
                        max_length=20,
                    ),
                ),
                ("product", models.CharField(max_length=80)),
                (
                    "stage",
                    models.CharField(
                        help_text="one of Stage",
                        max_length=20,
                    ),
                ),
                (
                    "trouble",
                    models.CharField(
                        blank=True,
                        help_text="one of Trouble",
                        max_length=20,
                    ),
                ),
                ("received_on", models.DateField()),
                ("posted_on", models.DateField(null=True)),
                ("opened_at", models.DateTimeField()),
                ("seen", models.JSONField(default=list, help_text="numbers of the pages that were there")),
                ("party", models.UUIDField(null=True)),
                ("name_sealed", models.BinaryField(null=True)),
                ("draft", models.UUIDField(null=True)),
                ("key", models.UUIDField(null=True)),
                ("case", models.UUIDField(null=True)),
                ("staff", models.CharField(help_text="audit reference of who opened the envelope", max_length=20)),
                ("form", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="paper.form")),
            ],
            options={
                "db_table": "paper_received",
            },
        ),
        migrations.CreateModel(
            name="Scan",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=20)),
                ("kind", models.CharField(max_length=3)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("sealed", models.BinaryField()),
                ("added_at", models.DateTimeField()),
                ("staff", models.CharField(max_length=20)),
                (
                    "received",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="scans", to="paper.received"
                    ),
                ),
            ],
            options={
                "db_table": "paper_scan",
            },
        ),
        migrations.AddIndex(
            model_name="received",
            index=models.Index(fields=["organisation", "received_on"], name="received_list"),
        ),
        migrations.AddIndex(
            model_name="received",
            index=models.Index(fields=["case"], name="received_of_case"),
        ),
        migrations.AddConstraint(
            model_name="received",
            constraint=models.CheckConstraint(
                condition=models.Q(("organisation__regex", "^[0-9]{20}$")), name="received_organisation"
            ),
        ),
        migrations.AddConstraint(
            model_name="received",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", dichterbij.delivery.paper.domain.Kind["OBJECTION"]),
                    ("form__isnull", False),
                    _connector="OR",
                ),
                name="received_on_a_form",
            ),
        ),
        migrations.AddConstraint(
            model_name="received",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "stage__in",
                            [
                                dichterbij.delivery.paper.domain.Stage["DONE"],
                                dichterbij.delivery.paper.domain.Stage["CLOSED"],
                            ],
                        ),
                        _negated=True,
                    ),
                    ("case__isnull", False),
                    _connector="OR",
                ),
                name="received_ends_in_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="scan",
            constraint=models.CheckConstraint(
                condition=models.Q(("organisation__regex", "^[0-9]{20}$")), name="scan_organisation"
            ),
        ),
        migrations.AddConstraint(
            model_name="scan",
            constraint=models.UniqueConstraint(fields=("received", "sha256"), name="scan_once"),
        ),
    ]
