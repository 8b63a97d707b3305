from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("messages", "0001_initial"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="preference",
            constraint=models.CheckConstraint(
                condition=models.Q(("organisation__regex", "^[0-9]{20}$")), name="preference_organisation"
            ),
        ),
        migrations.AddConstraint(
            model_name="printjob",
            constraint=models.CheckConstraint(
                condition=models.Q(("organisation__regex", "^[0-9]{20}$")), name="print_job_organisation"
            ),
        ),
    ]
