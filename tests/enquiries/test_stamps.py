"""The stamp in the form says which form it is and when it was drawn."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.core import signing

from core.tokens import make_token
from enquiries.stamps import BadStamp, Stamp, WebsiteStamp

NOW = datetime(2026, 10, 5, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_a_stamp_comes_back_as_it_was():
    stamp = Stamp.new(drawn_at=NOW, came_from="/ways-to-get-involved/hire-flexibly/")

    assert Stamp.read(str(stamp)) == stamp


def test_a_stamp_of_unknown_age_comes_back_as_it_was():
    stamp = Stamp.new(drawn_at=None)

    assert Stamp.read(str(stamp)) == stamp


def test_every_stamp_has_a_key_of_its_own():
    assert len({Stamp.new(drawn_at=NOW).key for _ in range(50)}) == 50


def test_a_stamp_keeps_no_more_of_an_address_than_the_database_does():
    assert len(Stamp.new(drawn_at=NOW, came_from="/" * 500).came_from) == 200


def test_a_further_enquiry_has_another_key_and_the_same_age():
    stamp = Stamp.new(drawn_at=NOW, came_from="/x/")
    another = stamp.for_another("answers")

    assert another.key != stamp.key
    assert another == stamp.for_another("answers") != stamp.for_another("other answers")
    assert (another.drawn_at, another.came_from) == (NOW, "/x/")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "a:b:c",
        "\x00",
        "\ud800",
        signing.dumps([UUID(int=1).hex, NOW.isoformat(), ""]),
        make_token("sent", UUID(int=1), 1),
        signing.dumps(["no key", NOW.isoformat(), "", ""], salt="enquiries.stamp.enquiry"),
        signing.dumps([UUID(int=1).hex, "no time", "", ""], salt="enquiries.stamp.enquiry"),
        signing.dumps([UUID(int=1).hex, 7, "", ""], salt="enquiries.stamp.enquiry"),
        signing.dumps([UUID(int=1).hex], salt="enquiries.stamp.enquiry"),
        signing.dumps(None, salt="enquiries.stamp.enquiry"),
    ],
    ids=range(12),  # signatures hold the time: processes of one run must agree on names
)
def test_a_forged_stamp_is_refused(text):
    with pytest.raises(BadStamp):
        Stamp.read(text)


@pytest.mark.parametrize(("kind", "other"), [(Stamp, WebsiteStamp), (WebsiteStamp, Stamp)])
def test_the_stamp_of_one_form_does_not_serve_another(kind, other):
    text = str(kind.new(drawn_at=NOW))

    assert type(kind.read(text)) is kind
    with pytest.raises(BadStamp):
        other.read(text)


def test_a_further_enquiry_knows_the_first_one():
    first = Stamp.new(drawn_at=NOW)
    third = first.for_another("second").for_another("third")

    assert (first.parent, third.parent) == (None, first.key)
    assert Stamp.read(str(third)) == third


def test_a_stamp_whose_time_was_changed_is_refused():
    text = str(Stamp.new(drawn_at=NOW))
    changed = ("B" if text[0] != "B" else "C") + text[1:]

    with pytest.raises(BadStamp):
        Stamp.read(changed)


@pytest.mark.parametrize(
    ("age", "why"),
    [
        (timedelta(0), "Filled in within 3 seconds"),
        (SECOND * 2.9, "Filled in within 3 seconds"),
        (SECOND * 3, ""),
        (timedelta(minutes=5), ""),
        (timedelta(hours=24), ""),
        (timedelta(hours=24) + SECOND, "The form was more than 24 hours old"),
        (-SECOND * 5, "Filled in within 3 seconds"),
    ],
)
def test_the_age_of_a_form_tells_a_person_from_a_program(age, why):
    assert Stamp.new(drawn_at=NOW - age).suspicion(now=NOW, trap="") == why


def test_a_form_that_was_not_ours_is_suspicious():
    assert Stamp.new(drawn_at=None).suspicion(now=NOW, trap="") == "The form was not ours"


def test_a_filled_trap_is_suspicious_whatever_the_age():
    stamp = Stamp.new(drawn_at=NOW - timedelta(minutes=5))

    assert (
        stamp.suspicion(now=NOW, trap="https://spam.example")
        == "The field that people cannot see was filled in"
    )
