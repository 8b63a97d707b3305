"""As what somebody acted for the applicant whom a worker helped."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A step says as what the person who was there acted."""

    dependencies = [("cases", "0013_notices_of_default")]

    operations = [
        migrations.AddField(
            model_name="casestep",
            name="helped_as",
            field=models.CharField(
                blank=True,
                default="",
                help_text="as what the person acted for the applicant, if they did",
                max_length=20,
            ),
        )
    ]
