"""The name by which Europe calls an identifier is longer than our own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identity", "0006_messages_seen")]

    operations = [
        migrations.AlterField(model_name="partyidentifier", name="type", field=models.CharField(max_length=100)),
    ]
