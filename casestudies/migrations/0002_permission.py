import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casestudies", "0001_initial"),
        ("core", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SignOff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("digest", models.CharField(max_length=64)),
                ("sent_to", models.EmailField(blank=True, max_length=254)),
                ("contact", models.CharField(blank=True, max_length=200)),
                ("note", models.TextField(blank=True)),
                ("asked_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("approved", "Approved"), ("comment", "Comments")],
                        max_length=10,
                    ),
                ),
                ("comment", models.TextField(blank=True)),
                ("person", models.CharField(blank=True, max_length=200)),
                ("role", models.CharField(blank=True, max_length=120)),
                ("answered_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case_study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_offs",
                        to="casestudies.casestudypage",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "sign-off",
                "default_permissions": ("add", "view"),
            },
        ),
        migrations.CreateModel(
            name="Permission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "organisation",
                    models.CharField(
                        error_messages={"blank": "Enter the organisation"}, max_length=120
                    ),
                ),
                (
                    "person",
                    models.CharField(
                        error_messages={"blank": "Enter who gave the permission"},
                        max_length=200,
                        verbose_name="who gave it",
                    ),
                ),
                ("role", models.CharField(blank=True, max_length=120)),
                (
                    "covers_words",
                    models.BooleanField(default=False, verbose_name="the words may be shown"),
                ),
                (
                    "covers_logo",
                    models.BooleanField(default=False, verbose_name="the logo may be shown"),
                ),
                (
                    "given_on",
                    models.DateField(
                        error_messages={
                            "blank": "Enter when it was given",
                            "invalid": "Enter a date, like 2027-03-31",
                        }
                    ),
                ),
                (
                    "until",
                    models.DateField(
                        error_messages={
                            "blank": "Enter until when it holds",
                            "invalid": "Enter a date, like 2027-03-31",
                        },
                        help_text="The last day. A page that needs it leaves the site after it.",
                        verbose_name="holds until",
                    ),
                ),
                (
                    "evidence",
                    models.CharField(
                        error_messages={"blank": "Enter where the evidence is kept"},
                        help_text="Where it can be read, for example the file of an email.",
                        max_length=300,
                    ),
                ),
                ("withdrawn_on", models.DateField(blank=True, editable=False, null=True)),
                ("withdrawn_why", models.CharField(blank=True, editable=False, max_length=300)),
                ("created_at", models.DateTimeField(editable=False)),
                ("erase_asked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case_study",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: it was given before the page was made.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="permissions",
                        to="casestudies.casestudypage",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        help_text="The one picture that may be shown, with everybody in it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="permissions",
                        to="core.siteimage",
                    ),
                ),
                (
                    "sign_off",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="permissions",
                        to="casestudies.signoff",
                    ),
                ),
            ],
            options={
                "verbose_name": "permission",
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case_study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviews",
                        to="casestudies.casestudypage",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("case_study", "digest"), name="review_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("author", None),
                            ("reviewer", None),
                            models.Q(("author", models.F("reviewer")), _negated=True),
                            _connector="OR",
                        ),
                        name="review_by_somebody_else",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="signoff",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at", None)),
                    models.Q(
                        models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="signoff_answered_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="signoff",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answer", ""), ("withdrawn_at", None)),
                fields=("case_study",),
                name="signoff_one_question_at_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="permission",
            index=models.Index(fields=["until"], name="permission_until"),
        ),
        migrations.AddConstraint(
            model_name="permission",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gte", models.F("given_on"))),
                name="permission_ends_after_it_was_given",
                violation_error_message="It cannot end before the day it was given",
            ),
        ),
        migrations.AddConstraint(
            model_name="permission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_on", None),
                    ("withdrawn_on__gte", models.F("given_on")),
                    _connector="OR",
                ),
                name="permission_withdrawn_after_it_was_given",
            ),
        ),
    ]
