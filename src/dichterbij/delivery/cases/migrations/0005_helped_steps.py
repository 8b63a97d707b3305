from django.db import migrations, models


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
