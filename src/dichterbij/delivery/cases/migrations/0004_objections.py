import uuid

import django.db.models.deletion
from django.db import migrations, models

import dichterbij.delivery.cases.domain


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_correction_requests"),
    ]

    operations = [
        migrations.AlterField(
            model_name="casestep",
            name="step",
            field=models.CharField(
                choices=[
                    (dichterbij.delivery.cases.domain.Step["SUBMIT"], dichterbij.delivery.cases.domain.Step["SUBMIT"]),
                    (dichterbij.delivery.cases.domain.Step["TAKE"], dichterbij.delivery.cases.domain.Step["TAKE"]),
                    (dichterbij.delivery.cases.domain.Step["ASK"], dichterbij.delivery.cases.domain.Step["ASK"]),
                    (dichterbij.delivery.cases.domain.Step["ANSWER"], dichterbij.delivery.cases.domain.Step["ANSWER"]),
                    (dichterbij.delivery.cases.domain.Step["LET_GO"], dichterbij.delivery.cases.domain.Step["LET_GO"]),
                    (dichterbij.delivery.cases.domain.Step["REOPEN"], dichterbij.delivery.cases.domain.Step["REOPEN"]),
                    (dichterbij.delivery.cases.domain.Step["OBJECT"], dichterbij.delivery.cases.domain.Step["OBJECT"]),
                    (dichterbij.delivery.cases.domain.Step["DOUBT"], dichterbij.delivery.cases.domain.Step["DOUBT"]),
                    (dichterbij.delivery.cases.domain.Step["DECIDE"], dichterbij.delivery.cases.domain.Step["DECIDE"]),
                    (
                        dichterbij.delivery.cases.domain.Step["PUBLISH"],
                        dichterbij.delivery.cases.domain.Step["PUBLISH"],
                    ),
                    (
                        dichterbij.delivery.cases.domain.Step["WITHDRAW"],
                        dichterbij.delivery.cases.domain.Step["WITHDRAW"],
                    ),
                ],
                max_length=20,
            ),
        ),
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
