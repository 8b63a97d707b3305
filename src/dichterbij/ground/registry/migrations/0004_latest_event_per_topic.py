from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_look")]

    operations = [
        migrations.AddField("latestevent", "topic", models.CharField(default="overlijden", max_length=500)),
        migrations.RemoveConstraint("latestevent", "latest_event_once_per_subject"),
        migrations.AddConstraint(
            "latestevent",
            models.UniqueConstraint(fields=("source", "subject", "topic"), name="latest_event_once_per_topic"),
        ),
    ]
