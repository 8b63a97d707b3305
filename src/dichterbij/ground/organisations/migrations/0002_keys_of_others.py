from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="may_ask",
            field=models.BooleanField(
                default=False, help_text="its portal may ask here in the name of who is logged in"
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="public_keys",
            field=models.JSONField(blank=True, default=dict, help_text="of a body elsewhere: `sign` and `exchange`"),
        ),
    ]
