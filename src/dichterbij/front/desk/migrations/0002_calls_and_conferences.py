from django.db import migrations, models


class Migration(migrations.Migration):
    """A call is held by one worker for a while; each organisation has its own open conference about a case."""

    dependencies = [("desk", "0001_helping")]

    operations = [
        migrations.RemoveConstraint(model_name="conference", name="conference_one_open_per_case"),
        migrations.AddField(
            model_name="callback",
            name="lookup",
            field=models.CharField(blank=True, default="", help_text="keyed hash of the number to call", max_length=64),
        ),
        migrations.AddField(model_name="callback", name="taken_at", field=models.DateTimeField(null=True)),
        migrations.AddConstraint(
            model_name="conference",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("case", "organisation"),
                name="conference_one_open_per_case_and_organisation",
            ),
        ),
    ]
