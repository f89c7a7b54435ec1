"""
The three groups of people who work in the CMS, what each may do, and the workflow they share.

Wagtail's own first migration makes the groups Editors and Moderators and a moderation workflow;
Moderators become Administrators, and a second editor may approve what the first one wrote.
"""

from django.db import migrations

ADMINISTRATORS = "Administrators"
EDITORS = "Editors"
DESK = "Enquiry desk"

CONTENT = {
    "partners.partner": "add change delete view publish lock unlock",
    "offers.offerlink": "add change delete view publish lock unlock",
    "offers.sector": "add change delete view",
    "impact.impactfact": "add change delete view",
    "casestudies.casestudytag": "add change delete view",
    "core.otherhelp": "change",
    "core.sitemessage": "change",
    "wagtailredirects.redirect": "add change delete view",
    "wagtailsearchpromotions.searchpromotion": "add change delete",
}
ENQUIRIES = {
    "enquiries.enquiry": "view change",
    "enquiries.interest": "view change",
    "enquiries.websitemessage": "view change",
    "enquiries.replytemplate": "add change delete view",
    "enquiries.schoolterm": "add change delete view",
}
OUTBOX = {
    "outbox.mailbox": "view change",
    "outbox.message": "view change",
}
MODELS = {
    EDITORS: CONTENT,
    DESK: {**ENQUIRIES, **OUTBOX},
    ADMINISTRATORS: {
        **CONTENT,
        **ENQUIRIES,
        **OUTBOX,
        "enquiries.desksettings": "change",
        "core.preelectionperiod": "change",
        "home.securitycontact": "change",
        "enquiries.privacynotice": "add change delete view",
        "accounts.user": "add change delete view",
        "auth.group": "add change delete view",
        "wagtailcore.site": "add change delete view",
        "wagtailcore.workflow": "add change delete view",
        "wagtailcore.task": "add change delete view",
    },
}
PAGES = {
    EDITORS: "add change publish lock unlock",
    ADMINISTRATORS: "add change publish lock unlock bulk_delete",
}


def permission(apps, label, action):
    """The permission, made if the framework has not made it yet."""
    app, model = label.split(".")
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app, model=model
    )
    found, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind, codename=f"{action}_{model}", defaults={"name": f"Can {action} {model}"}
    )
    return found


def make_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Group.objects.filter(name="Moderators").update(name=ADMINISTRATORS)
    groups = {
        name: Group.objects.get_or_create(name=name)[0] for name in (ADMINISTRATORS, EDITORS, DESK)
    }
    entry = apps.get_model("auth", "Permission").objects.get(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    for name, group in groups.items():
        group.permissions.add(
            entry,
            *(
                permission(apps, label, action)
                for label, actions in MODELS[name].items()
                for action in actions.split()
            ),
        )
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    for name, actions in PAGES.items():
        for action in actions.split():
            GroupPagePermission.objects.get_or_create(
                group=groups[name],
                page=root,
                permission=permission(apps, "wagtailcore.page", action),
            )


def take_documents_away(apps, schema_editor):
    """Wagtail's first migrations let both groups upload documents; the site has none."""
    of_documents = {"permission__content_type__app_label": "wagtaildocs"}
    Group = apps.get_model("auth", "Group")
    apps.get_model("wagtailcore", "GroupCollectionPermission").objects.filter(
        **of_documents
    ).delete()
    Group.permissions.through.objects.filter(**of_documents).delete()


def let_administrators_sort_files(apps, schema_editor):
    root = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    for action in ("add", "change", "delete"):
        apps.get_model("wagtailcore", "GroupCollectionPermission").objects.get_or_create(
            group=apps.get_model("auth", "Group").objects.get(name=ADMINISTRATORS),
            collection=root,
            permission=permission(apps, "wagtailcore.collection", action),
        )


def share_the_workflow(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    GroupApprovalTask = apps.get_model("wagtailcore", "GroupApprovalTask")
    workflow = Workflow.objects.get(name="Moderators approval")
    workflow.name = "Second pair of eyes"
    workflow.save()
    task = GroupApprovalTask.objects.get(name="Moderators approval")
    task.name = "Second pair of eyes"
    task.save()
    task.groups.set(Group.objects.filter(name__in=[ADMINISTRATORS, EDITORS]))
    for label in ("partners.partner", "offers.offerlink"):
        app, model = label.split(".")
        kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
            app_label=app, model=model
        )
        apps.get_model("wagtailcore", "WorkflowContentType").objects.get_or_create(
            content_type=kind, defaults={"workflow": workflow}
        )


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("accounts", "0001_initial"),
        ("casestudies", "0001_initial"),
        ("core", "0001_initial"),
        ("enquiries", "0001_initial"),
        ("impact", "0001_initial"),
        ("offers", "0001_initial"),
        ("outbox", "0001_initial"),
        ("partners", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailredirects", "0001_initial"),
        ("wagtailsearchpromotions", "0008_query_verbose_name"),
    ]

    operations = [
        migrations.RunPython(make_groups, migrations.RunPython.noop, elidable=False),
        migrations.RunPython(take_documents_away, migrations.RunPython.noop, elidable=False),
        migrations.RunPython(
            let_administrators_sort_files, migrations.RunPython.noop, elidable=False
        ),
        migrations.RunPython(share_the_workflow, migrations.RunPython.noop, elidable=False),
    ]
