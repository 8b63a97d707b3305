from uuid import uuid4

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.UUIDField(default=uuid4, editable=False, primary_key=True, serialize=False)),
                ("recipient", models.CharField(max_length=20)),
                ("purpose", models.CharField(max_length=60)),
                ("packet", models.CharField(max_length=60)),
                ("year", models.PositiveSmallIntegerField()),
                ("at_most", models.BigIntegerField(help_text="euro cents", null=True)),
                ("at_least", models.BigIntegerField(help_text="euro cents", null=True)),
                (
                    "days",
                    models.PositiveSmallIntegerField(default=0, help_text="how long the company wants to ask again"),
                ),
                ("code", models.CharField(max_length=64, unique=True)),
                ("asked_at", models.DateTimeField()),
                ("until", models.DateTimeField(db_index=True)),
                ("party", models.UUIDField(db_index=True, null=True)),
                ("opened_at", models.DateTimeField(null=True)),
                ("given_at", models.DateTimeField(null=True)),
                ("given_by", models.UUIDField(null=True)),
                ("given_as", models.CharField(default="", max_length=20)),
                ("is_once", models.BooleanField(default=True)),
                ("refused_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("used_at", models.DateTimeField(null=True)),
                ("line", models.UUIDField(help_text="of the log, where the last answer stands", null=True)),
            ],
            options={
                "db_table": "sharing_consent",
            },
        ),
        migrations.CreateModel(
            name="Recipient",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organisation", models.CharField(max_length=20)),
                ("purpose", models.CharField(max_length=60)),
                ("first_on", models.DateField()),
                ("last_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "db_table": "sharing_recipient",
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "purpose"), name="recipient_once_per_purpose")
                ],
            },
        ),
    ]
