"""Who looks after the members of partners in the CMS."""

import importlib

from django.db import migrations

groups = importlib.import_module("home.migrations.0002_groups")
NAMES = [groups.ADMINISTRATORS, groups.EDITORS]
MODELS = {
    "partners.membership": "change delete view",
    "partners.invitation": "add delete view",
}


def permissions(apps):
    return [
        groups.permission(apps, label, action)
        for label, actions in MODELS.items()
        for action in actions.split()
    ]


def let_editors_look_after_members(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=NAMES):
        group.permissions.add(*permissions(apps))


def take_it_back(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=NAMES):
        group.permissions.remove(*permissions(apps))


class Migration(migrations.Migration):
    dependencies = [("home", "0002_groups"), ("partners", "0002_members")]

    operations = [
        migrations.RunPython(let_editors_look_after_members, take_it_back, elidable=False),
    ]
