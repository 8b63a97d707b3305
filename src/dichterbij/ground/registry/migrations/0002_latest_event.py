from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="LatestEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=500)),
                ("subject", models.CharField(max_length=500)),
                ("sequence", models.PositiveBigIntegerField()),
                ("at", models.DateTimeField(db_index=True)),
            ],
            options={
                "db_table": "registry_latest_event",
                "constraints": [
                    models.UniqueConstraint(fields=("source", "subject"), name="latest_event_once_per_subject")
                ],
            },
        ),
    ]
