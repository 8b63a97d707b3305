from uuid import uuid4

from django.db import migrations, models


class Migration(migrations.Migration):
    """A body hears that a death was a mistake by the number of its question; those of before get one nobody knows."""

    dependencies = [("verification", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="verifier",
            name="corrections_at",
            field=models.CharField(default="", help_text="address that hears of corrections", max_length=300),
        ),
        migrations.RemoveConstraint(model_name="told", name="told_once_per_organisation"),
        migrations.AddField(
            model_name="told",
            name="question",
            field=models.UUIDField(default=uuid4),
        ),
    ]
