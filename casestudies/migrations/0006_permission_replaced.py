from django.db import migrations, models


def tell_from_words(apps, schema_editor):
    """What the employer replaced by a later answer was known by the words of the reason alone."""
    permissions = apps.get_model("casestudies", "Permission").objects
    permissions.filter(
        withdrawn_on__isnull=False, withdrawn_why__startswith="Replaced by their answer on "
    ).update(is_replaced=True, withdrawn_why="")


def tell_in_words(apps, schema_editor):
    permissions = apps.get_model("casestudies", "Permission").objects
    permissions.filter(is_replaced=True).update(withdrawn_why="Replaced by their answer on a day")


class Migration(migrations.Migration):
    dependencies = [("casestudies", "0005_permissions_of_stories")]

    operations = [
        migrations.AddField(
            model_name="permission",
            name="is_replaced",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddConstraint(
            model_name="permission",
            constraint=models.CheckConstraint(
                condition=models.Q(is_replaced=False) | models.Q(withdrawn_on__isnull=False),
                name="permission_replaced_on_a_day",
            ),
        ),
        migrations.RunPython(tell_from_words, tell_in_words),
    ]
