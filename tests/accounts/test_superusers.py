"""Nobody becomes a superuser through the CMS, and nobody but a superuser changes one."""

import pytest
from django.urls import reverse

from accounts.models import User

PASSWORD = "three-new-words-here"


@pytest.fixture
def superuser(db):
    return User.objects.create_superuser("root@example.org", PASSWORD, first_name="Root")


@pytest.fixture
def as_administrator(client, person):
    client.force_login(person("admin"))
    return client


def details(user, **changes):
    return {
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name or "Name",
        "is_active": "on",
        "is_superuser": "on",
        "password1": "",
        "password2": "",
        **changes,
    }


def test_an_administrator_cannot_raise_somebody_to_superuser(as_administrator, person):
    desk = person("desk")

    as_administrator.post(
        reverse("wagtailusers_users:edit", args=[desk.pk]), details(desk, first_name="Changed")
    )

    desk.refresh_from_db()
    assert (desk.first_name, desk.is_superuser) == ("Changed", False)


def test_an_administrator_cannot_make_a_superuser(as_administrator):
    new = User(email="new@example.org", first_name="New")

    as_administrator.post(
        reverse("wagtailusers_users:add"), details(new, password1=PASSWORD, password2=PASSWORD)
    )

    assert not User.objects.get(email="new@example.org").is_superuser


@pytest.mark.parametrize("action", ["edit", "delete"])
def test_an_administrator_cannot_touch_a_superuser(as_administrator, superuser, action):
    address = reverse(f"wagtailusers_users:{action}", args=[superuser.pk])
    changes = details(superuser, first_name="Taken", password1="x" * 20, password2="x" * 20)

    assert as_administrator.get(address).status_code == 302
    assert as_administrator.post(address, changes).status_code == 302

    superuser.refresh_from_db()
    assert superuser.first_name == "Root"
    assert superuser.check_password(PASSWORD)


def test_a_superuser_can_still_change_accounts(client, superuser, person):
    client.force_login(superuser)
    desk = person("desk")

    client.post(
        reverse("wagtailusers_users:edit", args=[desk.pk]), details(desk, first_name="Changed")
    )

    desk.refresh_from_db()
    assert desk.first_name == "Changed"


@pytest.mark.parametrize(
    ("action", "data"),
    [("set_active_state", {"mark_as_active": "False"}), ("assign_role", {"role": "1"})],
)
def test_an_administrator_changes_no_superuser_among_several(
    as_administrator, superuser, person, action, data
):
    address = f"/admin/bulk/accounts/user/{action}/?id={superuser.pk}&id={person('editor').pk}"

    as_administrator.post(address, data)

    superuser.refresh_from_db()
    assert superuser.is_active
    assert not superuser.groups.exists()
    assert person("editor").is_active
