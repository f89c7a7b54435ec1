"""Administrators look after the connection to the portal: a permission of its own."""

from importlib import import_module

from django.db import migrations

permission = import_module("home.migrations.0002_groups").permission


def give(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name="Administrators"):
        group.permissions.add(permission(apps, "portal.circuit", "operate"))


def take_away(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name="Administrators"):
        group.permissions.remove(permission(apps, "portal.circuit", "operate"))


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0005_portal_permission"),
        ("portal", "0003_circuit"),
    ]

    operations = [migrations.RunPython(give, take_away, elidable=False)]
