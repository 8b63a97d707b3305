from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_latest_event")]

    operations = [
        migrations.CreateModel(
            name="Look",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("worker", models.CharField(help_text="audit reference", max_length=20)),
                ("whom", models.CharField(help_text="keyed hash", max_length=64)),
                ("at", models.DateTimeField(db_index=True)),
            ],
            options={
                "db_table": "registry_look",
                "constraints": [models.UniqueConstraint(fields=("worker", "whom"), name="look_once_per_person")],
            },
        ),
    ]
