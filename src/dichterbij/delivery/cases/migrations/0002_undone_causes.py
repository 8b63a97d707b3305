from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="cause",
            field=models.CharField(blank=True, help_text="the event it was begun for, if any", max_length=80),
        ),
        migrations.AddField(
            model_name="case",
            name="cause_gone_on",
            field=models.DateField(help_text="when that event turned out not to have happened", null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="term_from",
            field=models.DateField(help_text="when the term began anew; empty: on the day it was received", null=True),
        ),
        migrations.AddField(
            model_name="draft",
            name="cause",
            field=models.CharField(blank=True, help_text="the event it was begun for, if any", max_length=80),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(condition=models.Q(("cause", ""), _negated=True), fields=["cause"], name="case_cause"),
        ),
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(condition=models.Q(("cause", ""), _negated=True), fields=["cause"], name="draft_cause"),
        ),
    ]
