"""Somebody is known by an e-mail address, in any case of letters."""

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction

from accounts.models import User


def test_a_user_is_saved_with_a_lower_case_address(db):
    user = User.objects.create_user("New.Person@Example.ORG", "a-long-password-9")

    user.refresh_from_db()
    assert user.email == "new.person@example.org"
    assert user.check_password("a-long-password-9")
    assert not user.is_staff
    assert not user.is_superuser


def test_a_user_without_a_password_cannot_sign_in_by_one(db):
    user = User.objects.create_user("new@example.org")

    assert not user.has_usable_password()
    assert authenticate(email="new@example.org", password="") is None


def test_a_superuser_may_do_everything(db):
    user = User.objects.create_superuser("new@example.org", "a-long-password-9")

    assert user.is_staff
    assert user.is_superuser
    assert user.has_perm("enquiries.view_enquiry")


@pytest.mark.parametrize(
    "typed", ["editor@example.org", "EDITOR@example.org", "Editor@Example.Org"]
)
def test_a_user_is_found_in_any_case_of_letters(person, typed):
    assert User.objects.get_by_natural_key(typed) == person("editor")


@pytest.mark.parametrize("again", ["editor@example.org", "EDITOR@EXAMPLE.ORG"])
def test_an_address_belongs_to_one_user_in_any_case_of_letters(person, again):
    assert person("editor")

    with pytest.raises(IntegrityError), transaction.atomic():
        User(email=again).save()


def test_a_user_has_no_username(person):
    editor = person("editor")

    assert editor.username is None
    assert User.USERNAME_FIELD == "email"
    assert editor.get_username() == "editor@example.org"


def test_a_user_is_called_by_name_or_else_by_address(person):
    assert str(person("editor")) == "Eddie Editor"
    assert str(User(email="new@example.org")) == "new@example.org"
