"""How an interest moves on: what is allowed, what is refused, and what is due next."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from enquiries import services
from enquiries.models import Enquiry, Interest, SchoolTerm
from offers.models import OfferLink
from outbox.models import Mailbox, Message
from partners.models import Partner

NOON = datetime(2026, 10, 5, 11, tzinfo=UTC)  # a Monday, 12:00 in London
DAY = timedelta(days=1)
State = Interest.State


@pytest.fixture
def by(person):
    return person("desk")


@pytest.fixture
def partner(home):
    return Partner.objects.get(slug="timewise")


@pytest.fixture
def interest(make_enquiry):
    """One new interest, received on a Monday at noon: to be answered by Wednesday."""
    return make_enquiry(offers=["hire-flexibly"], now=NOON).interests.get()


@pytest.fixture
def move(by, partner, desk):
    """Move an interest by name, as the desk; returns it as it is then."""

    def move(interest, name, *, now=NOON, **more):
        wants = {
            "hand_over": {"to": partner, "desk": desk, "by": by},
            "accept": {"by": by, "desk": desk},
            "decline": {"by": by, "desk": desk},
            "take_back": {"by": by, "desk": desk},
            "close": {"by": by, "outcome": "advised"},
            "withdraw": {"by": by},
            "reopen": {"by": by, "desk": desk},
        }[name]
        getattr(services, name)(interest=interest, now=now, **{**wants, **more})
        return Interest.objects.get(pk=interest.pk)

    return move


@pytest.fixture
def bring(move, by):
    """Bring a new interest to a state."""
    ways = {
        "new": [],
        "with_desk": ["hand_over", "decline"],
        "handed_over": ["hand_over"],
        "accepted": ["hand_over", "accept"],
        "closed": ["close"],
        "withdrawn": ["withdraw"],
    }

    def bring(interest, state):
        for name in ways[state]:
            interest = move(interest, name)
        assert interest.state == state
        return interest

    return bring


ALLOWED = {
    "hand_over": ({"new", "with_desk"}, "handed_over"),
    "accept": ({"handed_over"}, "accepted"),
    "decline": ({"handed_over"}, "with_desk"),
    "take_back": ({"handed_over", "accepted"}, "with_desk"),
    "close": ({"new", "with_desk", "handed_over", "accepted"}, "closed"),
    "withdraw": ({"new", "with_desk", "handed_over", "accepted"}, "withdrawn"),
    "reopen": ({"closed", "withdrawn"}, "with_desk"),
}


@pytest.mark.parametrize("name", ALLOWED)
@pytest.mark.parametrize("state", State.values)
def test_each_move_leads_where_it_should_or_is_refused_and_changes_nothing(
    interest, bring, move, state, name
):
    interest = bring(interest, state)
    entries = interest.enquiry.timeline.count()
    froms, to = ALLOWED[name]

    if state in froms:
        moved = move(interest, name, now=NOON + DAY)
        assert (moved.state, moved.state_since) == (to, NOON + DAY)
        assert moved.enquiry.timeline.count() > entries
    else:
        with pytest.raises(services.WrongState) as refused:
            move(interest, name, now=NOON + DAY)
        assert "Flexible" in str(refused.value) or interest.topic in str(refused.value)
        interest.refresh_from_db()
        assert interest.state == state
        assert interest.enquiry.timeline.count() == entries


@pytest.mark.parametrize("name", ALLOWED)
def test_nothing_moves_in_quarantine(make_enquiry, move, name):
    enquiry = make_enquiry(offers=["hire-flexibly"], suspicion="Too quick")

    with pytest.raises(services.Quarantined):
        move(enquiry.interests.get(), name)

    assert enquiry.interests.get().state == "new"
    assert not Message.objects.exists()


def test_every_move_says_who_when_which_partner_and_why(interest, move, by, partner):
    move(interest, "hand_over", text="They asked for Timewise")

    entry = interest.enquiry.timeline.get(kind="handed_over")
    assert (entry.actor, entry.partner, entry.at) == (by, partner, NOON)
    assert (entry.interest, entry.text) == (interest, "They asked for Timewise")


# -- What is due next ---------------------------------------------------------------------


def test_a_new_interest_is_due_when_the_reply_was_promised(interest):
    assert interest.due_on == interest.enquiry.reply_due_on == date(2026, 10, 7)


@pytest.mark.parametrize(
    ("names", "due_on"),
    [
        (["hand_over"], date(2026, 10, 12)),  # 5 working days to answer
        (["hand_over", "accept"], date(2026, 11, 2)),  # 20 to look again
        (["hand_over", "decline"], date(2026, 10, 7)),  # 2, as promised
        (["hand_over", "accept", "take_back"], date(2026, 10, 7)),
        (["close"], None),
        (["withdraw"], None),
        (["close", "reopen"], date(2026, 10, 7)),
    ],
    ids=str,
)
def test_each_state_has_a_day_by_which_something_happens(interest, move, names, due_on):
    Enquiry.objects.update(first_reply_at=NOON)
    for name in names:
        interest = move(interest, name)

    assert interest.due_on == due_on


def test_for_school_offers_days_of_term_count(make_enquiry, move):
    SchoolTerm.objects.create(
        name="Autumn, first half", starts_on=date(2026, 9, 3), ends_on=date(2026, 10, 7)
    )
    SchoolTerm.objects.create(
        name="Autumn, second half", starts_on=date(2026, 10, 14), ends_on=date(2026, 12, 18)
    )
    enquiry = make_enquiry(offers=["mentor-a-young-person", "pay-the-london-living-wage"], now=NOON)
    Enquiry.objects.update(first_reply_at=NOON)
    school, other = enquiry.interests.in_order()
    assert school.offer.involves_under_18s

    # Tuesday and Wednesday; then the half-term holiday; then Wednesday to Friday.
    assert move(school, "hand_over").due_on == date(2026, 10, 16)
    assert move(other, "hand_over").due_on == date(2026, 10, 12)


def test_where_no_terms_are_entered_working_days_count(make_enquiry, move):
    SchoolTerm.objects.create(
        name="Long ago", starts_on=date(2020, 9, 3), ends_on=date(2020, 10, 7)
    )
    interest = make_enquiry(offers=["mentor-a-young-person"], now=NOON).interests.get()
    Enquiry.objects.update(first_reply_at=NOON)

    assert move(interest, "hand_over").due_on == date(2026, 10, 12)


def test_a_declined_interest_is_marked_as_returned_until_it_moves_on(interest, move):
    interest = move(interest, "hand_over")
    interest = move(interest, "decline", now=NOON + DAY)
    assert (interest.returned_at, interest.partner) == (NOON + DAY, None)

    assert move(interest, "hand_over").returned_at is None


# -- Partners -----------------------------------------------------------------------------


def test_nothing_is_handed_to_a_partner_that_is_not_active(interest, move, partner):
    partner.is_active = False
    partner.save()

    with pytest.raises(services.PartnerIsRetired, match="Timewise is not active any more"):
        move(interest, "hand_over", to=partner)


def test_a_partner_is_told_by_mail_without_anything_about_the_employer(interest, move, partner):
    OfferLink.objects.filter(partner=partner, offer=interest.offer).update(
        contact_email="intake@example.org"
    )
    Mailbox.objects.create(
        address="intake@example.org", wire_address="intake@example.org", proven_at=NOON
    )

    move(interest, "hand_over")

    message = Message.objects.get(purpose="interest_handed_over")
    assert message.recipient == "intake@example.org"
    enquiry = interest.enquiry
    for secret in (enquiry.organisation, enquiry.name, enquiry.email, enquiry.phone, "We open"):
        assert secret not in message.subject + message.body + message.body_html
    assert "Monday 12 October 2026" in message.body
    assert enquiry.timeline.filter(kind="partner_told", message=message).exists()


@pytest.mark.parametrize("contact", ["", "unproven@example.org"])
def test_a_partner_without_a_proven_mailbox_is_mailed_nothing(interest, move, partner, contact):
    OfferLink.objects.filter(partner=partner, offer=interest.offer).update(contact_email=contact)

    move(interest, "hand_over")

    assert not Message.objects.filter(purpose="interest_handed_over").exists()


# -- Closing ------------------------------------------------------------------------------


def test_closing_records_what_came_of_it(interest, move):
    interest = move(interest, "close", outcome="placed", count=2, text="Started on Monday")

    assert (interest.outcome, interest.outcome_count) == ("placed", 2)
    entry = interest.enquiry.timeline.get(kind="closed")
    assert (entry.outcome, entry.text) == ("placed", "Started on Monday")


def test_closing_quietly_mails_nobody_and_is_no_reply(interest, move):
    before = Message.objects.count()

    move(interest, "close")

    interest.enquiry.refresh_from_db()
    assert Message.objects.count() == before
    assert interest.enquiry.first_reply_at is None


def test_closing_with_words_mails_them(interest, move, desk):
    move(interest, "close", tell="Thank you for the two places.", desk=desk)

    message = Message.objects.get(purpose="enquiry_reply")
    assert "Thank you for the two places." in message.body
    interest.enquiry.refresh_from_db()
    assert interest.enquiry.first_reply_at == NOON


def test_closing_with_words_needs_an_address(interest, move, desk):
    Enquiry.objects.update(email="")
    interest.enquiry.refresh_from_db()
    mails = Message.objects.count()

    with pytest.raises(services.NoAddress):
        move(interest, "close", tell="Thank you.", desk=desk)

    assert Interest.objects.get(pk=interest.pk).is_open
    assert Message.objects.count() == mails


def test_reopening_takes_the_outcome_away_and_keeps_it_on_the_timeline(interest, move):
    interest = move(interest, "close", outcome="placed", count=2)
    interest = move(interest, "reopen")

    assert (interest.outcome, interest.outcome_count) == ("", None)
    assert interest.enquiry.timeline.filter(kind="closed", outcome="placed").exists()


# -- The database holds the same rules ----------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "handed_over"},
        {"state": "closed"},
        {"state": "closed", "due_on": None},
        {"state": "withdrawn"},
        {"due_on": None},
        {"outcome": "placed"},
        {"outcome_count": 3},
    ],
    ids=str,
)
def test_the_database_refuses_what_no_move_makes(interest, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Interest.objects.filter(pk=interest.pk).update(**fields)


def test_the_terms_of_schools_may_not_overlap_or_end_before_they_begin(home):
    from django.core.exceptions import ValidationError

    SchoolTerm.objects.create(name="Autumn", starts_on=date(2026, 9, 3), ends_on=date(2026, 10, 23))
    overlapping = SchoolTerm(name="Half", starts_on=date(2026, 10, 23), ends_on=date(2026, 12, 18))
    backwards = SchoolTerm(name="Odd", starts_on=date(2027, 1, 5), ends_on=date(2027, 1, 4))

    with pytest.raises(ValidationError, match="overlap with Autumn"):
        overlapping.full_clean()
    with pytest.raises(ValidationError, match="The last day must be the first day or later"):
        backwards.full_clean()
