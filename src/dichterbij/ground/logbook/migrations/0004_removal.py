from django.db import migrations, models

from dichterbij.ground.logbook import append_only


class Migration(migrations.Migration):
    dependencies = [("logbook", "0003_tree")]

    operations = [
        migrations.CreateModel(
            name="Removal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("log", models.CharField(max_length=12)),
                (
                    "last",
                    models.PositiveBigIntegerField(
                        help_text="the last position that was removed: the size of a signed head"
                    ),
                ),
                ("tail", models.BinaryField()),
                ("keep_years", models.PositiveSmallIntegerField()),
                ("ground", models.TextField()),
                ("removed_at", models.DateTimeField()),
                ("operator", models.CharField(max_length=20)),
                ("public_key", models.BinaryField(max_length=32)),
                ("signature", models.BinaryField(max_length=64)),
            ],
            options={
                "db_table": "logbook_removal",
                "constraints": [models.UniqueConstraint(fields=("log", "last"), name="removal_once_per_place")],
            },
        ),
        migrations.RunPython(
            lambda _apps, editor: append_only.guard(editor.connection),
            lambda _apps, editor: _back(editor.connection),
        ),
    ]


def _back(connection):
    append_only.unguard(connection)
    append_only.guard(connection, append_only.SECOND_TABLES)
