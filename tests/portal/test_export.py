"""(g) of the design: the file for the day of the switch. G1 to G3 are named in the tests."""

import hashlib
import json
import stat
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry

from enquiries import services
from enquiries.models import PrivacyNotice
from portal.simulator import Simulator

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _named(home):
    PrivacyNotice.objects.update(names_portal=True)


@pytest.fixture
def out(tmp_path):
    return tmp_path / "enquiries.ndjson"


def lines(out):
    return [json.loads(line) for line in out.read_bytes().splitlines()]


def test_g1_what_is_exported_imported_and_exported_again_is_equal(make_enquiry, out, tmp_path):
    for organisation in ("Canal Bakery", "Brød & “Søn”", "日本"):
        make_enquiry(organisation=organisation)
    call_command("portal_export", out=out)
    again = tmp_path / "again.ndjson"

    portal = Simulator()
    portal.take_over(out)
    portal.write_out(again)

    assert lines(again)[1:] == lines(out)[1:]
    assert [line["organisation"]["name"] for line in lines(out)[1:]] == [
        "Canal Bakery",
        "Brød & “Søn”",
        "日本",
    ]


def test_g2_twice_is_once(make_enquiry, out):
    make_enquiry()
    make_enquiry()
    call_command("portal_export", out=out)
    portal = Simulator()

    portal.take_over(out)
    portal.take_over(out)

    assert len(portal.enquiries) == 2


def test_g3_those_whose_notice_names_no_portal_are_listed_and_not_handed_over(
    make_enquiry, out, capsys
):
    PrivacyNotice.objects.update(names_portal=False)
    before = [make_enquiry().reference for _ in range(2)]

    call_command("portal_export", out=out)

    (manifest,) = lines(out)
    assert (manifest["count"], manifest["left_out"]) == (0, before)
    assert all(reference in capsys.readouterr().out for reference in before[:1])
    assert "Canal" not in out.read_text()


def test_it_is_for_its_owners_eyes_has_a_checksum_and_stands_in_the_log(make_enquiry, out):
    make_enquiry()
    call_command("portal_export", out=out)

    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    checksum, name = (out.parent / "enquiries.ndjson.sha256").read_text().split()
    assert checksum == hashlib.sha256(out.read_bytes()).hexdigest()
    assert name == out.name
    manifest, line = lines(out)
    assert manifest["count"] == 1
    assert manifest["contract"] == "1.0.0"
    assert line["$schema"].endswith("#/components/schemas/Enquiry")
    assert line["history"][0]["what"] == "received"
    assert ModelLogEntry.objects.filter(action="portal.export").count() == 1


def test_open_ones_and_those_since_a_day_are_chosen(make_enquiry, out, tmp_path, person):
    now = timezone.now()
    old = make_enquiry(now=now - timedelta(days=90))
    old.privacy_notice = PrivacyNotice.objects.first()
    old.save()
    done = make_enquiry()
    for interest in done.interests.all():
        services.close(interest=interest, outcome="advised", by=person("desk"), now=now)
    fresh = make_enquiry()

    call_command("portal_export", "--open", out=out)
    since = tmp_path / "since.ndjson"
    call_command("portal_export", f"--since={now - timedelta(days=9):%Y-%m-%d}", out=since)

    assert [line["reference"] for line in lines(out)[1:]] == [old.reference, fresh.reference]
    assert [line["reference"] for line in lines(since)[1:]] == [done.reference, fresh.reference]


def test_a_file_that_exists_is_not_written_over(make_enquiry, out):
    out.write_text("precious")

    with pytest.raises(CommandError, match="exists already"):
        call_command("portal_export", out=out)
    assert out.read_text() == "precious"


@pytest.mark.parametrize(
    "name", ["a" * 250, "two\nlines", "a\udcff", "there/enquiries.ndjson", "folder"]
)
def test_what_cannot_be_written_is_named_and_leaves_nothing(make_enquiry, tmp_path, name):
    make_enquiry()
    (tmp_path / "folder").mkdir()

    with pytest.raises(CommandError):
        call_command("portal_export", out=tmp_path / name)
    assert [one.name for one in tmp_path.iterdir()] == ["folder"]


def test_a_checksum_that_exists_is_not_written_over(make_enquiry, out, tmp_path):
    precious = tmp_path / "precious"
    precious.write_text("precious")
    (tmp_path / f"{out.name}.sha256").symlink_to(precious)

    with pytest.raises(CommandError, match="exists already"):
        call_command("portal_export", out=out)
    assert precious.read_text() == "precious"
    assert not out.exists()


@pytest.mark.parametrize("day", ["tomorrow", "2026-13-01", ""])
def test_a_day_that_is_none_is_named(out, day):
    with pytest.raises(CommandError):
        call_command("portal_export", f"--since={day}", out=out)
    assert not out.exists()
