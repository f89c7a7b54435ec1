"""Enquiries as a spreadsheet, and several at once."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from enquiries.models import Enquiry

LIST = "/admin/enquiries/"
FORMULA = '=HYPERLINK("http://evil.example","Click")'
ODD = "\u0001\ud800\ufffe🥐 \u202e<b>"


@pytest.fixture
def desk_client(client, person):
    client.force_login(person("desk"))
    return client


def rows_of_csv(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def rows_of_xlsx(response):
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    headings, *rows = sheet.iter_rows()
    return [
        {heading.value: cell for heading, cell in zip(headings, row, strict=True)} for row in rows
    ]


def test_an_export_has_the_same_filters_as_the_list(desk_client, make_enquiry):
    wanted = make_enquiry(size="1-9")
    make_enquiry(size="250-plus")

    rows = rows_of_csv(desk_client.get(LIST, {"export": "csv", "size": "1-9"}))

    assert [row["Reference"] for row in rows] == [wanted.reference]
    assert rows[0]["About"] == "Mentoring a young person, Hiring flexibly"
    assert rows[0]["State of each"] == "New, New"
    assert rows[0]["Sector"] == "Retail"


@pytest.mark.parametrize("start", ["=1+1", "+44 20", "-1", "@SUM(A1)", "＝1", FORMULA])
def test_no_cell_of_a_csv_is_a_formula(desk_client, make_enquiry, start):
    make_enquiry(organisation=start, message=f"  {start}", name=start)

    row = rows_of_csv(desk_client.get(LIST, {"export": "csv"}))[0]

    assert row["Organisation"] == row["Person"] == row["What they wrote"] == f"'{start}"


def test_an_xlsx_holds_the_same_text_as_text(desk_client, make_enquiry):
    make_enquiry(organisation=FORMULA, message="+1")

    row = rows_of_xlsx(desk_client.get(LIST, {"export": "xlsx"}))[0]

    assert (row["Organisation"].value, row["Organisation"].data_type) == (FORMULA, "s")
    assert (row["What they wrote"].value, row["What they wrote"].data_type) == ("+1", "s")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_odd_characters_never_break_an_export(desk_client, make_enquiry, kind):
    enquiry = make_enquiry(sector="", size="")
    odd = ODD.replace("\ud800", "")  # a database takes no half of a pair
    Enquiry.objects.filter(pk=enquiry.pk).update(organisation=odd, message=odd * 4_000)

    response = desk_client.get(LIST, {"export": kind})

    row = rows_of_csv(response)[0] if kind == "csv" else rows_of_xlsx(response)[0]
    said = row["Organisation"] if kind == "csv" else row["Organisation"].value
    assert said == "🥐 <b>"


@pytest.mark.parametrize("name", ["anonymous", "partner", "editor"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_nobody_else_exports(client, person, make_enquiry, name, kind):
    enquiry = make_enquiry()
    if name != "anonymous":
        client.force_login(person(name))

    response = client.get(LIST, {"export": kind})

    assert response.status_code == 302
    assert enquiry.reference.encode() not in response.content


def test_an_export_asks_the_database_as_often_for_30_as_for_3(desk_client, make_enquiry):
    def queries(number):
        while Enquiry.objects.count() < number:
            make_enquiry()
        with CaptureQueriesContext(connection) as seen:
            rows_of_csv(desk_client.get(LIST, {"export": "csv"}))
        return len(seen)

    few = queries(3)
    assert queries(30) == few <= 15


# -- Several at once ----------------------------------------------------------------------


@pytest.fixture
def bulk(desk_client):
    def bulk(action, enquiries, **fields):
        ids = "&".join(f"id={one if isinstance(one, str) else one.pk}" for one in enquiries)
        address = f"/admin/bulk/enquiries/enquiry/{action}/?next={LIST}&{ids}"
        return desk_client.post(address, fields)

    return bulk


def test_several_are_assigned_at_once(bulk, make_enquiry, person):
    enquiries = [make_enquiry(), make_enquiry()]
    other = make_enquiry()

    response = bulk("assign", enquiries, owner=person("desk").pk)

    assert response["Location"] == LIST
    assert set(Enquiry.objects.filter(owner=person("desk"))) == set(enquiries)
    other.refresh_from_db()
    assert other.owner is None


def test_several_are_closed_quietly_and_what_cannot_be_is_named(bulk, make_enquiry):
    one, apart = make_enquiry(), make_enquiry(suspicion="Too quick")

    response = bulk("close", [one, apart], outcome="no_answer")

    assert not one.interests.open().exists()
    assert apart.interests.open().count() == 2
    said = " ".join(str(message) for message in get_messages(response.wsgi_request))
    assert apart.reference in said
    assert "In quarantine" in said or "in quarantine" in said


def test_what_has_nothing_open_is_not_said_to_be_closed(bulk, make_enquiry):
    one, over = make_enquiry(), make_enquiry()
    bulk("close", [over], outcome="other")

    response = bulk("close", [one, over], outcome="no_answer")

    said = [str(message).strip() for message in get_messages(response.wsgi_request)]
    assert said[-2:] == ["Close: 1 done.", "1 had nothing open."]
    response = bulk("close", [one, over], outcome="no_answer")
    said = [str(message).strip() for message in get_messages(response.wsgi_request)]
    assert said[-1] == "2 had nothing open."
    assert said.count("Close: 1 done.") == 2


def test_several_are_put_in_quarantine(bulk, make_enquiry):
    enquiries = [make_enquiry(), make_enquiry()]

    bulk("quarantine", enquiries, reason="They sell pills")

    assert Enquiry.objects.quarantined().count() == 2


def test_several_are_exported(bulk, make_enquiry):
    enquiry = make_enquiry()
    make_enquiry()

    rows = rows_of_xlsx(bulk("export", [enquiry]))

    assert [row["Reference"].value for row in rows] == [enquiry.reference]


@pytest.mark.parametrize("ids", [["all"], ["x"], ["9" * 40], ["999999"]])
def test_what_was_not_ticked_is_not_touched(bulk, make_enquiry, ids):
    enquiry = make_enquiry()

    assert bulk("quarantine", ids, reason="Pills").status_code == 404
    enquiry.refresh_from_db()
    assert not enquiry.is_quarantined


@pytest.mark.parametrize("action", ["assign", "close", "quarantine", "export"])
@pytest.mark.parametrize("name", ["anonymous", "partner", "editor"])
def test_nobody_else_acts_on_several(client, person, make_enquiry, name, action):
    enquiry = make_enquiry()
    if name != "anonymous":
        client.force_login(person(name))
    address = f"/admin/bulk/enquiries/enquiry/{action}/?id={enquiry.pk}"

    for response in (
        client.get(address),
        client.post(address, {"reason": "Pills", "outcome": "other"}),
    ):
        assert response.status_code == 302
        assert enquiry.reference.encode() not in response.content
    enquiry.refresh_from_db()
    assert not enquiry.is_quarantined
    assert enquiry.interests.open().exists()


def test_the_form_for_several_names_them(desk_client, make_enquiry):
    enquiry = make_enquiry(organisation="Canary <b>Bakery")

    page = desk_client.get(f"/admin/bulk/enquiries/enquiry/close/?id={enquiry.pk}").content.decode()

    assert enquiry.reference in page
    assert "Canary &lt;b&gt;Bakery" in page


def test_dates_are_dates_in_a_spreadsheet(desk_client, make_enquiry):
    enquiry = make_enquiry()

    row = rows_of_xlsx(desk_client.get(LIST, {"export": "xlsx"}))[0]

    value = row["Reply by"].value
    assert (value if isinstance(value, date) else date.fromisoformat(value)) is not None
    assert str(value)[:10] == enquiry.reply_due_on.isoformat()


def test_times_are_those_of_london_to_the_minute(desk_client, make_enquiry):
    make_enquiry(now=datetime(2026, 10, 5, 11, 46, 15, 393616, tzinfo=UTC))

    in_csv = rows_of_csv(desk_client.get(LIST, {"export": "csv"}))[0]
    in_xlsx = rows_of_xlsx(desk_client.get(LIST, {"export": "xlsx"}))[0]

    assert in_csv["Received"] == "2026-10-05 12:46"
    assert in_xlsx["Received"].value == datetime(2026, 10, 5, 12, 46)  # noqa: DTZ001 - as stored


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_file_is_named_for_the_day(desk_client, make_enquiry, today, kind):
    make_enquiry()

    response = desk_client.get(LIST, {"export": kind})

    assert f'filename="enquiries-{today}.{kind}"' in response["Content-Disposition"]


def test_of_what_was_logged_no_reply_is_due(desk_client, make_enquiry):
    Enquiry.objects.filter(pk=make_enquiry().pk).update(source="phone")

    assert rows_of_csv(desk_client.get(LIST, {"export": "csv"}))[0]["Reply by"] == ""
