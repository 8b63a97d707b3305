from django.db import migrations, models

from dichterbij.ground.logbook import append_only


class Migration(migrations.Migration):
    dependencies = [("logbook", "0002_append_only")]

    operations = [
        migrations.AddField(
            model_name="head",
            name="root",
            field=models.BinaryField(
                max_length=32, null=True, help_text="of the tree of so many lines; none before there was a tree"
            ),
        ),
        migrations.CreateModel(
            name="Node",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("log", models.CharField(max_length=12)),
                ("level", models.PositiveSmallIntegerField(help_text="it stands on 2 to this power lines")),
                ("number", models.PositiveBigIntegerField(help_text="how many of this level stand before it")),
                ("hash", models.BinaryField(max_length=32)),
            ],
            options={
                "db_table": "logbook_node",
                "constraints": [models.UniqueConstraint(fields=("log", "level", "number"), name="node_once_per_place")],
            },
        ),
        migrations.RunPython(
            lambda _apps, editor: append_only.guard(editor.connection, append_only.SECOND_TABLES),
            lambda _apps, editor: append_only.unguard(editor.connection, ("logbook_node",)),
        ),
    ]
