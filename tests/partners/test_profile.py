"""What members propose of their profile, and what the council does with it."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Workflow, WorkflowContentType

from accounts.models import User
from offers.models import OfferLink
from partners import services
from partners.models import Partner
from partners.profile_forms import as_typed
from tests.members import OTHER, OWN, mails, told_by_wagtail, words

PROFILE = f"{OWN}profile/"
EDIT = f"{PROFILE}edit/"


def fields(client, **changes):
    """What the form holds, as a browser would send it, with some answers changed."""
    page = BeautifulSoup(client.get(EDIT).content, "html.parser")
    inputs = {one["name"]: one.get("value", "") for one in page.select("main form input")}
    areas = {
        one["name"]: one.text.removeprefix("\r\n").removeprefix("\n")
        for one in page.select("main textarea")
    }
    return {**inputs, **areas, **changes}


def public():
    return Partner.objects.get(slug="big-alliance")


def decide(person, action, comment="", thing=None):
    """An editor presses a button of Wagtail's moderation."""
    thing = thing or public()
    state = thing.current_workflow_task_state
    state.task.specific.on_action(state, person("editor"), action, comment=comment)


def test_the_public_keeps_the_approved_words_until_the_council_approves(lead, person):
    before = public()

    answer = lead.post(EDIT, fields(lead, role="Mentoring for every school"))

    assert (answer.status_code, answer["Location"]) == (303, f"{PROFILE}?done=sent")
    assert public().role == before.role
    page = words(lead.get(PROFILE))
    assert "Waiting for the council" in page
    assert "Mentoring for every school" in page
    editors = {"editor@example.org", "editor2@example.org", "admin@example.org"}
    assert set(told_by_wagtail()) == editors

    decide(person, "approve")

    assert public().role == "Mentoring for every school"
    assert public().about == before.about
    assert "Published." in words(lead.get(PROFILE))
    (mail,) = mails("proposal_approved")
    assert mail.recipient == "partner@example.org"
    assert PROFILE in mail.body
    assert "partner@example.org" not in told_by_wagtail()


def test_what_is_returned_comes_with_the_reason_and_is_sent_again(lead, person):
    lead.post(EDIT, fields(lead, role="Mentoring, and more"))

    decide(person, "reject", "Say what more means.")

    (mail,) = mails("proposal_returned")
    assert mail.recipient == "partner@example.org"
    assert "Say what more means." in mail.body
    assert PROFILE in mail.body
    assert "/admin/" not in mail.body
    assert "partner@example.org" not in told_by_wagtail()
    assert "Say what more means." in words(lead.get(PROFILE))
    assert "Say what more means." in words(lead.get(EDIT))
    assert fields(lead)["role"] == "Mentoring, and more"

    lead.post(EDIT, fields(lead, role="Mentoring and visits"))

    assert "Waiting for the council" in words(lead.get(PROFILE))
    decide(person, "approve")
    assert public().role == "Mentoring and visits"


def test_a_website_may_be_typed_as_people_say_it(lead, person):
    lead.post(EDIT, fields(lead, website="www.example.org"))

    decide(person, "approve")
    assert public().website == "https://www.example.org"


def test_a_member_replaces_what_waits(lead, person):
    lead.post(EDIT, fields(lead, role="The first"))
    lead.post(EDIT, fields(lead, role="The second"))

    assert public().workflow_states.active().count() == 1
    decide(person, "approve")
    assert public().role == "The second"


def test_taken_back_it_is_as_if_nothing_had_been_sent(lead, person):
    before = public().role
    lead.post(EDIT, fields(lead, role="Something else"))
    assert lead.get(f"{PROFILE}take-back/").status_code == 200

    answers = [lead.post(f"{PROFILE}take-back/") for _ in range(2)]

    assert [answer["Location"] for answer in answers] == [f"{PROFILE}?done=taken-back"] * 2
    assert "Published." in words(lead.get(PROFILE))
    assert fields(lead)["role"] == before
    # Whoever edits it in the CMS begins with what is public too.
    assert public().get_latest_revision_as_object().role == before
    assert not public().has_unpublished_changes


def test_a_change_that_was_sent_meanwhile_is_not_taken_back_with_the_one_before(lead):
    lead.post(EDIT, fields(lead, role="The first"))
    screen = lead.get(f"{PROFILE}take-back/").content.decode()
    base = re.search(r'name="base" value="(\d+)"', screen)[1]
    lead.post(EDIT, fields(lead, role="The second"))

    answer = lead.post(f"{PROFILE}take-back/", {"base": base}, follow=True)

    assert "Nothing was taken back: another change was sent meanwhile" in words(answer)
    assert public().get_latest_revision_as_object().role == "The second"
    assert public().current_workflow_state


def test_who_edits_back_to_what_the_public_reads_has_taken_the_change_back(lead):
    before = public().role
    lead.post(EDIT, fields(lead, role="Something else"))

    answer = lead.post(EDIT, fields(lead, role=before))

    assert answer["Location"] == f"{PROFILE}?done=taken-back"
    assert public().current_workflow_state is None


def test_a_second_press_sends_once(lead):
    sent = fields(lead, role="Mentoring for every school")

    answers = [lead.post(EDIT, sent) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == [f"{PROFILE}?done=sent"] * 2
    assert public().workflow_states.count() == 1


def test_of_two_who_write_at_once_the_second_is_told_and_loses_nothing(
    lead, client, person, make_member
):
    make_member("desk", "big-alliance")
    mine = fields(lead, role="Mine")
    theirs = fields(lead, role="Theirs")
    assert lead.post(EDIT, theirs).status_code == 303

    answer = lead.post(EDIT, mine)

    assert answer.status_code == 409
    assert "Somebody changed this while you were writing" in words(answer)
    assert 'value="Mine"' in answer.content.decode()
    assert public().get_latest_revision_as_object().role == "Theirs"
    again = BeautifulSoup(answer.content, "html.parser").select_one("[name=base]")["value"]
    assert lead.post(EDIT, {**mine, "base": again}).status_code == 303
    assert public().get_latest_revision_as_object().role == "Mine"


def test_what_an_editor_published_meanwhile_is_not_overwritten_unseen(lead, person):
    mine = fields(lead, role="Mine")
    partner = public()
    partner.role = "The editor’s"
    partner.save_revision(user=person("editor")).publish(user=person("editor"))

    answer = lead.post(EDIT, mine)

    assert answer.status_code == 409
    assert public().role == "The editor’s"


def test_what_the_council_is_changing_itself_is_left_alone(lead, person):
    partner = public()
    partner.role = "The editor’s"
    partner.save_revision(user=person("editor"))
    partner.get_workflow().start(partner, person("editor"))

    page = words(lead.get(PROFILE))
    answers = [lead.get(EDIT), lead.post(EDIT, {"role": "Mine"}), lead.post(f"{PROFILE}take-back/")]

    assert "The council is changing this" in page
    assert "The editor’s" not in page
    assert {answer["Location"] for answer in answers} == {f"{PROFILE}?done=with-council"}
    assert public().current_workflow_state.requested_by == person("editor")


def test_nothing_new_sends_nothing(lead):
    answer = lead.post(EDIT, fields(lead))

    assert answer["Location"] == f"{PROFILE}?done=same"
    assert public().current_workflow_state is None


def test_only_what_is_the_members_is_changed(lead):
    lead.post(
        EDIT,
        fields(lead, role="New", name="Evil", slug="evil", kind="recruiter", order=1, is_active=""),
    )

    draft = public().get_latest_revision_as_object()
    assert (draft.name, draft.slug, draft.kind) == (
        "BIG Alliance",
        "big-alliance",
        "employer-network",
    )
    assert draft.is_active


def test_a_coordinator_proposes_for_others(client, person, make_member):
    make_member("partner2", "timewise", is_coordinator=True)
    client.force_login(person("partner2"))

    answer = client.post(EDIT, fields(client, role="By a coordinator"))

    assert answer.status_code == 303
    decide(person, "approve")
    assert public().role == "By a coordinator"
    assert mails("proposal_approved").get().recipient == "partner2@example.org"


def test_others_are_not_there(lead):
    for page in ("", "edit/", "take-back/"):
        assert lead.get(f"{OTHER}profile/{page}").status_code == 404
    assert lead.post(f"{OTHER}profile/edit/", {"role": "Mine"}).status_code == 404


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"role": ""}, "Enter what you do here"),
        ({"role": "x" * 100_000}, "What you do here must be 80 characters or less"),
        ({"website": "http://example.org"}, "Enter an address that starts with https://"),
        ({"website": "https://"}, "Enter an address that starts with https://"),
        ({"website": "javascript:alert(1)"}, "Enter an address that starts with https://"),
        ({"public_email": "sam"}, "Enter an email address in the correct format"),
        ({"public_phone": "call me"}, "Enter a phone number, like 020 7946 0000"),
        ({"about": "x" * 100_000}, "must be 5,000 characters or less"),
        ({"about": "[x](wagtail://page?id=1)"}, "Enter the text without links"),
        ({"about": "[x](wagtail://page)"}, "Enter the text without links"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(lead, changes, message):
    answer = lead.post(EDIT, fields(lead, **{"public_phone": "020 7946 0000", **changes}))

    assert answer.status_code == 422
    assert message in words(answer)
    if "public_phone" not in changes:
        assert 'value="020 7946 0000"' in answer.content.decode()
    assert public().current_workflow_state is None


HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[x](javascript:alert(1))",
    '<a href="javascript:alert(1)">x</a>',
    "[x](<javascript:alert(1)>)",
    "[x](data:text/html,<script>alert(1)</script>)",
    "![x](https://example.org/x.png)",
    '<embed embedtype="image" id="1">',
    "<p style=position:fixed>x</p>",
    "a\x00b",
    "İ",
    "```\n<script>\n```",
    "* _x* **_`",
    "[" * 2_000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_more_than_text(lead, client, person, text):
    answer = lead.post(EDIT, fields(lead, about=text))

    assert answer.status_code in (303, 422)
    if public().current_workflow_state:
        decide(person, "approve")
    page = BeautifulSoup(client.get("/partners/big-alliance/").content, "html.parser")
    about = page.select_one(".prose")
    assert not about.select("script, img, embed, [onerror], [style]")
    assert all(link["href"].startswith(("/", "https:")) for link in about.select("a"))


def test_what_the_editors_wrote_can_be_read_and_changed_as_text(lead, person):
    html = (
        "<h3>Who we are</h3><p>We are <b>here</b>.</p><ul><li>One</li><li>Two</li></ul>"
        '<p><a href="https://example.org/">A link</a></p>'
    )
    partner = public()
    partner.about = html
    partner.save_revision().publish()

    typed = fields(lead)["about"]

    assert "### Who we are" in typed
    lead.post(EDIT, fields(lead, role="Only this"))
    assert public().get_latest_revision_as_object().about == html

    lead.post(EDIT, fields(lead, about=f"{typed}\n\nAnd more."))
    decide(person, "approve")
    about = BeautifulSoup(public().about, "html.parser")
    assert about.h3.text == "Who we are"
    assert [one.text for one in about.select("li")] == ["One", "Two"]
    assert about.a["href"] == "https://example.org/"
    assert about.get_text().endswith("And more.")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("snake_case and 5*3*2, *so* `it` is", ["snake_case and 5*3*2, *so* `it` is"]),
        ("2019. It began\n\n2020. It grew", ["2019. It began", "2020. It grew"]),
        ("# 1 of them\n> said\nOne\n---\nTwo", ["# 1 of them", "> said", "One", "---", "Two"]),
        ("C:\\_x [1] ~~2~~ & <b> &amp;", ["C:\\_x [1] ~~2~~ & <b> &amp;"]),
        ("10. Downing Street\n\nOn\n30. June", ["10. Downing Street", "On", "30. June"]),
        ("~~~~ Our story ~~~~\n\nMore", ["~~~~ Our story ~~~~", "More"]),
        ("One\n\n- - -\n\n***\n\nTwo", ["One", "- - -", "***", "Two"]),
        ("* One\n+ Two\n• Three", ["- One", "- Two", "- Three"]),
        ("### Us\n\n1. **One**\n2. [a_b](https://example.org/a_b)", ["### Us", "1. **One**"]),
    ],
)
def test_signs_stay_as_they_were_typed_and_are_typed_the_same_again(lead, typed, read):
    lead.post(EDIT, fields(lead, about=typed))

    again = fields(lead)["about"]
    assert [line for line in again.split("\n") if line][: len(read)] == read
    html = public().get_latest_revision_as_object().about
    lead.post(EDIT, fields(lead, about=f"{again} "))
    assert public().get_latest_revision_as_object().about == html


def test_the_typed_form_of_nothing_is_nothing():
    assert as_typed("") == ""


def test_an_editor_sees_what_would_change(lead, client, person):
    lead.post(EDIT, fields(lead, role="Mentoring for every school"))
    partner = public()
    client.force_login(person("editor"))

    compare = client.get(
        reverse(
            partner.snippet_viewset.get_url_name("revisions_compare"),
            args=[partner.pk, "live", partner.latest_revision_id],
        )
    )

    assert compare.status_code == 200
    assert "for every school" in compare.content.decode()


def test_a_partner_whose_other_fields_are_wrong_is_told_of(lead):
    Partner.objects.filter(slug="big-alliance").update(website="http://old.example.org", kind="x")

    answer = lead.post(EDIT, fields(lead, role="New", website=""))

    assert answer.status_code == 409
    assert public().current_workflow_state is None


def test_standing_costs_few_queries(lead, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        services.standing(public())


@pytest.mark.parametrize("lacking", ["assignment", "activity", "task"])
def test_where_nobody_approves_nothing_is_sent_or_lost(lead, lacking):
    workflow = public().get_workflow()
    if lacking == "assignment":
        WorkflowContentType.objects.all().delete()
    elif lacking == "activity":
        Workflow.objects.update(active=False)
    else:
        workflow.tasks.update(active=False)
    before = public()

    answer = lead.post(EDIT, fields(lead, role="Mentoring for every school"))

    assert answer.status_code == 409
    assert "Nobody at the council can approve this at the moment" in words(answer)
    assert 'value="Mentoring for every school"' in answer.content.decode()
    after = public()
    assert after.role == before.role
    assert after.latest_revision_id == before.latest_revision_id
    assert after.current_workflow_state is None


def test_what_waits_goes_on_waiting_where_nobody_approves_the_next(lead):
    lead.post(EDIT, fields(lead, role="The first"))
    Workflow.objects.update(active=False)

    answer = lead.post(EDIT, fields(lead, role="The second"))

    assert "Nobody at the council can approve this" in words(answer)
    assert services.standing(public()).is_waiting
    assert public().get_latest_revision_as_object().role == "The first"


def test_where_nobody_approves_a_new_offer_is_not_lost_either(lead):
    Workflow.objects.update(active=False)
    page = BeautifulSoup(lead.get(f"{OWN}offers/add/").content, "html.parser")
    offer = page.select("[name=offer] option")[-1]["value"]
    sent = {"offer": offer, "role": "lead", "what_we_do": "We match you.", "room": "now"}

    answer = lead.post(f"{OWN}offers/add/", sent)

    assert answer.status_code == 422
    assert "Nobody at the council can approve this" in words(answer)
    assert "We match you." in answer.content.decode()
    assert not OfferLink.objects.filter(what_we_do="We match you.").exists()


def test_who_proposed_and_becomes_an_editor_is_told_by_wagtail_from_then_on(lead, person):
    lead.post(EDIT, fields(lead, role="As a member"))
    decide(person, "approve")
    assert "partner@example.org" not in told_by_wagtail()

    member = person("partner")
    member.groups.set(person("editor").groups.all())
    partner = public()
    partner.role = "As an editor"
    partner.save_revision(user=member)
    partner.get_workflow().start(partner, User.objects.get(pk=member.pk))
    decide(person, "approve")

    assert told_by_wagtail().count("partner@example.org") == 1
    assert len(mails("proposal_approved")) == 1
