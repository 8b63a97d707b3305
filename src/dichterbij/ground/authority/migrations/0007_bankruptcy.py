from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("authority", "0006_since_when"),
    ]

    operations = [
        migrations.AddField(
            model_name="mandate",
            name="is_bankrupt",
            field=models.BooleanField(default=False, help_text="who gave it is: it covers no money until that ends"),
        ),
        migrations.AddField(
            model_name="registersasked",
            name="is_bankrupt",
            field=models.BooleanField(default=False),
        ),
    ]
