"""The enquiry form tells people whom it is not for, before they send it."""

import pytest

from core.models import OtherHelp
from enquiries.models import DeskSettings

OUTSIDE = "Your postcode is outside Islington"


@pytest.mark.parametrize(
    ("postcode", "districts", "is_outside"),
    [
        ("N1 2UD", "N1 N7", False),
        ("N7 8AA", "N1, N7", False),
        ("N1C 4AG", "N1", False),
        ("EC1V 4NB", "ec1", False),
        ("WC1X 9JJ", "WC1", False),
        ("EC1V 4NB", "EC1A", True),
        ("N16 8AA", "N1", True),
        ("N1 2UD", "N16", True),
        ("SW1A 1AA", "N1 N7", True),
        ("SW1A 1AA", "", False),
        ("SW1A 1AA", " , ", False),
        ("", "N1", False),
    ],
)
def test_a_postcode_is_outside_if_its_district_is_not_named(postcode, districts, is_outside):
    assert DeskSettings(postcode_districts=districts).is_outside(postcode) is is_outside


def test_the_form_has_a_link_at_its_top_to_what_else_there_is(employer, client):
    page = employer.read(client.get("/enquire/"))

    link = page.select_one(".page-top a[href='#other-help']")
    assert link.text == "Not an employer in Islington?"
    assert len(page.select("aside #other-help + ul > li")) == 3


def test_without_help_elsewhere_the_form_has_no_such_link(employer, client):
    OtherHelp.objects.update(jobseeker_text="", outside_text="", other_text="")

    page = employer.read(client.get("/enquire/"))

    assert not page.select("[href='#other-help'], #other-help")


def test_an_employer_outside_the_borough_is_told_and_can_send_it(employer, client):
    key = employer.fill_in(postcode="sw1a1aa")
    page = employer.read(client.get("/enquire/check/"))

    assert OUTSIDE in page.main.text
    assert "You can still send this enquiry" in page.main.text
    assert page.select_one(".note a")["href"] == "/partners/jobcentre-plus/"
    assert employer.send(key).status_code == 303


def test_without_a_next_step_the_note_stands_alone(employer, client):
    OtherHelp.objects.update(outside_text="")
    employer.fill_in(postcode="SW1A 1AA")

    note = employer.read(client.get("/enquire/check/")).select_one(".note")

    assert OUTSIDE in note.text
    assert note.a is None


@pytest.mark.parametrize("postcode", ["N1 2UD", ""])
def test_an_employer_of_the_borough_or_without_postcode_reads_nothing_of_it(
    employer, client, postcode
):
    employer.fill_in(postcode=postcode)

    assert OUTSIDE not in client.get("/enquire/check/").content.decode()


def test_where_no_districts_are_set_nobody_is_outside(employer, client):
    DeskSettings.objects.update(postcode_districts="")
    employer.fill_in(postcode="SW1A 1AA")

    assert OUTSIDE not in client.get("/enquire/check/").content.decode()
