from django.db import migrations, models

import dichterbij.delivery.cases.domain


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_helped_steps"),
    ]

    operations = [
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
                    (dichterbij.delivery.cases.domain.Step["EXTEND"], dichterbij.delivery.cases.domain.Step["EXTEND"]),
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
    ]
