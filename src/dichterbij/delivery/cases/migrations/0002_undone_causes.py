from django.db import migrations, models

import dichterbij.delivery.cases.domain


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
        migrations.AlterField(
            model_name="casestep",
            name="step",
            field=models.CharField(
                choices=[
                    (dichterbij.delivery.cases.domain.Step["SUBMIT"], dichterbij.delivery.cases.domain.Step["SUBMIT"]),
                    (dichterbij.delivery.cases.domain.Step["TAKE"], dichterbij.delivery.cases.domain.Step["TAKE"]),
                    (dichterbij.delivery.cases.domain.Step["ASK"], dichterbij.delivery.cases.domain.Step["ASK"]),
                    (dichterbij.delivery.cases.domain.Step["ANSWER"], dichterbij.delivery.cases.domain.Step["ANSWER"]),
                    (dichterbij.delivery.cases.domain.Step["LET_GO"], dichterbij.delivery.cases.domain.Step["LET_GO"]),
                    (dichterbij.delivery.cases.domain.Step["REOPEN"], dichterbij.delivery.cases.domain.Step["REOPEN"]),
                    (dichterbij.delivery.cases.domain.Step["DECIDE"], dichterbij.delivery.cases.domain.Step["DECIDE"]),
                    (
                        dichterbij.delivery.cases.domain.Step["PUBLISH"],
                        dichterbij.delivery.cases.domain.Step["PUBLISH"],
                    ),
                    (
                        dichterbij.delivery.cases.domain.Step["WITHDRAW"],
                        dichterbij.delivery.cases.domain.Step["WITHDRAW"],
                    ),
                ],
                max_length=20,
            ),
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
