"""Let the database refuse every change and removal."""

from django.db import migrations

from dichterbij.ground.logbook import append_only


class Migration(migrations.Migration):
    dependencies = [("logbook", "0001_initial")]

    operations = [
        migrations.RunPython(
            lambda _apps, editor: append_only.guard(editor.connection, append_only.FIRST_TABLES),
            lambda _apps, editor: append_only.unguard(editor.connection, append_only.FIRST_TABLES),
        )
    ]
