from django.db import migrations, models

import dichterbij.delivery.cases.domain


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_objections"),
    ]

    operations = [
        migrations.AddField(
            model_name="casestep",
            name="helped_by",
            field=models.CharField(
                blank=True, default="", help_text="whose worker did it with the person", max_length=20
            ),
        ),
        migrations.AddField(
            model_name="casestep",
            name="helped_how",
            field=models.CharField(blank=True, default="", help_text="counter or call", max_length=10),
        ),
        migrations.AddField(
            model_name="casestep",
            name="talk",
            field=models.UUIDField(help_text="in which talk with a worker", null=True),
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
                    (dichterbij.delivery.cases.domain.Step["OBJECT"], dichterbij.delivery.cases.domain.Step["OBJECT"]),
                    (dichterbij.delivery.cases.domain.Step["DOUBT"], dichterbij.delivery.cases.domain.Step["DOUBT"]),
                    (dichterbij.delivery.cases.domain.Step["UNDO"], dichterbij.delivery.cases.domain.Step["UNDO"]),
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
            model_name="casestep",
            index=models.Index(condition=models.Q(("talk__isnull", False)), fields=["talk"], name="step_of_talk"),
        ),
        migrations.AddConstraint(
            model_name="casestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("helped_by", ""), ("helped_how", ""), ("talk__isnull", True)),
                    models.Q(
                        models.Q(("helped_by", ""), _negated=True),
                        models.Q(("helped_how", ""), _negated=True),
                        ("talk__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="step_helped_as_a_whole",
            ),
        ),
    ]
