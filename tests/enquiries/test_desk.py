"""What the desk does with an enquiry as a whole."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from enquiries import services
from enquiries.models import Enquiry, Interest, ReplyTemplate
from offers.models import OfferPage
from outbox.models import Message
from partners.models import Partner

NOON = datetime(2026, 10, 5, 11, tzinfo=UTC)  # a Monday, 12:00 in London
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def by(person):
    return person("desk")


@pytest.fixture
def enquiry(make_enquiry):
    return make_enquiry(offers=["hire-flexibly", "recruit-locally"], now=NOON)


@pytest.fixture
def act(by, desk):
    """Call a service as the desk; returns the enquiry as it is then."""

    def act(enquiry, name, *, now=NOON + HOUR, **more):
        if name in ("reply", "ask", "release", "change_offers"):
            more.setdefault("desk", desk)
        if name in ("reply", "ask", "write_note", "speak"):
            more = {"text": "Good morning", "key": uuid.uuid4(), **more}
        getattr(services, name)(enquiry=enquiry, by=by, now=now, **more)
        return Enquiry.objects.get(pk=enquiry.pk)

    return act


def kinds(enquiry):
    return list(enquiry.timeline.order_by("pk").values_list("kind", flat=True))


def states(enquiry):
    return {interest.state for interest in enquiry.interests.all()}


def due(enquiry):
    return {interest.due_on for interest in enquiry.interests.all()}


# -- Whose it is --------------------------------------------------------------------------


def test_taking_it_puts_new_interests_with_the_desk(enquiry, act, by):
    enquiry = act(enquiry, "assign", to=by)

    assert (enquiry.owner, states(enquiry)) == (by, {"with_desk"})
    entry = enquiry.timeline.get(kind="taken")
    assert (entry.actor, entry.owner) == (by, by)


def test_taking_it_twice_is_written_down_once(enquiry, act, by):
    for _ in range(2):
        act(enquiry, "assign", to=by)

    assert kinds(enquiry).count("taken") == 1


def test_it_can_be_given_to_another_and_to_nobody(enquiry, act, by, person):
    act(enquiry, "assign", to=by)
    assert act(enquiry, "assign", to=person("admin")).owner == person("admin")

    assert act(enquiry, "assign", to=None).owner is None
    assert [entry.owner for entry in enquiry.timeline.filter(kind="taken").order_by("pk")] == [
        by,
        person("admin"),
        None,
    ]


# -- Writing and speaking -----------------------------------------------------------------


def test_a_reply_keeps_the_promise_and_takes_what_nobody_has(enquiry, act, by):
    enquiry = act(enquiry, "reply", text="Good morning, Sam")

    assert (enquiry.first_reply_at, enquiry.owner) == (NOON + HOUR, by)
    assert due(enquiry) == {date(2026, 10, 19)}  # 10 working days
    message = Message.objects.get(purpose="enquiry_reply")
    assert message.recipient == enquiry.email
    assert message.body.startswith("Good morning, Sam")
    assert enquiry.timeline.get(kind="replied").message == message


def test_the_same_form_replies_once(enquiry, act):
    key = uuid.uuid4()

    for _ in range(2):
        act(enquiry, "reply", key=key)

    assert Message.objects.filter(purpose="enquiry_reply").count() == 1
    assert kinds(enquiry).count("replied") == 1


def test_the_first_reply_stays_the_first(enquiry, act):
    act(enquiry, "reply")

    assert act(enquiry, "reply", now=NOON + DAY).first_reply_at == NOON + HOUR


def test_speaking_to_the_employer_is_a_reply_and_a_note_is_none(enquiry, act):
    assert act(enquiry, "write_note").first_reply_at is None
    assert act(enquiry, "speak").first_reply_at == NOON + HOUR


def test_the_same_form_writes_a_note_once(enquiry, act):
    key = uuid.uuid4()

    for _ in range(2):
        act(enquiry, "write_note", key=key)
        act(enquiry, "speak", key=uuid.uuid5(key, "spoken"))

    assert (kinds(enquiry).count("noted"), kinds(enquiry).count("spoken")) == (1, 1)


def test_an_employer_without_an_address_is_not_written_to(enquiry, act):
    Enquiry.objects.update(email="")
    enquiry.refresh_from_db()

    with pytest.raises(services.NoAddress):
        act(enquiry, "reply")

    assert "replied" not in kinds(enquiry)


def test_nobody_is_written_to_from_quarantine(make_enquiry, act):
    enquiry = make_enquiry(suspicion="Too quick")

    for name in ("reply", "ask", "speak"):
        with pytest.raises(services.Quarantined):
            act(enquiry, name)

    assert not Message.objects.exists()


# -- The clock waits while the employer is asked ------------------------------------------


def test_while_the_employer_is_asked_nothing_is_due_but_to_ask_again(enquiry, act):
    enquiry = act(enquiry, "ask", text="How many places?")

    assert enquiry.asked_at == NOON + HOUR
    assert due(enquiry) == {date(2026, 10, 12)}  # 5 working days
    assert enquiry.first_reply_at == NOON + HOUR


def test_the_answer_starts_the_clock_of_our_promise(enquiry, act, add):
    act(enquiry, "ask")

    enquiry = add(enquiry, now=NOON + DAY)

    assert (enquiry.asked_at, enquiry.employer_wrote_at) == (None, NOON + DAY)
    assert due(enquiry) == {date(2026, 10, 8)}  # Tuesday and 2 working days


def test_what_the_employer_adds_does_not_put_off_what_is_due_sooner(enquiry, add):
    add(enquiry, now=NOON + DAY)

    assert due(enquiry) == {date(2026, 10, 7)}


@pytest.fixture
def add(desk, answers):
    def add(enquiry, *, now, phone="07700 900 982"):
        services.add_to(
            enquiry=enquiry,
            answers=answers(offers=["hire-flexibly", "recruit-locally"], phone=phone),
            changes=[f"Phone number: {phone}"],
            desk=desk,
            now=now,
        )
        return Enquiry.objects.get(pk=enquiry.pk)

    return add


@pytest.mark.parametrize("name", ["mark_read", "reply", "ask", "write_note", "speak"])
def test_whoever_acts_has_read_what_the_employer_added(enquiry, act, add, name):
    add(enquiry, now=NOON + HOUR)

    assert act(enquiry, name, now=NOON + DAY).employer_wrote_at is None


def test_more_is_not_added_than_a_person_has_to_say(enquiry, add):
    for number in range(40):
        add(enquiry, now=NOON + HOUR, phone=f"07700 900 {number:03}")

    with pytest.raises(services.TooManyAdditions):
        add(enquiry, now=NOON + HOUR, phone="07700 900 999")

    assert kinds(enquiry).count("added_to") == 40


def test_a_question_sent_twice_does_not_wait_for_an_answer_that_came(enquiry, act, add):
    key = uuid.uuid4()
    act(enquiry, "ask", key=key)
    add(enquiry, now=NOON + 2 * HOUR)

    enquiry = act(enquiry, "ask", key=key, now=NOON + 3 * HOUR)

    assert enquiry.asked_at is None
    assert due(enquiry) == {date(2026, 10, 7)}


# -- Quarantine ---------------------------------------------------------------------------


def test_spam_is_put_aside_and_released_without_a_second_acknowledgement(enquiry, act):
    mails = Message.objects.count()

    enquiry = act(enquiry, "quarantine", reason="It sells pills")
    assert (enquiry.is_quarantined, enquiry.quarantine_reason) == (True, "It sells pills")

    enquiry = act(enquiry, "release", now=NOON + 7 * DAY)
    assert not enquiry.is_quarantined
    assert due(enquiry) == {enquiry.reply_due_on} == {date(2026, 10, 7)}  # as they were told
    assert Message.objects.count() == mails


def test_what_a_partner_has_is_not_put_aside(enquiry, act, by, desk):
    from partners.models import Partner

    services.hand_over(
        interest=enquiry.interests.first(), to=Partner.objects.first(), by=by, desk=desk, now=NOON
    )

    with pytest.raises(services.NotAtTheDesk):
        act(enquiry, "quarantine", reason="It sells pills")


# -- Duplicates ---------------------------------------------------------------------------


def test_a_duplicate_is_joined_and_what_it_adds_moves(enquiry, act, make_enquiry, by):
    double = make_enquiry(offers=["hire-flexibly", "mentor-a-young-person"], now=NOON + HOUR)

    services.merge(enquiry=double, into=enquiry, by=by, now=NOON + DAY)

    double.refresh_from_db()
    assert (double.merged_into, double.status) == (enquiry, "Duplicate")
    slugs = {interest.offer.slug for interest in enquiry.interests.open()}
    assert slugs == {"hire-flexibly", "recruit-locally", "mentor-a-young-person"}
    assert not double.interests.open().exists()
    assert enquiry.timeline.get(kind="merged_in").other == double
    assert double.timeline.get(kind="merged").other == enquiry


def test_what_was_said_to_a_duplicate_waits_at_the_other_and_is_answered_there(
    enquiry, act, add, make_enquiry, by, desk
):
    double = make_enquiry(offers=["hire-flexibly"], now=NOON + HOUR)
    add(double, now=NOON + 2 * HOUR)

    services.merge(enquiry=double, into=enquiry, by=by, now=NOON + DAY)
    assert list(Enquiry.objects.answered()) == [enquiry]

    act(enquiry, "reply", now=NOON + DAY + HOUR)
    assert not Enquiry.objects.answered().exists()


@pytest.mark.parametrize("sure", [False, True])
def test_who_joins_what_seems_to_come_from_others_says_that_it_does_not(
    sign_in, enquiry, make_enquiry, sure
):
    double = make_enquiry(organisation="Tufnell Tech", name="Raj", email="raj@tufnell.example")
    data = {"reference": enquiry.reference, **({"sure": "on"} if sure else {})}

    answer = sign_in("desk").post(reverse("enquiries:merge", args=[double.pk]), data)

    double.refresh_from_db()
    if sure:
        assert answer["Location"] == reverse("enquiries:inspect", args=[enquiry.pk])
        assert double.merged_into == enquiry
    else:
        assert answer.status_code == 422
        assert f"{enquiry} is from Canal Bakery, Sam Okafor" in answer.content.decode()
        assert double.merged_into is None


def test_what_a_duplicate_wrote_stands_beside_the_other(sign_in, enquiry, make_enquiry, by):
    double = make_enquiry(message="Also work experience in March", now=NOON)
    services.merge(enquiry=double, into=enquiry, by=by, now=NOON)

    page = sign_in("desk").get(reverse("enquiries:inspect", args=[enquiry.pk])).content.decode()

    assert "Also work experience in March" in page


def test_an_address_that_was_asked_for_before_the_join_is_not_confirmed_after_it(
    enquiry, desk, make_enquiry, by, client
):
    double = make_enquiry(now=NOON)
    given = {"desk": desk, "now": NOON}
    services.ask_for_email(enquiry=double, email="new@example.com", key=uuid.uuid4(), **given)
    asked = double.timeline.get(kind="email_change_asked")
    services.merge(enquiry=double, into=enquiry, by=by, now=NOON)

    with pytest.raises(services.PartOfAnother):
        services.confirm_email(enquiry=double, asked=asked, desk=desk, now=NOON + HOUR)

    double.refresh_from_db()
    assert (double.email, double.employer_wrote_at) == ("sam@example.com", None)


def test_a_duplicate_is_not_put_aside(enquiry, act, make_enquiry, by):
    double = make_enquiry(offers=["mentor-a-young-person"], now=NOON + HOUR)
    services.merge(enquiry=double, into=enquiry, by=by, now=NOON + DAY)

    with pytest.raises(services.AlreadyJoined):
        act(double, "quarantine", reason="Pills", now=NOON + DAY)

    double.refresh_from_db()
    assert not double.is_quarantined


def test_nothing_is_joined_with_itself_or_twice(enquiry, act, make_enquiry, by):
    double = make_enquiry(now=NOON)
    services.merge(enquiry=double, into=enquiry, by=by, now=NOON)

    for one, other in ((enquiry, enquiry), (double, enquiry), (enquiry, double)):
        with pytest.raises(services.AlreadyJoined):
            services.merge(enquiry=one, into=other, by=by, now=NOON)


@pytest.mark.parametrize("which", [0, 1])
def test_what_is_in_quarantine_is_not_joined(enquiry, act, make_enquiry, by, which):
    double = make_enquiry(now=NOON)
    act([double, enquiry][which], "quarantine", reason="Pills")

    with pytest.raises(services.Quarantined):
        services.merge(enquiry=double, into=enquiry, by=by, now=NOON)

    assert not Enquiry.objects.exclude(merged_into=None).exists()


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Canal Bakery", "The CANAL bakery Ltd.", True),
        ("Canal Bakery", "Canal Street Bakery", False),
        ("Smith & Sons", "Smith and Sons Limited", True),
        ("Ltd", "Limited", False),
    ],
)
def test_enquiries_of_one_organisation_are_offered(make_enquiry, one, other, alike):
    first = make_enquiry(organisation=one, email="sam@gmail.com")
    second = make_enquiry(organisation=other, email="kit@gmail.com")

    assert (second in Enquiry.objects.of_the_same_organisation(first)) is alike


def test_addresses_at_one_employer_are_alike(make_enquiry):
    first = make_enquiry(organisation="Canal", email="sam@canal.example")
    second = make_enquiry(organisation="Canal Bakery", email="kit@CANAL.example")

    assert list(Enquiry.objects.of_the_same_organisation(first)) == [second]


# -- What it is about ---------------------------------------------------------------------


def offers(*slugs):
    found = {offer.slug: offer for offer in OfferPage.objects.filter(slug__in=slugs)}
    return [found.get(slug) for slug in slugs]


def test_what_it_is_about_can_be_changed(enquiry, act):
    act(enquiry, "change_offers", offers=offers("recruit-locally", "mentor-a-young-person"))

    open_ones = {interest.offer.slug for interest in enquiry.interests.open()}
    assert open_ones == {"recruit-locally", "mentor-a-young-person"}
    assert enquiry.interests.get(offer__slug="hire-flexibly").state == "closed"


def test_what_was_left_out_can_be_taken_up_again(enquiry, act):
    act(enquiry, "change_offers", offers=offers("recruit-locally"))
    act(enquiry, "change_offers", offers=offers("recruit-locally", "hire-flexibly"))

    assert enquiry.interests.open().count() == enquiry.interests.count() == 2


def test_not_sure_yet_is_one_of_them(enquiry, act):
    act(enquiry, "change_offers", offers=[None])

    assert [interest.topic for interest in enquiry.interests.open()] == ["I am not sure yet"]


def test_what_is_in_quarantine_is_not_changed(make_enquiry, act):
    enquiry = make_enquiry(offers=["hire-flexibly"], suspicion="Too quick")

    with pytest.raises(services.Quarantined):
        act(enquiry, "change_offers", offers=offers("hire-flexibly", "recruit-locally"))

    assert enquiry.interests.count() == 1


def test_an_enquiry_is_about_something(enquiry, act):
    with pytest.raises(services.LastInterest):
        act(enquiry, "change_offers", offers=[])


# -- Questions ----------------------------------------------------------------------------


def test_the_employer_reads_our_question_on_the_page_and_in_a_mail_that_says_so(
    enquiry, act, client
):
    enquiry = act(enquiry, "ask", text="Which days suit you?")

    page = client.get(reverse("track", args=[enquiry.track_token])).content.decode()

    assert "Our question to you" in page
    assert "Which days suit you?" in page
    message = Message.objects.get(purpose="enquiry_reply")
    assert message.subject == f"{enquiry.reference}: a question about your enquiry"
    act(enquiry, "reply", now=NOON + DAY)
    page = client.get(reverse("track", args=[enquiry.track_token])).content.decode()
    assert "Which days suit you?" not in page


def test_an_answer_by_mail_starts_the_clock_and_is_no_reply_of_ours(enquiry, act, desk, by):
    enquiry = act(enquiry, "ask")
    first_reply = enquiry.first_reply_at
    given = {"text": "Fridays", "by": by, "desk": desk, "now": NOON + DAY, "key": uuid.uuid4()}

    for _ in range(2):
        services.hear_answer(enquiry=enquiry, **given)

    enquiry.refresh_from_db()
    assert (enquiry.asked_at, enquiry.first_reply_at) == (None, first_reply)
    assert due(enquiry) == {date(2026, 10, 8)}
    assert kinds(enquiry).count("answered") == 1


def test_that_they_answered_is_offered_while_an_answer_is_awaited(sign_in, enquiry, act):
    client, address = sign_in("desk"), reverse("enquiries:answered", args=[enquiry.pk])
    screen = reverse("enquiries:inspect", args=[enquiry.pk])
    assert address not in client.get(screen).content.decode()
    act(enquiry, "ask")
    assert address in client.get(screen).content.decode()

    client.post(address, {"text": "Fridays"})

    assert address not in client.get(screen).content.decode()
    assert enquiry.timeline.get(kind="answered").text == "Fridays"


def test_beside_a_reply_stands_what_was_said(sign_in, enquiry, act):
    act(enquiry, "reply", text="Good morning")

    page = sign_in("desk").get(reverse("enquiries:reply", args=[enquiry.pk])).content.decode()

    assert "Good morning" in page
    assert "We open in spring." in page


# -- Logging ------------------------------------------------------------------------------


@pytest.fixture
def log(answers, desk, by):
    def log(*, key=None, acknowledge=True, **changes):
        return services.log(
            key=key or uuid.uuid4(),
            answers=answers(**changes),
            source=Enquiry.Source.PHONE,
            by=by,
            desk=desk,
            now=NOON,
            acknowledge=acknowledge,
        )

    return log


def test_a_call_is_logged_for_an_employer(log, by):
    enquiry = log()

    assert (enquiry.source, enquiry.owner, states(enquiry)) == ("phone", by, {"with_desk"})
    assert kinds(enquiry) == ["logged", "employer_told"]
    assert [message.recipient for message in Message.objects.all()] == ["sam@example.com"]


def test_what_was_logged_is_spoken_to_and_no_reply_is_promised(log, sign_in):
    enquiry = log()

    page = sign_in("desk").get(reverse("enquiries:inspect", args=[enquiry.pk])).content.decode()

    assert "Spoken to on" in page
    assert "<dt>Reply by</dt>" not in page


def test_the_mail_about_a_call_promises_no_reply(log):
    enquiry = log()

    body = Message.objects.get(purpose="enquiry_acknowledgement").body
    assert "You spoke to" in body
    assert "replies to you by" not in body
    assert f"{enquiry.reply_due_on.day} October" not in body


def test_a_partner_has_its_own_time_for_who_called(log, by, desk, client):
    enquiry = log(offers=["hire-flexibly"])
    interest = enquiry.interests.get()
    partner = Partner.objects.get(slug="timewise")

    interest = services.hand_over(interest=interest, to=partner, by=by, desk=desk, now=NOON)
    assert interest.due_on == date(2026, 10, 12)  # 5 working days
    interest = services.accept(interest=interest, by=by, desk=desk, now=NOON)

    assert interest.due_on > date(2026, 10, 20)
    page = client.get(reverse("track", args=[enquiry.track_token])).content.decode()
    assert "You spoke to us on" in page
    assert "replies to you by" not in page


def test_a_call_that_was_taken_for_spam_is_released_without_a_mail(log, act):
    enquiry = act(log(acknowledge=False), "quarantine", reason="Pills")

    act(enquiry, "release", now=NOON + DAY)

    assert not Message.objects.exists()


def test_who_logs_is_asked_about_the_employer(sign_in, home):
    page = sign_in("desk").get(reverse("enquiries:log")).content.decode()

    assert "What do they want to talk about?" in page
    assert "What would you like to talk about?" not in page
    assert "Choose Phone for an email or a visit too." in page


def test_the_same_form_logs_once(log):
    key = uuid.uuid4()

    assert log(key=key) == log(key=key)
    assert Enquiry.objects.count() == 1


@pytest.mark.parametrize("changes", [{"acknowledge": False}, {"email": ""}], ids=str)
def test_a_call_need_not_be_acknowledged(log, changes):
    log(**changes)

    assert not Message.objects.exists()


# -- Undelivered --------------------------------------------------------------------------


def test_what_could_not_be_delivered_is_shown_until_somebody_has_dealt_with_it(enquiry, act):
    def give_up(at):
        Message.objects.filter(purpose="enquiry_received").update(state="dead", settled_at=at)

    assert not Enquiry.objects.undelivered().exists()
    give_up(NOON + HOUR)
    assert list(Enquiry.objects.undelivered()) == [enquiry]

    act(enquiry, "settle_undelivered", now=NOON + 2 * HOUR)
    assert not Enquiry.objects.undelivered().exists()

    give_up(NOON + DAY)
    assert list(Enquiry.objects.undelivered()) == [enquiry]


# -- Reply templates ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Dear {naem}", "Nothing fills in {naem}"),
        ("Dear {}", "Nothing fills in {}"),
        ("Dear {name!r}", "Nothing fills in {name!r}"),
        ("Dear {name", "Write { and } only around what is filled in"),
        ("Dear name}", "Write { and } only around what is filled in"),
    ],
)
def test_a_template_with_a_wrong_placeholder_is_not_saved(home, text, message):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError) as refused:
        ReplyTemplate(name="Situation", text=text).full_clean()

    assert refused.value.messages == [message]


def test_no_reply_of_the_demonstration_is_signed_twice_or_begins_small(home):
    """The mail ends with the name of the team."""
    for template in ReplyTemplate.objects.all():
        greeting, first, *_ = template.text.split("\n\n")
        assert "{team}" not in template.text
        assert greeting == "Dear {name},"
        assert first[0] in "[T" or first[0].isupper()


def test_a_template_is_filled_in_with_what_the_enquiry_says(enquiry, desk):
    template = ReplyTemplate(
        name="Situation",
        text="Dear {name} of {organisation}, {reference} about {topics}. {team}, {phone}",
    )
    template.full_clean()
    desk.phone = "020 7946 0000"

    text = template.fill_in(enquiry, desk)

    assert text.startswith(f"Dear Sam Okafor of Canal Bakery, {enquiry.reference} about ")
    assert text.endswith(f"{desk.team_name}, 020 7946 0000")


def test_a_reply_is_not_about_what_they_withdrew(enquiry, desk):
    gone, stays = enquiry.interests.in_order()
    own = ReplyTemplate.objects.create(name="Own", text="{topics}", offer=gone.offer)
    services.withdraw(interest=gone, now=NOON)

    assert own.fill_in(enquiry, desk) == stays.topic
    assert own not in ReplyTemplate.objects.fitting(enquiry)


def test_what_is_not_known_stays_to_be_filled_in(enquiry, desk):
    desk.phone = ""

    assert ReplyTemplate(text="Call {phone}").fill_in(enquiry, desk) == "Call {phone}"


def test_what_an_employer_typed_is_not_filled_in_again(make_enquiry, desk):
    enquiry = make_enquiry(name="{phone} {team}")

    assert ReplyTemplate(text="Dear {name}").fill_in(enquiry, desk) == "Dear {phone} {team}"


def test_who_is_not_sure_yet_is_not_quoted(make_enquiry, desk):
    enquiry = make_enquiry(offers=["not-sure"])

    text = ReplyTemplate(text="Thank you for asking about {topics}.").fill_in(enquiry, desk)

    assert text == "Thank you for asking about how to get involved."


def test_names_with_brackets_are_no_gaps(sign_in, make_enquiry):
    enquiry = make_enquiry(organisation="Acme [UK]", name="Jo {x}")
    client, address = sign_in("desk"), reverse("enquiries:reply", args=[enquiry.pk])

    refused = client.post(address, {"text": "Dear Jo {x} of Acme [UK], about [what]"})
    sent = client.post(address, {"text": "Dear Jo {x} of Acme [UK]"})

    assert "Fill in [what]" in refused.content.decode()
    assert "Fill in {x}" not in refused.content.decode()
    assert sent.status_code == 302


def test_templates_for_other_offers_are_not_offered(enquiry):
    offer = OfferPage.objects.get(slug="hire-flexibly")
    other = OfferPage.objects.get(slug="mentor-a-young-person")
    ReplyTemplate.objects.all().delete()
    names = {"Any": None, "Fits": offer, "Other": other}
    for name, about in names.items():
        ReplyTemplate.objects.create(name=name, offer=about, text="Hello")

    fitting = ReplyTemplate.objects.fitting(enquiry).in_order()
    assert [template.name for template in fitting] == ["Fits", "Any"]


def test_interests_of_an_enquiry_are_kept_apart(enquiry, make_enquiry, act):
    other = make_enquiry(offers=["hire-flexibly"], now=NOON)

    act(enquiry, "reply")

    assert {interest.due_on for interest in Interest.objects.filter(enquiry=other)} == {
        date(2026, 10, 7)
    }


# -- What it was for how many -------------------------------------------------------------


@pytest.mark.parametrize("outcome", ["placed", "matched"])
@pytest.mark.parametrize("count", ["", "0"])
def test_of_people_placed_or_matched_the_number_is_needed(sign_in, make_enquiry, outcome, count):
    interest = make_enquiry(offers=["hire-flexibly"]).interests.get()
    address = f"/admin/enquiries/interest/close/{interest.pk}/"
    client = sign_in("desk")

    refused = client.post(address, {"outcome": outcome, "outcome_count": count})
    assert refused.status_code == 422
    assert "Enter how many people" in refused.content.decode()

    client.post(address, {"outcome": outcome, "outcome_count": "2"})
    interest.refresh_from_db()
    assert (interest.outcome, interest.outcome_count) == (outcome, 2)


def test_how_many_they_were_stays_on_the_timeline(make_enquiry, by, desk, sign_in):
    interest = make_enquiry(offers=["hire-flexibly"]).interests.get()
    services.close(interest=interest, outcome="placed", count=2, by=by, now=NOON)
    services.reopen(interest=interest, by=by, desk=desk, now=NOON + HOUR)

    assert interest.enquiry.timeline.get(kind="closed").about == "Placed: 2"


def test_before_several_are_closed_it_is_said_who_has_them_and_who_waits(
    sign_in, make_enquiry, by, desk
):
    interest = make_enquiry(offers=["hire-flexibly"]).interests.get()
    partner = Partner.objects.get(slug="timewise")
    given = {"interest": interest, "by": by, "desk": desk, "now": NOON}
    services.hand_over(to=partner, **given)
    services.accept(**given)

    address = f"/admin/bulk/enquiries/enquiry/close/?id={interest.enquiry_id}"
    page = sign_in("desk").get(address).content.decode()

    assert f"{interest.topic}: accepted, Timewise" in page
    assert "Nobody has replied to them yet" in page


def test_of_whom_nobody_can_be_mailed_it_is_said_before(sign_in, make_enquiry, person):
    interest = make_enquiry(offers=["hire-flexibly"]).interests.get()

    screen = sign_in("desk").get(reverse("enquiries:hand-over", args=[interest.pk]))

    choices = {
        str(label): key
        for _, group in screen.context["form"].fields["partner"].choices[1:]
        for key, label in group
    }
    unmailed = {label for label in choices if "we have no address: tell them yourself" in label}
    with_members = Partner.objects.filter(memberships__isnull=False)
    assert unmailed
    assert not {choices[label] for label in unmailed} & {one.pk for one in with_members}
    assert {key for label, key in choices.items() if label not in unmailed} == {
        one.pk for one in with_members
    }


def test_several_are_not_closed_as_placed_at_once(sign_in, make_enquiry):
    enquiry = make_enquiry()
    address = f"/admin/bulk/enquiries/enquiry/close/?id={enquiry.pk}"
    client = sign_in("desk")
    assert "one by one" in client.get(address).content.decode()

    client.post(address, {"outcome": "placed"})

    assert enquiry.interests.open().count() == 2


def test_whoever_gave_no_address_is_to_be_called(sign_in, make_enquiry):
    enquiry = make_enquiry()
    Enquiry.objects.update(email="")
    page = sign_in("desk").get(f"/admin/enquiries/inspect/{enquiry.pk}/").content.decode()

    assert "call them on 020 7946 0999" in page
    assert f"/admin/enquiries/reply/{enquiry.pk}/" not in page
