"""
Random walks: what employers, the desk and the worker do in any order, with crashes in between.

After every step the same things hold, whatever came before. `WALKS` sets how many walks there are
and how long each is: "30x20" every day, "300x40" in `make proof`.
"""

import os
import uuid
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from accounts.models import User
from core.working_days import day
from enquiries import services
from enquiries.models import DeskSettings, Enquiry, Handover, Interest, TimelineEntry
from enquiries.services import moving
from enquiries.tasks import watch_handovers
from offers.models import OfferLink, OfferPage
from outbox.models import Message
from outbox.relay import relay
from partners.models import Partner

WALKS, STEPS = map(int, os.environ.get("WALKS", "30x20").split("x"))
OFFERS = ["mentor-a-young-person", "hire-flexibly", "recruit-locally", "not-sure"]
NEXT = {
    "hand_over": ({"new", "with_desk"}, "handed_over"),
    "accept": ({"handed_over"}, "accepted"),
    "decline": ({"handed_over"}, "with_desk"),
    "take_back": ({"handed_over", "accepted"}, "with_desk"),
    "close": ({"new", "with_desk", "handed_over", "accepted"}, "closed"),
    "withdraw": ({"new", "with_desk", "handed_over", "accepted"}, "withdrawn"),
    "reopen": ({"closed", "withdrawn"}, "with_desk"),
}
TOLD = {
    "hand_over": "handed_over",
    "accept": "accepted",
    "decline": "declined",
    "take_back": "taken_back",
    "close": "closed",
    "withdraw": "withdrawn",
    "reopen": "reopened",
}
KINDS = [*TOLD.values(), "given_back", "silent", "unwanted"]


class Killed(BaseException):
    """The process ends here."""


class Post:
    """A mail channel that takes, refuses, or is killed while it sends."""

    name = Message.Channel.MAIL

    def __init__(self):
        self.mode = "takes"
        self.delivered: Counter = Counter()

    def send(self, message: Message) -> None:
        if self.mode == "refuses":
            raise OSError("refused")
        self.delivered[message.uuid] += 1
        if self.mode == "killed":
            raise Killed

    def settle_failure(self, message: Message, reason: str, error: Exception) -> bool:
        held = Message.objects.filter(pk=message.pk).held_by(message.lease_token)
        held.put_off(delay=timedelta(0), error=reason)
        return False


class Walk(RuleBasedStateMachine):
    @initialize()
    def open_the_desk(self):
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.now = datetime(2026, 10, 5, 11, tzinfo=UTC)
        self.desk = DeskSettings.objects.get()
        self.by = User.objects.get(email="desk@example.org")
        self.partners = list(Partner.objects.published().in_order()[:3])
        OfferLink.objects.update(contact_email="intake@example.org")
        self.post = Post()
        self.expected: dict[int, str] = {}
        self.told: Counter = Counter()
        self.history: list[tuple] = []

    def teardown(self):
        if not hasattr(self, "atomic"):
            return
        self.post.mode = "takes"
        self.deliver()
        assert not Message.objects.exclude(state="sent").exists()
        assert set(self.post.delivered) == set(Message.objects.values_list("uuid", flat=True))
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def pick(self, data, model):
        pks = list(model.objects.order_by("pk").values_list("pk", flat=True))
        return model.objects.get(pk=data.draw(st.sampled_from(pks)))

    def note_interests(self):
        """Take down interests that are new to the walk."""
        for interest in Interest.objects.exclude(pk__in=self.expected):
            self.expected[interest.pk] = interest.state

    # -- What happens ----------------------------------------------------------------------

    @rule(
        offers=st.lists(st.sampled_from(OFFERS[:3]), min_size=1, unique=True),
        doubtful=st.booleans(),
        by_phone=st.booleans(),
    )
    def send(self, offers, doubtful, by_phone):
        given = {
            "key": uuid.uuid4(),
            "answers": self.answers(offers),
            "desk": self.desk,
            "now": self.now,
        }
        if by_phone:
            source = Enquiry.Source.PHONE
            services.log(**given, source=source, by=self.by, acknowledge=doubtful)
        else:
            services.send(**given, suspicion="Too quick" if doubtful else "")
        self.note_interests()

    @precondition(lambda self: self.expected)
    @rule(data=st.data(), offers=st.lists(st.sampled_from(OFFERS[:3]), min_size=1, unique=True))
    def add(self, data, offers):
        enquiry = self.pick(data, Enquiry)
        services.add_to(
            enquiry=enquiry,
            answers=self.answers(offers, phone=str(uuid.uuid4())[:20]),
            changes=["Phone number: another"],
            desk=self.desk,
            now=self.now,
        )
        self.note_interests()

    @precondition(lambda self: self.expected)
    @rule(data=st.data(), name=st.sampled_from(sorted(NEXT)))
    def move(self, data, name):
        interest = self.pick(data, Interest)
        froms, to = NEXT[name]
        enquiry = interest.enquiry
        allowed = self.expected[interest.pk] in froms and not enquiry.is_quarantined
        allowed = allowed and not (name == "reopen" and enquiry.merged_into_id)
        if allowed:
            self.run_move(interest, name)
            self.expected[interest.pk] = to
            self.taken(enquiry)
            self.told[TOLD[name]] += 1
        else:
            with pytest.raises(services.Refused):
                self.run_move(interest, name)

    @precondition(lambda self: self.expected)
    @rule(data=st.data(), name=st.sampled_from(sorted(NEXT)))
    def crash_in_a_move(self, data, name):
        """Whatever dies before the end has not happened at all."""
        interest = self.pick(data, Interest)
        before = self.everything()
        real, moving.note = moving.note, self.die
        try:
            with pytest.raises((services.Refused, Killed)), transaction.atomic():
                self.run_move(interest, name)
        finally:
            moving.note = real
        assert self.everything() == before

    @precondition(lambda self: self.expected)
    @rule(
        data=st.data(),
        name=st.sampled_from(["reply", "ask", "speak", "write_note", "hear_answer"]),
        times=st.integers(1, 2),
    )
    def write(self, data, name, times):
        enquiry = self.pick(data, Enquiry)
        given = {"text": "Good morning", "key": uuid.uuid4(), "by": self.by, "now": self.now}
        if name in ("reply", "ask", "hear_answer"):
            given["desk"] = self.desk
        mails = Message.objects.count()
        try:
            for _ in range(times):
                getattr(services, name)(enquiry=enquiry, **given)
        except services.Refused:
            assert enquiry.is_quarantined or enquiry.merged_into_id
        else:
            assert Message.objects.count() == mails + (name in ("reply", "ask"))
            self.taken(enquiry if name != "write_note" else None)

    @precondition(lambda self: self.expected)
    @rule(data=st.data(), times=st.integers(1, 2))
    def brief(self, data, times):
        interest = self.pick(data, Interest)
        given = {"by": self.by, "desk": self.desk, "now": self.now, "key": uuid.uuid4()}
        before = self.everything()
        written = TimelineEntry.objects.filter(kind="briefed").count()
        try:
            for _ in range(times):
                services.brief(interest=interest, text="Call after four", **given)
        except services.Refused:
            assert self.expected[interest.pk] not in ("handed_over", "accepted")
            assert self.everything() == before
        else:
            assert TimelineEntry.objects.filter(kind="briefed").count() == written + 1
            assert Message.objects.filter(purpose="handover_words").count() <= written + 1

    @precondition(lambda self: self.expected)
    @rule(data=st.data())
    def take(self, data):
        enquiry = self.pick(data, Enquiry)
        services.assign(enquiry=enquiry, to=self.by, by=self.by, now=self.now)
        self.taken(enquiry)

    @precondition(lambda self: self.expected)
    @rule(data=st.data())
    def quarantine(self, data):
        enquiry = self.pick(data, Enquiry)
        states = {self.expected[pk] for pk in enquiry.interests.values_list("pk", flat=True)}
        try:
            services.quarantine(enquiry=enquiry, reason="Pills", by=self.by, now=self.now)
        except services.NotAtTheDesk:
            assert states - {"new", "with_desk"}
        except services.AlreadyJoined:
            assert enquiry.merged_into_id

    @precondition(lambda self: self.expected)
    @rule(data=st.data())
    def release(self, data):
        services.release(enquiry=self.pick(data, Enquiry), by=self.by, desk=self.desk, now=self.now)

    @precondition(lambda self: self.expected)
    @rule(data=st.data())
    def merge(self, data):
        one, other = self.pick(data, Enquiry), self.pick(data, Enquiry)
        try:
            services.merge(enquiry=one, into=other, by=self.by, now=self.now)
        except services.Refused:
            return
        for interest in one.interests.all():
            assert interest.state == "closed"
            self.expected[interest.pk] = "closed"
            self.told["closed"] += 1
        self.taken(other)

    @precondition(lambda self: self.expected)
    @rule(data=st.data(), slugs=st.lists(st.sampled_from(OFFERS), unique=True))
    def change_offers(self, data, slugs):
        enquiry = self.pick(data, Enquiry)
        offers = [OfferPage.objects.filter(slug=slug).first() for slug in slugs]
        before = self.everything()
        try:
            with transaction.atomic():
                services.change_offers(
                    enquiry=enquiry, offers=offers, by=self.by, desk=self.desk, now=self.now
                )
        except services.Refused:
            assert self.everything() == before
            return
        self.note_interests()
        wanted = {offer.pk if offer else None for offer in offers}
        for interest in enquiry.interests.all():
            old = self.expected[interest.pk]
            if interest.offer_id in wanted and old in ("closed", "withdrawn"):
                self.expected[interest.pk] = "with_desk"
                self.told["reopened"] += 1
            elif interest.offer_id not in wanted and old in ("new", "with_desk"):
                self.expected[interest.pk] = "closed"
                self.told["closed"] += 1

    @precondition(lambda self: self.expected and Handover.objects.exists())
    @rule(data=st.data(), name=st.sampled_from(["take_up", "turn_down", "report", "record"]))
    def partner_acts(self, data, name):
        """By the link of its mail; pressing twice is pressing once."""
        handover = self.pick(data, Handover)
        had = self.expected[handover.interest_id] if handover.is_open else "ended"
        more = {
            "take_up": {"desk": self.desk},
            "turn_down": {"desk": self.desk, "text": "No room"},
            "report": {"text": "Called", "has_spoken": True, "key": uuid.uuid4()},
            "record": {"outcome": "placed", "count": 2, "text": ""},
        }[name]
        given = {"handover": handover, "member": None, "now": self.now, **more}
        try:
            getattr(services, name)(**given)
        except services.HandoverEnded:
            assert had == "ended"
            return
        except services.NotAccepted:
            assert had == "handed_over"
            return
        before = self.everything()
        with suppress(services.HandoverEnded):
            getattr(services, name)(**given)
        assert self.everything() == before
        to, kind = {
            ("take_up", "handed_over"): ("accepted", "accepted"),
            ("turn_down", "handed_over"): ("with_desk", "declined"),
            ("turn_down", "accepted"): ("with_desk", "given_back"),
            ("record", "accepted"): ("closed", "closed"),
        }.get((name, had), (None, None))
        if to:
            self.expected[handover.interest_id] = to
            self.told[kind] += 1

    @precondition(lambda self: self.expected)
    @rule(data=st.data())
    def refuse_partner(self, data):
        interest = self.pick(data, Interest)
        given = {"interest": interest, "text": "", "desk": self.desk, "now": self.now}
        if self.expected[interest.pk] != "accepted":
            with pytest.raises(services.Refused):
                services.refuse_partner(**given)
            return
        partner = interest.partner
        services.refuse_partner(**given)
        self.expected[interest.pk] = "with_desk"
        self.told["unwanted"] += 1
        with pytest.raises(services.PartnerIsUnwanted):
            services.hand_over(
                interest=interest, to=partner, by=self.by, desk=self.desk, now=self.now
            )

    @rule()
    def watch(self):
        """The worker looks after what partners leave lying."""
        silent = Handover.objects.silent(day(self.now))
        silent = list(silent.values_list("interest", flat=True))
        watch_handovers(self.now)
        for pk in silent:
            if Interest.objects.get(pk=pk).state == "with_desk":  # the desk was at work
                self.expected[pk] = "with_desk"
                self.told["silent"] += 1

    @rule(hours=st.sampled_from([1, 8, 24, 24 * 7, 24 * 40]))
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)

    @rule(mode=st.sampled_from(["takes", "refuses", "killed"]))
    def work(self, mode):
        """The worker tries what waits, and is killed now and then."""
        self.post.mode = mode
        self.deliver(tries=1)

    # -- What always holds -----------------------------------------------------------------

    @invariant()
    def every_interest_is_where_the_moves_brought_it(self):
        if hasattr(self, "expected"):
            assert dict(Interest.objects.values_list("pk", "state")) == self.expected

    @invariant()
    def nothing_is_new_once_somebody_has_the_enquiry(self):
        if hasattr(self, "expected"):
            assert not Interest.objects.filter(state="new", enquiry__owner__isnull=False).exists()

    @invariant()
    def every_open_interest_has_a_day_and_no_other(self):
        if hasattr(self, "expected"):
            for interest in Interest.objects.all():
                assert interest.is_open == (interest.due_on is not None)

    @invariant()
    def what_a_partner_has_was_handed_to_it_and_nothing_else(self):
        if not hasattr(self, "expected"):
            return
        handed = Handover.objects.open().values_list("interest", "partner", "accepted_at")
        assert {(pk, partner, at is not None) for pk, partner, at in handed} == {
            (one.pk, one.partner_id, one.is_accepted) for one in Interest.objects.with_a_partner()
        }

    @invariant()
    def every_move_is_on_the_timeline_and_what_is_there_stays(self):
        if not hasattr(self, "expected"):
            return
        kinds = Counter(TimelineEntry.objects.values_list("kind", flat=True))
        assert {kind: kinds[kind] for kind in KINDS} == {kind: self.told[kind] for kind in KINDS}
        history = list(TimelineEntry.objects.order_by("pk").values_list())
        assert history[: len(self.history)] == self.history
        self.history = history

    @invariant()
    def an_employer_was_replied_to_if_the_timeline_says_so(self):
        if hasattr(self, "expected"):
            for enquiry in Enquiry.objects.all():
                replies = TimelineEntry.objects.filter(
                    enquiry__in=[enquiry, *self.duplicates(enquiry)],
                    kind__in=["replied", "asked", "spoken", "progress"],
                )
                assert (enquiry.first_reply_at is not None) == replies.exists()

    @invariant()
    def what_was_always_in_quarantine_has_mailed_nobody(self):
        if hasattr(self, "expected"):
            for enquiry in Enquiry.objects.quarantined():
                kinds = set(enquiry.timeline.values_list("kind", flat=True))
                if enquiry.timeline.filter(kind="quarantined", actor=None).exists():
                    assert kinds.isdisjoint({"employer_told", "replied"}) or "released" in kinds

    @invariant()
    def duplicates_have_nothing_open(self):
        if hasattr(self, "expected"):
            assert not Interest.objects.open().filter(enquiry__merged_into__isnull=False)

    # -- How ---------------------------------------------------------------------------------

    def taken(self, enquiry):
        """Whoever takes an enquiry has its new interests with the desk."""
        if enquiry is None:
            return
        enquiry.refresh_from_db()
        if enquiry.owner is not None:
            for interest in enquiry.interests.filter(state="with_desk"):
                if self.expected[interest.pk] == "new":
                    self.expected[interest.pk] = "with_desk"

    def duplicates(self, enquiry):
        """All that were joined with it, and with those."""
        for one in enquiry.duplicates.all():
            yield one
            yield from self.duplicates(one)

    def deliver(self, tries=50):
        for _ in range(tries):
            Message.objects.waiting().update(next_attempt_at=datetime(2020, 1, 1, tzinfo=UTC))
            try:
                if not relay(self.post):
                    break
            except Killed:
                continue

    def run_move(self, interest, name):
        given = {"interest": interest, "now": self.now, "by": self.by}
        if name in ("hand_over", "accept", "decline", "take_back", "reopen"):
            given["desk"] = self.desk
        if name == "hand_over":
            given["to"] = self.partners[interest.pk % len(self.partners)]
        if name == "close":
            given["outcome"] = "advised"
        getattr(services, name)(**given)

    @staticmethod
    def die(*_, **__):
        raise Killed

    @staticmethod
    def everything():
        return [
            list(model.objects.order_by("pk").values())
            for model in (Enquiry, Interest, Handover, TimelineEntry, Message)
        ]

    @staticmethod
    def answers(offers, phone="020 7946 0999"):
        return {
            "offers": offers,
            "organisation": "Canal Bakery",
            "size": "10-49",
            "sector": "retail",
            "postcode": "N1 2UD",
            "name": "Sam Okafor",
            "role": "Owner",
            "email": "sam@example.com",
            "phone": phone,
            "message": "We open in spring.",
        }


@pytest.mark.slow
@pytest.mark.django_db
def test_after_any_walk_everything_is_as_it_should_be(home):
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=WALKS,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
