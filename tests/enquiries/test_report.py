"""What the report counts, for whom, and that its files open safely."""

import csv
import io
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from enquiries import services
from enquiries.exports import XLSX
from enquiries.models import Enquiry, FormDay, Interest
from enquiries.report import Period, percent, tables
from enquiries.report_views import last_twelve_months
from offers.models import OfferPage, Sector
from partners.models import Partner

NOON = datetime(2026, 10, 5, 11, tzinfo=UTC)  # a Monday, 12:00 in London: due on Wednesday
DAY = timedelta(days=1)
AUTUMN = Period(date(2026, 9, 1), date(2026, 11, 30))
REPORT = "/admin/enquiries/report/"
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_is_remembered():
    cache.clear()


@pytest.fixture
def by(person):
    return person("desk")


@pytest.fixture
def partner(home):
    return Partner.objects.get(slug="timewise")


@pytest.fixture
def table(desk):
    """A table of the autumn's report, as rows by their first cell."""

    def table(code, *, now=NOON + 60 * DAY, period=AUTUMN):
        found = next(one for one in tables(period, desk, now) if one.code == code)
        return {row[0]: dict(zip(found.headings[1:], row[1:], strict=True)) for row in found.rows}

    return table


@pytest.fixture
def speak(by):
    """Answer an enquiry by phone."""

    def speak(enquiry, now):
        services.speak(enquiry=enquiry, text="Called", by=by, now=now, key=uuid.uuid4())

    return speak


@pytest.fixture
def placed(make_enquiry, speak, by, partner, desk):
    """An enquiry about two offers: one handed over, taken up and placed; one still open."""
    enquiry = make_enquiry(now=NOON, offers=["hire-flexibly", "recruit-locally"])
    speak(enquiry, NOON + DAY)
    interest = enquiry.interests.get(offer__slug="hire-flexibly")
    services.hand_over(interest=interest, to=partner, by=by, desk=desk, now=NOON + DAY)
    services.accept(interest=interest, by=by, desk=desk, now=NOON + 2 * DAY)
    services.close(interest=interest, outcome="placed", count=3, by=by, now=NOON + 9 * DAY)
    return enquiry


# -- Replies ------------------------------------------------------------------------------


def test_replies_are_held_against_the_day_that_was_promised(make_enquiry, speak, table):
    for wait in (0, 1, 2, 7):  # Monday, Tuesday, Wednesday; the next Monday is too late
        speak(make_enquiry(now=NOON), NOON + wait * DAY)
    make_enquiry(now=NOON)  # nobody replied

    assert table("replies")["October 2026"] == {
        "Reply due": 5,
        "Replied": 4,
        "On time": 3,
        "% on time": 60,
        "Median, working days": 1.5,
    }
    assert table("replies")["All"] == table("replies")["October 2026"]
    assert table("replies")["September 2026"]["% on time"] is None


def test_what_is_not_due_yet_or_was_withdrawn_is_not_judged(make_enquiry, table, by):
    make_enquiry(now=NOON)
    withdrawn = make_enquiry(now=NOON, offers=["hire-flexibly"])
    services.withdraw(interest=withdrawn.interests.get(), now=NOON)

    on_the_day = table("replies", now=NOON + 2 * DAY)["All"]["Reply due"]
    the_day_after = table("replies", now=NOON + 3 * DAY)["All"]["Reply due"]

    assert (on_the_day, the_day_after) == (0, 1)


def test_what_was_changed_to_something_else_is_no_promise_that_was_broken(
    make_enquiry, table, by, desk
):
    enquiry = make_enquiry(now=NOON, offers=["not-sure"])
    offer = OfferPage.objects.get(slug="hire-flexibly")
    services.change_offers(enquiry=enquiry, offers=[offer], by=by, desk=desk, now=NOON)
    services.call_off(enquiry=enquiry, desk=desk, now=NOON + timedelta(hours=1))

    assert table("replies")["All"]["Reply due"] == 0


def test_what_comes_in_after_hours_waits_from_the_next_working_day(make_enquiry, speak, table):
    friday_evening = datetime(2026, 10, 2, 19, tzinfo=UTC)
    speak(make_enquiry(now=friday_evening), NOON)

    assert table("replies")["All"]["Median, working days"] == 0


def test_spam_and_duplicates_are_not_counted(make_enquiry, table, by):
    enquiry = make_enquiry(now=NOON, offers=["hire-flexibly"])
    double = make_enquiry(now=NOON, offers=["hire-flexibly"])
    services.merge(enquiry=double, into=enquiry, by=by, now=NOON)
    make_enquiry(now=NOON, suspicion="Too quick")

    assert table("replies")["All"]["Reply due"] == 1
    assert table("source")["Website"]["Interests"] == 1
    assert table("funnel")["An enquiry was sent"] == {"Number": 1, "% of the step before": None}


@pytest.mark.parametrize(
    ("at", "month"),
    [
        (datetime(2026, 9, 30, 22, 30, tzinfo=UTC), "September 2026"),
        (datetime(2026, 9, 30, 23, 30, tzinfo=UTC), "October 2026"),  # London has summer time
    ],
)
def test_a_month_begins_at_midnight_in_london(make_enquiry, table, at, month):
    make_enquiry(now=at, offers=["hire-flexibly"])

    assert table("month")[month]["Interests"] == 1
    assert table("replies")[month]["Reply due"] == 1


def test_a_period_has_its_first_and_its_last_day(make_enquiry, table):
    for at in ("2026-10-04T22:59", "2026-10-04T23:00", "2026-10-05T22:59", "2026-10-05T23:00"):
        make_enquiry(now=datetime.fromisoformat(f"{at}+00:00"), offers=["hire-flexibly"])

    monday = Period(NOON.date(), NOON.date())
    assert table("source", period=monday)["Website"]["Interests"] == 2


# -- Conversion and outcomes --------------------------------------------------------------


def test_conversion_by_everything(placed, table):
    one = {
        "Interests": 1,
        "Handed over": 1,
        "Taken up": 1,
        "Closed": 1,
        "Placed or matched": 1,
        "People placed or matched": 3,
        "% placed or matched": 100,
    }
    both = {**one, "Interests": 2, "% placed or matched": 50}
    nothing = {**dict.fromkeys(one, 0), "% placed or matched": None}

    topic = OfferPage.objects.get(slug="hire-flexibly").topic
    assert table("offer")[topic] == one
    assert len(table("offer")) == 3
    for code, name in (
        ("sector", placed.sector.name),
        ("size", placed.get_size_display()),
        ("source", "Website"),
        ("month", "October 2026"),
    ):
        assert table(code)[name] == table(code)["All"] == both
    assert list(table("month")) == ["September 2026", "October 2026", "November 2026", "All"]
    assert table("month")["November 2026"] == nothing


def test_partners_by_what_they_did_whoever_has_it_now(placed, table, by, desk):
    """One that declined, or from which it was taken back, is not forgotten."""
    interest = placed.interests.get(offer__slug="recruit-locally")
    declines, loses = Partner.objects.exclude(slug="timewise").published().in_order()[:2]
    given = {"by": by, "desk": desk, "now": NOON + 3 * DAY}
    services.hand_over(interest=interest, to=declines, **given)
    services.decline(interest=interest, **given)
    services.hand_over(interest=interest, to=loses, **given)
    services.take_back(interest=interest, **given)

    def row(*numbers):
        moves = ("Handed over", "Taken up", "Declined", "No answer", "Taken back")
        good = ("Placed or matched", "People placed or matched", "% placed or matched")
        return dict(zip((*moves, *good), numbers, strict=True))

    assert table("partner") == {
        "Timewise": row(1, 1, 0, 0, 0, 1, 3, 100),
        declines.name: row(1, 0, 1, 0, 0, 0, 0, 0),
        loses.name: row(1, 0, 0, 0, 1, 0, 0, 0),
    }


def test_what_the_desk_placed_before_the_partner_answered_is_not_the_partners(
    placed, table, by, partner, desk
):
    interest = placed.interests.get(offer__slug="recruit-locally")
    services.hand_over(interest=interest, to=partner, by=by, desk=desk, now=NOON + DAY)
    services.close(interest=interest, outcome="placed", count=2, by=by, now=NOON + DAY)

    row = table("partner")["Timewise"]
    assert (row["Handed over"], row["Taken up"], row["Placed or matched"]) == (2, 1, 1)
    assert row["People placed or matched"] == 3
    assert table("outcomes")["Placed"] == {"Interests": 2, "People": 5}


def test_in_all(placed, table, make_enquiry):
    make_enquiry(now=NOON, offers=["hire-flexibly"])

    assert {what: row["Number"] for what, row in table("all").items()} == {
        "Enquiries": 2,
        "Interests": 3,
        "Interests still open": 2,
        "Interests placed or matched": 1,
        "People placed or matched": 3,
        "Website enquiries to which a reply was due": 2,
        "Of these replied to on time, %": 50,
    }


@pytest.mark.parametrize(
    ("part", "whole", "seen"), [(5, 8, 63), (3, 8, 38), (1, 3, 33), (0, 0, None)]
)
def test_halves_are_rounded_up(part, whole, seen):
    assert percent(part, whole) == seen


def test_what_was_corrected_is_one_interest(make_enquiry, table, by, desk):
    enquiry = make_enquiry(now=NOON, offers=["not-sure"])
    offer = OfferPage.objects.get(slug="hire-flexibly")
    services.change_offers(enquiry=enquiry, offers=[offer], by=by, desk=desk, now=NOON)

    assert table("all")["Interests"]["Number"] == 1
    assert list(table("offer")) == [offer.topic, "All"]


def test_who_called_was_spoken_to(answers, desk, by, table):
    given = {"source": "phone", "by": by, "desk": desk, "now": NOON, "acknowledge": False}
    services.log(key=uuid.uuid4(), answers=answers(), **given)

    assert table("replies")["All"]["Reply due"] == 0
    assert table("all")["Enquiries"]["Number"] == 1


def test_a_reply_to_a_duplicate_was_a_reply(make_enquiry, speak, table, by):
    first, second = (make_enquiry(now=NOON, offers=["hire-flexibly"]) for _ in range(2))
    speak(second, NOON + DAY)
    services.merge(enquiry=second, into=first, by=by, now=NOON + 2 * DAY)

    assert table("replies")["All"]["On time"] == 1
    first.refresh_from_db()
    assert (first.first_reply_at, first.owner) == (NOON + DAY, by)
    assert first.interests.get().due_on == date(2026, 10, 20)  # 10 working days after the reply
    assert first.interests.get().state == "with_desk"


@pytest.mark.parametrize("how", ["withdraw", "erase"])
def test_a_promise_that_was_missed_stays_missed(make_enquiry, table, how):
    """Whoever gives up after waiting too long has not been answered in time."""
    enquiry = make_enquiry(now=NOON, offers=["hire-flexibly"])
    before = table("replies")["All"]
    if how == "erase":
        services.erase(enquiry=enquiry, now=NOON + 20 * DAY)
    else:
        services.withdraw(interest=enquiry.interests.get(), now=NOON + 20 * DAY)

    assert before["Reply due"] == 1
    assert table("replies")["All"] == before


def test_outcomes_are_also_told_by_when_they_were_recorded(placed, table):
    winter = Period(date(2026, 10, 6), date(2026, 12, 31))  # after it came

    assert table("recorded", period=winter)["October 2026"] == {
        "Closed": 1,
        "Placed or matched": 1,
        "People placed or matched": 3,
    }
    assert table("all", period=winter)["Enquiries"]["Number"] == 0


def test_what_a_partner_once_took_up_counts_although_it_was_taken_back(placed, table, by, desk):
    interest = placed.interests.get(offer__slug="hire-flexibly")
    services.reopen(interest=interest, by=by, desk=desk, now=NOON + 10 * DAY)

    row = table("source")["Website"]
    assert (row["Handed over"], row["Taken up"], row["Placed or matched"]) == (1, 1, 0)


def test_an_offer_that_was_renamed_is_one_row_and_a_deleted_one_keeps_its_topic(
    make_enquiry, table
):
    make_enquiry(now=NOON, offers=["hire-flexibly"])
    OfferPage.objects.filter(slug="hire-flexibly").update(topic="Flexible jobs")
    make_enquiry(now=NOON, offers=["hire-flexibly"])
    assert table("offer")["Flexible jobs"]["Interests"] == 2

    Interest.objects.update(offer=None, topic="Flexible jobs of old")
    assert table("offer")["Flexible jobs of old"]["Interests"] == 2


def test_what_was_not_said_has_its_row_last(make_enquiry, table):
    make_enquiry(now=NOON, offers=["hire-flexibly"], size="", sector="")
    make_enquiry(now=NOON, offers=["hire-flexibly"], sector=Sector.objects.first().slug)

    assert list(table("size"))[-2:] == ["Not said", "All"]
    assert list(table("sector")) == [Sector.objects.first().name, "Not said", "All"]


def test_outcomes_with_counts(placed, table, by):
    other = placed.interests.get(offer__slug="recruit-locally")
    services.close(interest=other, outcome="no_answer", by=by, now=NOON + DAY)

    found = table("outcomes")
    assert found["Placed"] == {"Interests": 1, "People": 3}
    assert found["No answer"] == {"Interests": 1, "People": 0}
    assert found["Still open"] == {"Interests": 0, "People": 0}
    assert found["All"] == {"Interests": 2, "People": 3}


def test_figures_stay_when_personal_details_leave(placed, desk, by):
    other = placed.interests.get(offer__slug="recruit-locally")
    services.close(interest=other, outcome="advised", by=by, now=NOON + DAY)
    before = tables(AUTUMN, desk, NOON + 60 * DAY)
    services.erase(enquiry=placed, now=NOON + 60 * DAY)

    assert tables(AUTUMN, desk, NOON + 60 * DAY) == before


# -- The funnel ---------------------------------------------------------------------------


def test_the_funnel_goes_from_the_open_form_to_a_placement(placed, make_enquiry, table):
    make_enquiry(now=NOON)
    FormDay.objects.create(day=NOON.date(), opened=8)
    FormDay.objects.create(day=date(2025, 1, 1), opened=100)

    assert [tuple(row.values()) for row in table("funnel").values()] == [
        (8, None),
        (2, 25),
        (1, 50),
        (1, 100),
        (1, 100),
        (1, 100),
    ]


def test_from_sending_on_no_step_of_the_funnel_is_larger_than_the_one_before(
    make_enquiry, table, by, desk, partner
):
    """Whoever was placed without a noted reply was replied to all the same."""
    interest = make_enquiry(now=NOON, offers=["hire-flexibly"]).interests.get()
    services.close(interest=interest, outcome="matched", by=by, now=NOON)
    other = make_enquiry(now=NOON, offers=["hire-flexibly"]).interests.get()
    services.hand_over(interest=other, to=partner, by=by, desk=desk, now=NOON)
    services.accept(interest=other, by=by, desk=desk, now=NOON)

    assert [row["Number"] for row in table("funnel").values()] == [0, 2, 2, 2, 1, 0]


def test_opening_the_form_is_counted_each_time_by_the_day(client, home):
    for _ in range(3):
        assert client.get("/enquire/", headers=BROWSER).status_code == 200

    assert FormDay.objects.get().opened == 3
    assert FormDay.objects.get().day == timezone.localdate()


@pytest.mark.parametrize("agent", ["", "Googlebot/2.1", "curl/8.5", "Some Crawler"])
def test_robots_are_not_counted(client, home, agent):
    client.get("/enquire/", headers={"User-Agent": agent})

    assert not FormDay.objects.exists()


def test_looking_ahead_and_answering_are_not_counted(client, home):
    client.head("/enquire/", headers=BROWSER)
    client.get("/enquire/", headers={**BROWSER, "Sec-Purpose": "prefetch;prerender"})
    client.post("/enquire/", {}, headers=BROWSER)

    assert not FormDay.objects.exists()


def test_the_form_opens_although_it_cannot_be_counted(client, home, monkeypatch, caplog):
    def refuse(*_):
        raise DatabaseError("with details")

    monkeypatch.setattr("enquiries.models.form_day.FormDayQuerySet.add_one", refuse)

    assert client.get("/enquire/", headers=BROWSER).status_code == 200
    assert "was not counted: DatabaseError" in caplog.text
    assert "with details" not in caplog.text


# -- What the public sees -----------------------------------------------------------------


@pytest.fixture
def kept(make_enquiry, speak):
    """So many enquiries of a month ago that were answered at once; of them, so many too late."""

    def kept(number, late=0):
        long_ago = timezone.now() - 30 * DAY
        for index in range(number):
            enquiry = make_enquiry(now=long_ago)
            speak(enquiry, long_ago + (15 * DAY if index < late else timedelta(0)))

    return kept


@pytest.mark.parametrize(("late", "says"), [(0, "12 of 12"), (3, "9 of 12")])
def test_how_the_promise_was_kept_is_said(desk, client, kept, late, says):
    kept(12, late)

    assert desk.replies_lately == says
    said = f"In the last 3 months, we replied to {says} employers who wrote to us here by the day"
    assert said in client.get("/").content.decode()


def test_of_fewer_than_ten_nothing_is_said(desk, client, kept):
    kept(9)

    assert desk.replies_lately == ""
    assert "In the last 3 months" not in client.get("/").content.decode()


def test_what_is_old_or_did_not_come_by_the_site_is_not_in_it(kept, desk):
    kept(12)
    Enquiry.objects.filter(pk__in=Enquiry.objects.values("pk")[:3]).update(
        created_at=timezone.now() - 100 * DAY
    )
    assert desk.replies_lately == ""

    Enquiry.objects.update(created_at=timezone.now() - 30 * DAY, source="phone")
    cache.clear()
    assert desk.replies_lately == ""


def test_it_is_worked_out_once_an_hour(kept, desk):
    kept(10)
    assert desk.replies_lately == "10 of 10"

    with CaptureQueriesContext(connection) as seen:
        assert desk.replies_lately == "10 of 10"
    assert len(seen) == 0


# -- The screen and the files -------------------------------------------------------------


def read(response):
    return BeautifulSoup(response.content, "html.parser")


def test_the_report_shows_every_table_with_bars_and_downloads(sign_in, placed):
    page = read(
        sign_in("desk").get(REPORT, {"first": AUTUMN.first.isoformat(), "last": "2026-11-30"})
    )

    titles = [heading.get_text() for heading in page.select(".desk-report h2")]
    assert titles == [
        *("In all", "From the form to a placement", "Replies", "Outcomes"),
        *("Outcomes by the month in which they were recorded", "By partner", "By offer"),
        *("By sector", "By people employed", "By how it came in", "By month"),
    ]
    assert page.select_one("#offer").parent.select("svg rect[width='100.0%']")
    assert len(page.select("a[href*='export=csv']")) == len(titles)


@pytest.mark.parametrize(
    ("today", "first"),
    [("2026-01-15", "2025-02-01"), ("2026-12-31", "2026-01-01"), ("2024-02-29", "2023-03-01")],
)
def test_the_last_twelve_months_begin_with_a_month(today, first):
    today = date.fromisoformat(today)

    assert last_twelve_months(today) == Period(date.fromisoformat(first), today)


def test_without_days_it_is_about_the_last_twelve_months(sign_in, make_enquiry):
    make_enquiry(offers=["hire-flexibly"])
    page = read(sign_in("desk").get(REPORT))

    assert page.select_one("[name=last]")["value"] == timezone.localdate().isoformat()
    months = page.select_one("#month").parent.select("tbody tr")
    assert len(months) == 13  # and all of them


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"first": "x", "last": "2026-01-01"}, "Enter a valid date"),
        ({"first": "2026-02-01"}, "This field is required"),
        ({"first": "2026-02-01", "last": "2026-01-01"}, "not before the first"),
        ({"first": "2005-01-01", "last": "2026-01-01"}, "ten years or less"),
        ({"first": "0001-01-01", "last": "0001-01-02"}, "from the year 2000 on"),
        ({"first": "9999-12-30", "last": "9999-12-31"}, "before the year 2100"),
    ],
    ids=str,
)
def test_days_that_make_no_sense_are_answered_in_words(sign_in, query, says):
    response = sign_in("desk").get(REPORT, query)

    assert response.status_code == 422
    assert says in response.content.decode()


@pytest.mark.parametrize("export", ["csv", "xlsx"])
def test_each_table_can_be_downloaded_and_opened(sign_in, placed, desk, export):
    OfferPage.objects.filter(slug="hire-flexibly").update(topic="=1+1")
    client = sign_in("desk")
    for table in tables(AUTUMN, desk, timezone.now()):
        query = {"first": "2026-09-01", "last": "2026-11-30", "table": table.code, "export": export}
        response = client.get(REPORT, query)

        name = f"enquiries-{table.code}-2026-09-01-2026-11-30.{export}"
        assert name in response["Content-Disposition"]
        assert response["Content-Type"] == {"csv": "text/csv", "xlsx": XLSX}[export]
        content = b"".join(response.streaming_content)
        if export == "csv":
            rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        else:
            sheet = load_workbook(io.BytesIO(content)).active
            assert all(cell.data_type != "f" for row in sheet for cell in row)
            rows = [[cell.value for cell in row] for row in sheet]
        assert rows[0] == table.headings
        assert len(rows) == len(table.rows) + 1
        if table.code == "offer":
            expected = "'=1+1" if export == "csv" else "=1+1"
            assert expected in [row[0] for row in rows]


def test_a_table_that_is_not_there_shows_the_report(sign_in, placed):
    response = sign_in("desk").get(REPORT, {"table": "nothing", "export": "csv"})

    assert response.status_code == 200
    assert "Placed or matched" in response.content.decode()


def test_it_asks_the_database_as_often_for_many_as_for_few(sign_in, make_enquiry):
    client = sign_in("desk")

    def queries(number):
        while Enquiry.objects.count() < number:
            make_enquiry()
        client.get(REPORT)
        with CaptureQueriesContext(connection) as seen:
            client.get(REPORT)
        return len(seen)

    few = queries(3)
    assert queries(30) == few <= 30


# -- The menu -----------------------------------------------------------------------------


def test_the_menu_says_how_many_need_somebody(sign_in, make_enquiry):
    assert "Enquiries (" not in sign_in("desk").get("/admin/").content.decode()

    make_enquiry()
    make_enquiry()

    assert "Enquiries (2)" in sign_in("desk").get("/admin/").content.decode()
    assert "Enquiries (2)" not in sign_in("editor").get("/admin/").content.decode()
