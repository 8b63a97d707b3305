from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("authority", "0004_proofs"),
    ]

    operations = [
        migrations.AddField(
            model_name="mandate",
            name="ended_because",
            field=models.CharField(
                blank=True,
                help_text="one of Ending",
                default="",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="wrongcode",
            name="what",
            field=models.CharField(help_text="one of Counted", default="code", max_length=10),
        ),
    ]
