"""How somebody wants their letters moves to the room that keeps every wish; what it means stays the same."""

from django.db import migrations


def move(apps, _schema_editor):
    """Copy each choice for paper to the wish about that organisation."""
    wish = apps.get_model("contact", "Wish")
    wish.objects.bulk_create(
        wish(party=row.party, organisation=row.organisation, by_post=row.by_post, changed_at=row.changed_at)
        for row in apps.get_model("messages", "Preference").objects.all()
    )


def move_back(apps, _schema_editor):
    """Copy the wishes about organisations back."""
    preference = apps.get_model("messages", "Preference")
    wishes = apps.get_model("contact", "Wish").objects.filter(product="").exclude(organisation="")
    preference.objects.bulk_create(
        preference(party=row.party, organisation=row.organisation, by_post=row.by_post, changed_at=row.changed_at)
        for row in wishes.exclude(by_post=None)
    )


class Migration(migrations.Migration):
    dependencies = [("messages", "0003_matter"), ("contact", "0001_contact_details")]

    operations = [migrations.RunPython(move, move_back), migrations.DeleteModel(name="Preference")]
