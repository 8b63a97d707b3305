from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("authority", "0005_endings_by_law"),
    ]

    operations = [
        migrations.AddField(
            model_name="registeredauthority",
            name="since",
            field=models.DateField(help_text="on which day it began, where the register says so", null=True),
        ),
    ]
