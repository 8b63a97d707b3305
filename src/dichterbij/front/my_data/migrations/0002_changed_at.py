from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("my_data", "0001_initial")]

    operations = [
        migrations.AddField(
            "snapshot",
            "changed_at",
            models.DateTimeField(help_text="the source says it has changed since it was read", null=True),
        ),
    ]
