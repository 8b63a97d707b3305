from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("authority", "0008_who_says_it"),
    ]

    operations = [
        migrations.CreateModel(
            name="RegisteredRepresentative",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("represented", models.UUIDField(db_index=True)),
                ("kind", models.CharField(max_length=20)),
                ("sealed", models.BinaryField(help_text="the name")),
                ("since", models.DateField(null=True)),
                ("fetched_at", models.DateTimeField()),
            ],
        ),
    ]
