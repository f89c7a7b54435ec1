"""What an offer must say before it can be published, and who delivers it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.template import Context, Template
from django.utils import timezone
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError

from offers.blocks import BenefitBlock, QuestionBlock
from offers.models import OfferIndexPage, OfferLink, OfferPage, Sector
from partners.models import Partner


@pytest.fixture
def offer(home):
    return OfferPage.objects.get(slug="hire-flexibly")


def problems(offer):
    """What an editor is told who wants to publish it."""
    wrong = {}
    try:
        offer.full_clean()
    except ValidationError as refused:
        wrong = refused.message_dict
    beyond = offer.publish_problems(today=timezone.localdate())
    return {**wrong, **{field: [words] for field, words in beyond.items()}}


def test_a_demonstration_offer_is_without_fault(offer):
    assert problems(offer) == {}


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"title": "x" * 61}, "title", "Title must be 60 characters or less"),
        ({"summary": ""}, "summary", "Enter a summary"),
        ({"door": ""}, "door", "Select a door colour"),
        ({"time_needed": ""}, "time_needed", "Enter how much time it takes"),
        ({"cost": ""}, "cost", "Enter the cost to the employer, or ‘Free’"),
        ({"what_you_do": ""}, "what_you_do", "Enter what an employer does"),
        ({"action_label": ""}, "action_label", "Enter the words on the button"),
        (
            {"is_open": False, "closed_message": ""},
            "closed_message",
            "Enter what people see while this is closed",
        ),
        (
            {"involves_under_18s": True, "safeguarding": ""},
            "safeguarding",
            "Enter the safeguarding arrangements",
        ),
        (
            {"checked_on": date(2999, 1, 1)},
            "checked_on",
            "Date checked must be today or in the past",
        ),
        (
            {"hours_per_month": "1.5 hours"},
            "hours_per_month",
            "Enter the hours a month as a whole number",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and " " not in value else "",
)
def test_what_is_missing_is_said_in_plain_words(offer, changes, field, message):
    for name, value in changes.items():
        setattr(offer, name, value)

    assert problems(offer) == {field: [message]}


@pytest.mark.parametrize(
    ("field", "limit"),
    [
        ("title", 60),
        ("summary", 160),
        ("time_needed", 40),
        ("duration", 40),
        ("cost", 60),
        ("where", 60),
        ("good_for", 80),
        ("action_label", 40),
        ("topic", 60),
    ],
)
def test_every_text_has_its_limit(offer, field, limit):
    setattr(offer, field, "x" * limit)
    assert problems(offer) == {}

    setattr(offer, field, "x" * (limit + 1))
    assert list(problems(offer)) == [field]


def test_today_is_a_good_day_to_have_checked(offer):
    offer.checked_on = timezone.localdate()

    assert problems(offer) == {}


@pytest.mark.parametrize(("number", "is_right"), [(1, False), (2, True), (5, True), (6, False)])
def test_an_offer_names_2_to_5_benefits(number, is_right):
    benefit = {"heading": "New people", "text": "They stay.", "source": ""}
    check_stream("benefits", [("benefit", benefit)] * number, is_right)


@pytest.mark.parametrize(("number", "is_right"), [(2, False), (3, True), (6, True), (7, False)])
def test_an_offer_has_3_to_6_steps(number, is_right):
    check_stream("steps", [("step", "You send us a short enquiry.")] * number, is_right)


@pytest.mark.parametrize(
    ("field", "blocks", "message"),
    [
        ("benefits", [], "Add at least 2 benefits"),
        ("steps", [("step", "One.")], "Add at least 3 steps"),
    ],
    ids=["benefits", "steps"],
)
def test_too_few_are_counted_in_plain_words(field, blocks, message):
    block = OfferPage._meta.get_field(field).stream_block

    with pytest.raises(StreamBlockValidationError) as refused:
        block.clean(block.to_python([{"type": kind, "value": value} for kind, value in blocks]))

    assert message in refused.value.non_block_errors.as_text()


def check_stream(field, blocks, is_right):
    block = OfferPage._meta.get_field(field).stream_block
    value = block.to_python([{"type": kind, "value": value} for kind, value in blocks])
    if is_right:
        assert len(block.clean(value)) == len(blocks)
    else:
        with pytest.raises(StreamBlockValidationError):
            block.clean(value)


@pytest.mark.parametrize("question", ["How many mentors do we need?", "Why?  "])
def test_a_question_ends_with_a_question_mark(question):
    block = QuestionBlock()

    clean = block.clean(block.to_python({"question": question, "answer": "<p>Two.</p>"}))

    assert clean["question"] == question.strip()


@pytest.mark.parametrize("question", ["Tell us about mentors.", "Why?!", "?Why"])
def test_what_does_not_end_like_a_question_is_refused(question):
    block = QuestionBlock()

    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python({"question": question, "answer": "<p>Two.</p>"}))

    [error] = refused.value.block_errors["question"].messages
    assert error == "Questions must end with a question mark"


@pytest.mark.parametrize(
    ("field", "limit"), [("heading", 40), ("text", 160), ("source", 120)], ids=str
)
def test_a_benefit_has_limits(field, limit):
    block = BenefitBlock()
    good = {"heading": "New people", "text": "They stay.", "source": ""}

    assert block.clean(block.to_python({**good, field: "x" * limit}))
    with pytest.raises(StructBlockValidationError):
        block.clean(block.to_python({**good, field: "x" * (limit + 1)}))


def test_offers_stand_in_the_order_of_the_page_tree(home):
    index = OfferIndexPage.objects.get()
    last = OfferPage.objects.in_order().last()
    last.move(index, pos="first-child")

    assert OfferPage.objects.in_order().first() == last


def test_open_offers_leave_out_closed_ones(offer):
    OfferPage.objects.filter(pk=offer.pk).update(is_open=False)

    assert offer not in OfferPage.objects.published().open()
    assert offer in OfferPage.objects.published()


def test_sectors_stand_in_the_order_of_the_editors(home):
    Sector.objects.create(name="Aardvarks", slug="aardvarks", order=99)

    names = list(Sector.objects.in_order().values_list("name", flat=True))
    assert names[0] == "Hospitality and catering"
    assert names[-1] == "Aardvarks"
    assert len(names) == 12


# -- Offer links --------------------------------------------------------------------------


@pytest.fixture
def link(home):
    return OfferLink.objects.select_related("partner", "offer").first()


def test_an_approved_link_of_an_active_partner_to_a_live_offer_is_published(link):
    assert link in OfferLink.objects.published()


@pytest.mark.parametrize(
    "hide",
    [
        lambda link: link.unpublish(),
        lambda link: link.partner.unpublish(),
        lambda link: Partner.objects.filter(pk=link.partner_id).update(is_active=False),
        lambda link: link.offer.unpublish(),
        lambda link: link.offer.view_restrictions.create(restriction_type="login"),
        lambda link: link.offer.get_parent().view_restrictions.create(restriction_type="login"),
        lambda link: (
            link.offer.get_parent()
            .get_parent()
            .view_restrictions.create(restriction_type="password", password="x")
        ),
    ],
    ids=[
        "link is a draft",
        "partner is a draft",
        "partner is retired",
        "offer is a draft",
        "offer is private",
        "offer is under a private page",
        "offer is far under a private page",
    ],
)
def test_a_link_is_published_only_if_all_of_it_is(link, hide):
    hide(link)

    assert link not in OfferLink.objects.published()


def test_the_public_keeps_the_last_approved_link_while_a_change_waits(link):
    approved = link.what_we_do
    link.what_we_do = "Something new"
    link.save_revision()

    assert OfferLink.objects.published().get(pk=link.pk).what_we_do == approved


def test_a_closed_offer_still_says_who_runs_it(link):
    OfferPage.objects.filter(pk=link.offer_id).update(is_open=False)

    assert link in OfferLink.objects.published()


def test_those_who_lead_stand_before_those_who_support(home):
    roles = list(OfferLink.objects.lead_first().values_list("role", flat=True))

    assert roles == sorted(roles)
    assert set(roles) == {"lead", "support"}


@pytest.mark.parametrize(
    ("room", "from_on", "words"),
    [
        ("now", None, "Has room now"),
        ("full", None, "Has no room"),
        ("from", date(2027, 1, 2), "Has room from January 2027"),
        ("from", date(2027, 1, 1), "Has room now"),
    ],
)
def test_room_is_told_in_words(room, from_on, words):
    link = OfferLink(room=room, from_on=from_on)

    assert link.room_text(date(2027, 1, 1)) == words


def test_room_from_a_date_needs_the_date(link):
    link.room, link.from_on = "from", None

    with pytest.raises(ValidationError, match="Enter from which date there is room"):
        link.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        OfferLink.objects.filter(pk=link.pk).update(room="from", from_on=None)


def test_a_partner_is_linked_to_an_offer_once(link):
    again = OfferLink(partner=link.partner, offer=link.offer, what_we_do="The same")

    with pytest.raises(ValidationError, match="This partner is linked to this offer already"):
        again.full_clean()


# -- Template tags ------------------------------------------------------------------------


def tag(source, **context):
    kept = Context(context)
    Template("{% load offers_tags %}" + source).render(kept)
    return kept["found"]


def test_all_offers_are_the_published_ones(offer):
    offer.unpublish()

    found = tag("{% all_offers as found %}")

    assert list(found) == list(OfferPage.objects.published().in_order())
    assert offer not in found


def test_an_offer_says_who_delivers_it_in_one_query(link, django_assert_num_queries):
    link.partner.unpublish()

    with django_assert_num_queries(1):
        found = [
            (each.partner.name, each.role)
            for each in tag("{% who_delivers offer as found %}", offer=link.offer)
        ]

    assert link.partner.name not in [name for name, _ in found]
    assert [role for _, role in found] == sorted(role for _, role in found)


def test_a_partner_says_what_it_delivers_in_one_query(link, django_assert_num_queries):
    link.offer.unpublish()

    with django_assert_num_queries(1):
        found = [
            each.offer.title
            for each in tag("{% delivered_by partner as found %}", partner=link.partner)
        ]

    assert link.offer.title not in found
