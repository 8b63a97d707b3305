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
                choices=[("represented", "Represented"), ("representative", "Representative")],
                default="",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="wrongcode",
            name="what",
            field=models.CharField(choices=[("code", "Code"), ("letter", "Letter")], default="code", max_length=10),
        ),
    ]
