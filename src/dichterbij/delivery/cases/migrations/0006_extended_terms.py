"""Terms became extendable; no table changed."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_helped_steps"),
    ]

    operations = []
