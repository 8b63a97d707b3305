import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_correction_requests"),
    ]

    operations = [
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=20)),
                ("reference", models.CharField(max_length=20)),
                ("received_at", models.DateTimeField()),
                ("received_on", models.DateField()),
                ("decide_by", models.DateField()),
                ("is_late", models.BooleanField()),
                ("sealed", models.BinaryField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="objections", to="cases.case"
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="objection", to="cases.decision"
                    ),
                ),
            ],
            options={
                "db_table": "cases_objection",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("organisation__regex", "^[0-9]{20}$")), name="objection_organisation"
                    ),
                    models.UniqueConstraint(fields=("organisation", "reference"), name="objection_reference_once"),
                ],
            },
        ),
    ]
