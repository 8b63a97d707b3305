from django.db import migrations, models


class Migration(migrations.Migration):
    """Find quickly whether a person has something with an organisation elsewhere."""

    dependencies = [("providers", "0001_elsewhere")]

    operations = [
        migrations.AddIndex(
            model_name="elsewhere",
            index=models.Index(fields=["party"], name="elsewhere_by_party"),
        ),
    ]
