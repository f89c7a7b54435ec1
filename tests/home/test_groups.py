"""Who may do what in the CMS: exactly this, and nothing more."""

import pytest
from django.contrib.auth.models import Group
from django.urls import NoReverseMatch, reverse
from wagtail.models import Workflow, WorkflowContentType

from accounts.models import User
from home.models import PlainPage
from offers.models import OfferLink, OfferPage
from partners.models import Partner

SNIPPET = {"add", "change", "delete", "view"}
REVIEWED = {*SNIPPET, "publish", "lock", "unlock"}
CONTENT = {
    "wagtailadmin.admin": {"access"},
    "partners.partner": REVIEWED,
    "partners.membership": {"change", "delete", "view"},
    "partners.invitation": {"add", "delete", "view"},
    "offers.offerlink": REVIEWED,
    "offers.sector": SNIPPET,
    "impact.impactfact": SNIPPET,
    "casestudies.casestudytag": SNIPPET,
    "casestudies.permission": {"add", "change", "view"},
    "casestudies.signoff": {"add", "view"},
    "core.otherhelp": {"change"},
    "core.sitemessage": {"change"},
    "wagtailredirects.redirect": SNIPPET,
    "wagtailsearchpromotions.searchpromotion": {"add", "change", "delete"},
    "wagtailimages.image": {"add", "change", "choose", "delete"},
}
ENQUIRIES = {
    "enquiries.enquiry": {"view", "change"},
    "enquiries.interest": {"view", "change"},
    "enquiries.websitemessage": {"view", "change"},
    "enquiries.replytemplate": SNIPPET,
    "enquiries.schoolterm": SNIPPET,
}
OUTBOX = {
    "outbox.mailbox": {"view", "change"},
    "outbox.message": {"view", "change"},
}
EXPECTED = {
    "Editors": CONTENT,
    "Enquiry desk": {"wagtailadmin.admin": {"access"}, **ENQUIRIES, **OUTBOX},
    "Administrators": {
        **CONTENT,
        **ENQUIRIES,
        **OUTBOX,
        "enquiries.desksettings": {"change"},
        "core.preelectionperiod": {"change"},
        "home.securitycontact": {"change"},
        "portal.portalsettings": {"change"},
        "portal.circuit": {"operate"},
        "enquiries.privacynotice": SNIPPET,
        "accounts.user": SNIPPET,
        "auth.group": SNIPPET,
        "wagtailcore.site": SNIPPET,
        "wagtailcore.workflow": SNIPPET,
        "wagtailcore.task": SNIPPET,
    },
}
PAGES = {
    "Editors": {"add", "change", "publish", "lock", "unlock"},
    "Enquiry desk": set(),
    "Administrators": {"add", "change", "publish", "lock", "unlock", "bulk_delete"},
}


FILES = {
    "wagtailimages.image": {"add", "change", "choose"},
}
COLLECTIONS = {
    "Editors": FILES,
    "Enquiry desk": {},
}


def permissions(group):
    found = {}
    for permission in group.permissions.select_related("content_type"):
        action, _, model = permission.codename.rpartition("_")
        found.setdefault(f"{permission.content_type.app_label}.{model}", set()).add(action)
    return found


def test_there_are_three_groups(home):
    assert set(Group.objects.values_list("name", flat=True)) == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_group_has_exactly_these_permissions(home, name):
    assert permissions(Group.objects.get(name=name)) == EXPECTED[name]


@pytest.mark.parametrize("name", PAGES)
def test_a_group_may_do_exactly_this_with_pages(home, name):
    allowed = Group.objects.get(name=name).page_permissions.select_related("permission", "page")

    assert {each.permission.codename.removesuffix("_page") for each in allowed} == PAGES[name]
    assert all(each.page.is_root() for each in allowed)


@pytest.mark.parametrize("name", COLLECTIONS)
def test_a_group_may_do_exactly_this_with_files(home, name):
    found = {}
    for each in Group.objects.get(name=name).collection_permissions.all():
        action, _, model = each.permission.codename.rpartition("_")
        found.setdefault(f"{each.permission.content_type.app_label}.{model}", set()).add(action)
        assert each.collection.is_root()

    assert found == COLLECTIONS[name]


def test_editors_have_no_permission_on_enquiries_mail_users_or_settings(home):
    models = set(permissions(Group.objects.get(name="Editors")))

    assert not {
        model for model in models if model.startswith(("enquiries", "outbox", "accounts", "auth"))
    }
    assert not {model for model in models if model.startswith("wagtailcore")}


def test_partner_members_have_no_group_and_no_way_into_the_cms(client, person):
    member = person("partner")
    client.force_login(member)

    assert not member.groups.exists()
    assert not member.get_all_permissions()
    assert client.get("/admin/pages/").status_code == 302


USERS_AND_SETTINGS = [
    "wagtailusers_users:index",
    "wagtailusers_users:add",
    "wagtailusers_groups:index",
    "wagtailsites:index",
    "wagtailadmin_workflows:index",
    "wagtailadmin_collections:index",
]


@pytest.mark.parametrize("screen", USERS_AND_SETTINGS)
@pytest.mark.parametrize(
    ("name", "status"), [("admin", 200), ("editor", 302), ("desk", 302), ("partner", 302)]
)
def test_users_and_settings_are_for_administrators(client, person, name, status, screen):
    client.force_login(person(name))

    assert client.get(reverse(screen)).status_code == status


def test_an_administrator_makes_an_account_that_has_no_username(client, person, home):
    client.force_login(person("admin"))

    response = client.post(
        reverse("wagtailusers_users:add"),
        {
            "email": "New.Person@Example.org",
            "first_name": "New",
            "last_name": "Person",
            "password1": "long-and-unusual-words-9",
            "password2": "long-and-unusual-words-9",
            "groups": [Group.objects.get(name="Editors").pk],
        },
    )

    assert response.status_code == 302
    user = User.objects.get(email__iexact="new.person@example.org")
    assert list(user.groups.values_list("name", flat=True)) == ["Editors"]
    assert not user.is_superuser


@pytest.mark.parametrize("name", ["editor", "desk"])
def test_nobody_makes_themselves_an_administrator(client, person, name):
    user = person(name)
    client.force_login(user)
    administrators = Group.objects.get(name="Administrators")

    client.post(
        reverse("wagtailusers_users:edit", args=[user.pk]),
        {"email": user.email, "groups": [administrators.pk], "is_superuser": "on"},
    )
    client.post(
        reverse("wagtailadmin_account"),
        {"groups": [administrators.pk], "is_superuser": "on", "is_staff": "on"},
    )

    user.refresh_from_db()
    assert not user.is_superuser
    assert administrators not in user.groups.all()


def test_the_desk_sees_no_pages_to_edit_and_publishes_none(client, person, home):
    client.force_login(person("desk"))
    page = PlainPage.objects.first()

    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 302
    assert client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk])).status_code == 302
    page.refresh_from_db()
    assert page.live


# -- The second pair of eyes --------------------------------------------------------------


def test_one_workflow_is_shared_by_pages_and_the_two_reviewed_snippets(home):
    workflow = Workflow.objects.get(active=True)

    assert workflow.name == "Second pair of eyes"
    assert OfferPage.objects.first().get_workflow() == workflow
    assert Partner.objects.first().get_workflow() == workflow
    assert OfferLink.objects.first().get_workflow() == workflow
    assert WorkflowContentType.objects.count() == 2


def test_editors_and_administrators_approve(home):
    [task] = Workflow.objects.get(active=True).tasks

    assert set(task.specific.groups.values_list("name", flat=True)) == {
        "Editors",
        "Administrators",
    }


def test_the_public_keeps_the_last_approved_page_until_a_second_person_approves(
    client, person, home
):
    offer = OfferPage.objects.get(slug="hire-flexibly")
    offer.title = "Hire well"
    offer.save_revision(user=person("editor"))
    offer.get_workflow().start(offer, person("editor"))
    assert OfferPage.objects.get(pk=offer.pk).title == "Hire flexibly"

    state = offer.current_workflow_task_state
    state.task.specific.on_action(state, person("editor2"), "approve")

    assert OfferPage.objects.get(pk=offer.pk).title == "Hire well"


def test_a_partner_in_review_stays_as_it_was_until_it_is_approved(person, home):
    partner = Partner.objects.get(slug="timewise")
    approved = partner.role
    partner.role = "Something new"
    partner.save_revision(user=person("editor"))
    partner.get_workflow().start(partner, person("editor"))
    assert Partner.objects.get(pk=partner.pk).role == approved

    state = partner.current_workflow_task_state
    state.task.specific.on_action(state, person("editor2"), "approve")

    assert Partner.objects.get(pk=partner.pk).role == "Something new"


def test_interests_have_no_screens_of_their_own():
    with pytest.raises(NoReverseMatch):
        reverse("wagtailsnippets_enquiries_interest:list")
