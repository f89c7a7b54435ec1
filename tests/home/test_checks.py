"""Duties with a date: a check fails, and administrators see it in the CMS."""

from datetime import timedelta

import pytest
from django.core.checks import run_checks
from django.utils import timezone

from enquiries.models import PrivacyNotice
from home.checks import duties_are_kept, overdue_duties
from home.models import AccessibilityStatementPage, SecurityContact

YEAR = timedelta(days=365)
pytestmark = pytest.mark.django_db


def ids(on=None):
    """What is overdue on a day, or else today."""
    return [message.id for message in overdue_duties(on or timezone.localdate())]


def test_nothing_is_overdue_on_the_day_the_content_was_loaded(home):
    assert ids() == []


def test_the_check_fails_when_the_statement_was_not_reviewed_for_12_months(home):
    reviewed = AccessibilityStatementPage.objects.get().reviewed_on
    SecurityContact.objects.update(expires_on=reviewed + 3 * YEAR)

    assert ids(on=reviewed + YEAR) == []
    assert ids(on=reviewed + YEAR + timedelta(days=1)) == ["home.E002"]


def test_the_check_fails_when_no_statement_is_published(home):
    AccessibilityStatementPage.objects.get().unpublish()

    assert ids() == ["home.E001"]


@pytest.mark.parametrize(
    ("days", "expected"), [(31, []), (30, []), (29, ["home.W001"]), (1, ["home.W001"])]
)
def test_the_check_warns_30_days_before_security_txt_runs_out(home, days, expected, today):
    SecurityContact.objects.update(expires_on=today + timedelta(days=days))

    assert ids() == expected


def test_the_check_fails_when_security_txt_has_run_out_or_is_not_there(home, today):
    SecurityContact.objects.update(expires_on=today)
    assert ids() == ["home.E004"]

    SecurityContact.objects.update(contact="")
    assert ids() == ["home.E003"]


def test_the_check_fails_without_a_privacy_notice_in_force(home, today):
    PrivacyNotice.objects.update(in_force_from=today + timedelta(days=1))

    assert ids() == ["home.E005"]


def test_the_check_belongs_to_a_deployment_with_a_database(home, django_assert_num_queries):
    PrivacyNotice.objects.all().delete()

    found = run_checks(include_deployment_checks=True, databases=["default"])
    assert "home.E005" in {message.id for message in found}
    with django_assert_num_queries(0):
        assert duties_are_kept(databases=None) == []
    assert "home.E005" not in {message.id for message in run_checks()}


@pytest.mark.parametrize(("name", "sees"), [("admin", True), ("editor", False), ("desk", False)])
def test_administrators_see_in_the_cms_what_runs_out(client, person, name, sees, today):
    SecurityContact.objects.update(expires_on=today + timedelta(days=10))
    client.force_login(person(name))

    text = client.get("/admin/").content.decode()

    assert ("security.txt runs out in less than 30 days" in text) is sees


def test_while_all_is_well_the_cms_says_nothing(client, person, home):
    client.force_login(person("admin"))

    assert "Legal duties" not in client.get("/admin/").content.decode()
