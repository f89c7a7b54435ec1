"""Editors and administrators ask employers for their approval, and keep what was agreed."""

from importlib import import_module

from django.db import migrations

permission = import_module("home.migrations.0002_groups").permission

GROUPS = ("Editors", "Administrators")
MODELS = {
    "casestudies.permission": "add change view",
    "casestudies.signoff": "add view",
}


def give(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.add(*_all(apps))


def take_away(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.remove(*_all(apps))


def _all(apps):
    return [
        permission(apps, label, action)
        for label, actions in MODELS.items()
        for action in actions.split()
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0003_partner_area"),
        ("casestudies", "0002_permission"),
    ]

    operations = [migrations.RunPython(give, take_away, elidable=False)]
