import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("messages", "0004_one_model_of_wishes"),
    ]

    operations = [
        migrations.CreateModel(
            name="PrintBatch",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("folder", models.CharField(max_length=500)),
                ("begun_at", models.DateTimeField()),
                ("busy_until", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "messages_print_batch",
            },
        ),
        migrations.AddField(
            model_name="message",
            name="is_addressed",
            field=models.BooleanField(default=True, help_text="the letter has an address in its window"),
        ),
        migrations.AddField(
            model_name="printjob",
            name="enclosed_with",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="enclosures",
                to="messages.printjob",
            ),
        ),
        migrations.AddField(
            model_name="printjob",
            name="registered",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="printjob",
            name="batch",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="jobs", to="messages.printbatch"
            ),
        ),
        migrations.CreateModel(
            name="ReturnedLetter",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=20)),
                ("party", models.UUIDField()),
                (
                    "reason",
                    models.CharField(
                        help_text="one of Reason",
                        max_length=20,
                    ),
                ),
                ("returned_on", models.DateField()),
                ("known_at", models.DateTimeField()),
                (
                    "settled",
                    models.CharField(
                        blank=True,
                        help_text="one of Settled",
                        max_length=20,
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="returned", to="messages.message"
                    ),
                ),
            ],
            options={
                "db_table": "messages_returned_letter",
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled_at__isnull", True)),
                        fields=["organisation", "party"],
                        name="returned_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("organisation__regex", "^[0-9]{20}$")), name="returned_organisation"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled", ""), ("settled_at__isnull", True)),
                            models.Q(models.Q(("settled", ""), _negated=True), ("settled_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="returned_settled_as_a_whole",
                    ),
                ],
            },
        ),
    ]
