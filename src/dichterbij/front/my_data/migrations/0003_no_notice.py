from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("my_data", "0002_changed_at")]

    operations = [
        migrations.CreateModel(
            name="NoNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("party", models.UUIDField(unique=True)),
                ("chosen_at", models.DateTimeField()),
            ],
        ),
    ]
