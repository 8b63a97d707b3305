from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contact", "0001_contact_details"),
    ]

    operations = [
        migrations.CreateModel(
            name="Outage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organisation", models.CharField(max_length=20)),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "db_table": "contact_outage",
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "began_at"), name="contact_outage_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None), ("ended_at__gte", models.F("began_at")), _connector="OR"
                        ),
                        name="contact_outage_ends_after_it_begins",
                    ),
                ],
            },
        ),
    ]
