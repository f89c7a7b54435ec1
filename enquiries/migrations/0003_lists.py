"""
What the desk's list needs to be quick with many enquiries.

On PostgreSQL also an index of letter groups on what is searched, where `pg_trgm` can be had: the
check search.W001 says if it cannot. Its expressions are those that `icontains` compares.
"""

from django.conf import settings
from django.db import DatabaseError, migrations, models, transaction

SEARCHED = ["reference", "organisation", "name", "email", "phone"]
LETTER_GROUPS = [
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX enquiry_searched ON enquiries_enquiry USING gin ("
    + ", ".join(f"UPPER({column}::text) gin_trgm_ops" for column in SEARCHED)
    + ")",
]


def index_letter_groups(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(using=schema_editor.connection.alias):
            for statement in LETTER_GROUPS:
                schema_editor.execute(statement)
    except DatabaseError:
        pass  # without the right to create extensions the search works, more slowly


def undo(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS enquiry_searched")


class Migration(migrations.Migration):
    dependencies = [
        ("enquiries", "0002_form_day"),
        ("offers", "0001_initial"),
        ("partners", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="enquiry",
            name="created_at",
            field=models.DateTimeField(),
        ),
        migrations.AlterField(
            model_name="websitemessage",
            name="created_at",
            field=models.DateTimeField(),
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(fields=["-created_at", "-id"], name="enquiry_newest"),
        ),
        migrations.AddIndex(
            model_name="interest",
            index=models.Index(
                condition=models.Q(("returned_at__isnull", False)),
                fields=["returned_at"],
                name="interest_returned",
            ),
        ),
        migrations.RunPython(index_letter_groups, undo),
    ]
