"""The weeks before an election: editors are warned, and what is scheduled may wait."""

from datetime import date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Site

from casestudies.models import CaseStudyPage
from core.models import PreElectionPeriod
from core.working_days import LONDON
from tests.publishing import publish

FIRST, LAST = date(2027, 3, 29), date(2027, 5, 6)
WORDS = "Pre-election period until 6 May 2027"
pytestmark = pytest.mark.django_db


@pytest.fixture
def period(home):
    return PreElectionPeriod.objects.create(site=Site.objects.get(), starts_on=FIRST, ends_on=LAST)


@pytest.fixture
def on_the(monkeypatch):
    """Set the clock to noon of a day."""

    def on_the(day):
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=LONDON)
        monkeypatch.setattr("django.utils.timezone.now", lambda: noon)
        return noon

    return on_the


@pytest.fixture
def study(home):
    return CaseStudyPage.objects.newest_first().first()


@pytest.fixture
def sign_in(client, person):
    """A browser in which an editor signs in, by the clock as it is set."""

    def sign_in():
        client.force_login(person("editor"))
        return client

    return sign_in


def schedule(study, at, *, features_councillor=True):
    """A changed title that is to be published then."""
    study.features_councillor = features_councillor
    study.title = "Scheduled"
    study.go_live_at = at
    publish(study)


def is_published(study):
    return CaseStudyPage.objects.get(pk=study.pk).title == "Scheduled"


# -- The period ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "is_on"),
    [
        (FIRST - timedelta(days=1), False),
        (FIRST, True),
        (LAST, True),
        (LAST + timedelta(days=1), False),
    ],
)
def test_the_period_has_a_first_and_a_last_day(period, day, is_on):
    assert PreElectionPeriod.objects.on(day).exists() is is_on


@pytest.mark.parametrize(("starts_on", "ends_on"), [(LAST, FIRST), (FIRST, None), (None, LAST)])
def test_the_days_come_together_and_in_order(home, starts_on, ends_on):
    period = PreElectionPeriod(site=Site.objects.get(), starts_on=starts_on, ends_on=ends_on)

    with pytest.raises(ValidationError, match="the first before the last, or neither"):
        period.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        period.save()


def test_there_may_be_no_period(home):
    PreElectionPeriod(site=Site.objects.get()).full_clean()


@pytest.mark.parametrize(("name", "status"), [("admin", 200), ("editor", 302), ("desk", 302)])
def test_administrators_set_it(client, person, home, name, status):
    client.force_login(person(name))

    address = f"/admin/settings/core/preelectionperiod/{Site.objects.get().pk}/"

    assert client.get(address).status_code == status


# -- (a) Editors are warned ---------------------------------------------------------------------


@pytest.mark.parametrize(("day", "warned"), [(FIRST, True), (LAST + timedelta(days=1), False)])
@pytest.mark.usefixtures("period")
def test_editors_are_warned_on_the_front_page_and_on_every_editing_screen(
    sign_in, study, on_the, day, warned
):
    on_the(day)
    editor = sign_in()
    parent = study.get_parent()
    addresses = [
        "/admin/",
        f"/admin/pages/{study.pk}/edit/",
        f"/admin/pages/{parent.pk}/edit/",
        f"/admin/pages/add/casestudies/casestudypage/{parent.pk}/",
    ]

    texts = [editor.get(address).content.decode() for address in addresses]

    assert [WORDS in text for text in texts] == [warned] * 4


@pytest.mark.usefixtures("period")
def test_a_page_with_a_councillor_is_pointed_out(sign_in, study, on_the):
    on_the(FIRST)
    editor = sign_in()
    study.features_councillor = True
    study.save_revision()
    other = CaseStudyPage.objects.newest_first()[1]
    words = "This page features a councillor"

    assert words in editor.get(f"/admin/pages/{study.pk}/edit/").content.decode()
    assert words not in editor.get(f"/admin/pages/{other.pk}/edit/").content.decode()


# -- (b) Scheduled publishing waits ------------------------------------------------------------


def test_a_scheduled_page_with_a_councillor_waits_until_the_period_is_over(period, study, on_the):
    now = on_the(FIRST)
    schedule(study, now + timedelta(hours=2))

    for day in (FIRST + timedelta(days=1), LAST):
        on_the(day)
        call_command("publish_scheduled")
        assert not is_published(study)

    on_the(LAST + timedelta(days=1))
    call_command("publish_scheduled")
    assert is_published(study)


def test_other_scheduled_pages_go_out_as_planned(period, study, on_the):
    other = CaseStudyPage.objects.newest_first()[1]
    now = on_the(FIRST)
    schedule(study, now + timedelta(hours=1))
    schedule(other, now + timedelta(hours=2), features_councillor=False)

    on_the(FIRST + timedelta(days=1))
    call_command("publish_scheduled")

    assert not is_published(study)
    assert is_published(other)


def test_without_a_period_nothing_waits(home, study):
    schedule(study, timezone.now() + timedelta(hours=1))
    revision = CaseStudyPage.objects.get(pk=study.pk).latest_revision
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = None
    revision.save()

    call_command("publish_scheduled")

    assert is_published(study)


def test_a_person_may_still_publish_by_hand(period, study, on_the):
    on_the(FIRST)
    study.features_councillor = True
    study.title = "Scheduled"

    publish(study)

    assert is_published(study)


def test_a_page_still_expires_in_the_period(period, study, on_the):
    now = on_the(FIRST)
    study.features_councillor = True
    study.expire_at = now + timedelta(hours=1)
    publish(study)

    on_the(FIRST + timedelta(days=1))
    call_command("publish_scheduled")

    assert not CaseStudyPage.objects.get(pk=study.pk).live


# -- (c) The report ---------------------------------------------------------------------------

REPORT = "/admin/reports/councillors/"


def titles(response):
    return [page.title for page in response.context["object_list"]]


def test_the_report_lists_pages_with_a_councillor_published_or_not(client, person, study):
    published, in_draft, plain = CaseStudyPage.objects.newest_first()[:3]
    published.features_councillor = True
    publish(published)
    in_draft.features_councillor = True
    in_draft.save_revision()
    client.force_login(person("editor"))

    response = client.get(REPORT)

    assert response.status_code == 200
    assert sorted(titles(response)) == sorted([published.title, in_draft.title])
    assert plain.title not in BeautifulSoup(response.content, "html.parser").main.get_text()


def test_the_report_lists_a_page_that_features_one_only_as_it_is_scheduled(client, person, study):
    schedule(study, timezone.now() + timedelta(hours=1))
    study.refresh_from_db()
    study.features_councillor = False
    study.go_live_at = None
    study.save_revision()
    client.force_login(person("editor"))

    assert titles(client.get(REPORT)) == [study.title]


def test_the_report_asks_nothing_for_a_row_but_what_wagtails_own_reports_ask(
    client, person, home, django_assert_max_num_queries
):
    """Wagtail asks 3 times for each row whether it is the root of a site; 50 rows are a page."""
    client.force_login(person("editor"))
    few_ids = list(CaseStudyPage.objects.values_list("pk", flat=True)[:3])
    CaseStudyPage.objects.filter(pk__in=few_ids).update(features_councillor=True)
    client.get(REPORT)
    with django_assert_max_num_queries(40) as few:
        client.get(REPORT)
    CaseStudyPage.objects.update(features_councillor=True)
    more = CaseStudyPage.objects.count() - 3
    with django_assert_max_num_queries(40 + 3 * more) as many:
        client.get(REPORT)

    assert len(many) <= len(few) + 3 * more


def test_the_report_can_be_downloaded_and_is_in_the_menu(client, person, study):
    CaseStudyPage.objects.filter(pk=study.pk).update(features_councillor=True)
    client.force_login(person("editor"))

    download = b"".join(client.get(f"{REPORT}?export=csv").streaming_content).decode()

    assert study.title in download
    assert REPORT in client.get("/admin/").content.decode()


@pytest.mark.parametrize("name", ["desk", "partner"])
def test_the_report_is_for_those_who_edit_pages(client, person, home, name):
    client.force_login(person(name))

    assert client.get(REPORT).status_code == 302
