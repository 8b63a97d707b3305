"""Who signed paper for a company."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A form and a piece of post say who signed for the company."""

    dependencies = [("paper", "0002_unanswered_and_wrong_tries")]

    operations = [
        migrations.AddField(
            model_name="form",
            name="signer",
            field=models.UUIDField(help_text="who acts for the company for which it was filled in", null=True),
        ),
        migrations.AddField(
            model_name="form",
            name="signer_sealed",
            field=models.BinaryField(help_text="their name", null=True),
        ),
        migrations.AddField(
            model_name="received",
            name="signer",
            field=models.UUIDField(help_text="who signed for the company", null=True),
        ),
        migrations.AddField(
            model_name="received",
            name="signer_sealed",
            field=models.BinaryField(help_text="their name", null=True),
        ),
    ]
