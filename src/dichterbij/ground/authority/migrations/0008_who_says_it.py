from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forget(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Forget what registers said before it was kept which one did: it is asked again at the next act."""
    apps.get_model("authority", "RegisteredAuthority").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("authority", "0007_bankruptcy"),
    ]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
        migrations.AddField(
            model_name="registeredauthority",
            name="register",
            field=models.CharField(default="", help_text="which one said it", max_length=10),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="registeredauthority",
            name="unclear",
            field=models.CharField(
                blank=True, default="", help_text="why a human must find out: one of Unclear", max_length=20
            ),
        ),
        migrations.AddField(
            model_name="registeredauthority",
            name="speaks_for",
            field=models.JSONField(default=list, help_text="in the names of which parties an heir acts and agrees"),
        ),
        migrations.CreateModel(
            name="RegisteredRepresentative",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("represented", models.UUIDField(db_index=True)),
                ("kind", models.CharField(max_length=20)),
                ("sealed", models.BinaryField(help_text="the name")),
                ("since", models.DateField(null=True)),
                ("fetched_at", models.DateTimeField()),
            ],
        ),
    ]
