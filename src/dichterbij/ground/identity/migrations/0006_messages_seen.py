"""Messages about logging in count once too, so the table is of messages, not of logouts only."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identity", "0005_represents")]

    operations = [
        migrations.RemoveConstraint(model_name="logoutseen", name="one_logout_per_message"),
        migrations.RenameModel(old_name="LogoutSeen", new_name="MessageSeen"),
        migrations.AddConstraint(
            model_name="messageseen",
            constraint=models.UniqueConstraint(fields=["means", "message"], name="one_count_per_message"),
        ),
    ]
