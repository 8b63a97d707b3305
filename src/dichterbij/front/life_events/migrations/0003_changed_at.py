from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("life_events", "0002_answers_move_to_the_ground")]

    operations = [migrations.AddField("plan", "changed_at", models.DateTimeField(null=True))]
