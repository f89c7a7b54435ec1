"""Administrators switch the Business Portal: a permission of its own, to give to others or take."""

from importlib import import_module

from django.db import migrations

permission = import_module("home.migrations.0002_groups").permission


def give(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name="Administrators"):
        group.permissions.add(permission(apps, "portal.portalsettings", "change"))


def take_away(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name="Administrators"):
        group.permissions.remove(permission(apps, "portal.portalsettings", "change"))


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0004_case_study_permission"),
        ("portal", "0001_initial"),
    ]

    operations = [migrations.RunPython(give, take_away, elidable=False)]
