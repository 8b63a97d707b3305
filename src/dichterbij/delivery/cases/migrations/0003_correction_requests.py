import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_undone_causes"),
    ]

    operations = [
        migrations.CreateModel(
            name="CorrectionRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=20)),
                ("party", models.UUIDField()),
                ("source", models.CharField(max_length=40)),
                ("name", models.CharField(help_text="the fact or field that is not right", max_length=120)),
                ("reference", models.CharField(max_length=20)),
                ("language", models.CharField(max_length=3)),
                ("received_at", models.DateTimeField()),
                ("received_on", models.DateField()),
                ("answer_by", models.DateField()),
                ("sealed", models.BinaryField()),
                ("is_corrected", models.BooleanField(null=True)),
                ("answered_on", models.DateField(null=True)),
                ("object_until", models.DateField(null=True)),
                ("answered_by", models.CharField(blank=True, help_text="audit reference", max_length=20)),
                ("answer_sealed", models.BinaryField(null=True)),
            ],
            options={
                "db_table": "cases_correction_request",
                "indexes": [
                    models.Index(
                        condition=models.Q(("answered_on__isnull", True)),
                        fields=["organisation", "answer_by"],
                        name="correction_work_list",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("organisation__regex", "^[0-9]{20}$")), name="correction_organisation"
                    ),
                    models.UniqueConstraint(fields=("organisation", "reference"), name="correction_reference_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("answered_on__isnull", True)),
                        fields=("party", "source", "name"),
                        name="correction_one_open_per_datum",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer_sealed__isnull", True),
                                ("answered_on__isnull", True),
                                ("is_corrected__isnull", True),
                            ),
                            models.Q(
                                ("answer_sealed__isnull", False),
                                ("answered_on__isnull", False),
                                ("is_corrected__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="correction_answered_as_a_whole",
                    ),
                ],
            },
        ),
    ]
