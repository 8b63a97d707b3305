from uuid import uuid4

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Verifier",
            fields=[
                ("organisation", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("ground", models.CharField(help_text="law and article, or agreement", max_length=300)),
                ("first_on", models.DateField()),
                ("last_on", models.DateField(blank=True, null=True)),
            ],
            options={"db_table": "verification_verifier"},
        ),
        migrations.CreateModel(
            name="Asked",
            fields=[
                ("id", models.UUIDField(default=uuid4, editable=False, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=20)),
                ("was_yes", models.BooleanField()),
                ("at", models.DateTimeField(db_index=True)),
            ],
            options={
                "db_table": "verification_asked",
                "indexes": [models.Index(fields=["organisation", "at"], name="asked_by_organisation")],
            },
        ),
        migrations.CreateModel(
            name="Told",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organisation", models.CharField(max_length=20)),
                ("deceased", models.UUIDField(db_index=True, help_text="party")),
                ("at", models.DateTimeField(db_index=True)),
            ],
            options={
                "db_table": "verification_told",
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "deceased"), name="told_once_per_organisation")
                ],
            },
        ),
    ]
