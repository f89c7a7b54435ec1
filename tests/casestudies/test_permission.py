"""The register: who agreed to what until when, and that nothing in it is lost or rewritten."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.urls import get_resolver, reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from casestudies import services
from casestudies.clock import months_after
from casestudies.models import CaseStudyPage, Permission, SignOff
from casestudies.permission_forms import PermissionForm
from core.personal_data import erase_person, export_person
from outbox.models import Message

DAY = timedelta(days=1)
ROLES = ["anonymous", "partner", "desk", "editor", "admin"]
MAY = {"editor", "admin"}


@pytest.fixture
def editor(client, person):
    client.force_login(person("editor"))
    return client


@pytest.fixture
def row(story, today):
    """What an editor types for one row, with some changes."""

    def row(**changes):
        return {
            "case_study": story.pk,
            "organisation": "Fanlight Foods",
            "person": "Sam Okafor",
            "role": "Owner",
            "covers_words": "on",
            "picture": "",
            "given_on": today.isoformat(),
            "until": (today + 365 * DAY).isoformat(),
            "evidence": "Email of 3 May, in the shared mailbox",
            **changes,
        }

    return row


# -- Reads ----------------------------------------------------------------------------------------


def test_a_permission_is_in_force_from_its_first_to_its_last_day(permit, today):
    permission = permit(given_on=today, until=today + 10 * DAY)

    def in_force(on):
        found = Permission.objects.in_force(on).filter(pk=permission.pk).exists()
        assert found == permission.is_in_force(on)
        return found

    assert [in_force(today + days * DAY) for days in (-1, 0, 10, 11)] == [False, True, True, False]


def test_a_withdrawn_permission_is_not_in_force(permit, today, person):
    permission = permit()

    services.withdraw_permission(
        permission=permission, why="Sam rang", by=person("editor"), now=timezone.now()
    )

    assert not Permission.objects.in_force(today).exists()
    assert Permission.objects.withdrawn().get().withdrawn_why == "Sam rang"


def test_what_ends_soon_is_found(permit, today):
    soon, _later, _over = (
        permit(given_on=today - 99 * DAY, until=today + days * DAY) for days in (60, 61, -1)
    )

    assert list(Permission.objects.lapsing(today, 60 * DAY)) == [soon]
    assert Permission.objects.lapsed(today).count() == 1


def test_words_and_pictures_are_told_apart(permit, photo):
    words = permit()
    picture = permit(covers_words=False, picture=photo)

    assert list(Permission.objects.for_words()) == [words]
    assert list(Permission.objects.for_picture(photo)) == [picture]


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 11, 26), 24, date(2028, 11, 26)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(start, months, end):
    assert months_after(start, months) == end


def test_the_database_refuses_days_in_the_wrong_order(permit, today):
    for wrong in ({"until": today - DAY}, {"withdrawn_on": today - DAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            permit(**wrong)


def test_a_page_that_is_deleted_leaves_its_permissions(permit, story):
    permission = permit()

    CaseStudyPage.objects.get(pk=story.pk).delete()

    permission.refresh_from_db()
    assert permission.case_study is None


def test_what_was_permitted_for_a_page_that_is_deleted_counts_for_no_other(permit, story, photo):
    today = timezone.localdate()
    permit(covers_words=False, picture=photo)
    over = permit(given_on=today - 9 * DAY, until=today - DAY)

    story.get_parent().delete()  # with all that is below it

    assert not Permission.objects.in_force(today).exists()
    over.refresh_from_db()
    assert over.status(today) == "Over"


def test_what_a_later_answer_replaced_is_not_called_withdrawn(editor, agree):
    agree()
    agree()

    shown = editor.get(reverse("permissions:index"), {"status": "replaced"})
    [first] = shown.context["object_list"]
    assert first.status(timezone.localdate()) == "Replaced by a later one"
    assert "Replaced by a later one" in shown.content.decode()
    withdrawn = editor.get(reverse("permissions:index"), {"status": "withdrawn"})
    assert not withdrawn.context["object_list"]
    inspected = editor.get(reverse("permissions:inspect", args=[first.pk])).content.decode()
    assert "Replaced by a later one on" in inspected
    services.erase_permission(permission=first, now=timezone.now())
    first.refresh_from_db()
    assert (first.person, first.evidence, first.is_replaced) == ("", "", True)


def test_what_an_editor_ended_is_withdrawn_whatever_they_wrote(permit, person):
    permission = permit()

    services.withdraw_permission(
        permission=permission,
        why="Replaced by their answer on 3 May 2026",
        by=person("editor"),
        now=timezone.now(),
    )

    permission.refresh_from_db()
    assert permission.status(timezone.localdate()) == "Withdrawn"
    assert Permission.objects.withdrawn().get() == permission


# -- Screens --------------------------------------------------------------------------------------


def test_an_editor_adds_one(editor, row, person):
    response = editor.post(reverse("permissions:add"), row())

    assert response.status_code == 302
    permission = Permission.objects.get()
    assert permission.added_by == person("editor")
    assert ModelLogEntry.objects.for_instance(permission).get().action == "wagtail.create"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"organisation": ""}, "Enter the organisation"),
        ({"organisation": "\u200b"}, "Enter the organisation"),
        ({"person": ""}, "Enter who gave the permission"),
        ({"covers_words": ""}, "Select what may be shown: the words, the logo or a picture"),
        ({"given_on": ""}, "Enter when it was given"),
        ({"until": ""}, "Enter until when it holds"),
        ({"until": "2001-01-01"}, "It cannot end before the day it was given"),
        ({"evidence": ""}, "Enter where the evidence is kept"),
    ],
)
def test_what_is_missing_is_said(editor, row, changes, message):
    form = {name: value for name, value in row(**changes).items() if value != ""}

    response = editor.post(reverse("permissions:add"), form)

    assert response.status_code == 200
    assert message in BeautifulSoup(response.content, "html.parser").get_text()
    assert not Permission.objects.exists()


@pytest.mark.parametrize("name", ["organisation", "person", "role", "evidence"])
@pytest.mark.parametrize(
    "text", ["\x00", "\ud800", "x" * 100_000, "İ", "<script>", "\u202e", "=1+1"]
)
def test_no_text_breaks_the_register(editor, row, name, text):
    typed = text.encode("utf-8", "replace").decode()

    response = editor.post(reverse("permissions:add"), row(**{name: typed}))

    assert response.status_code in (200, 302)
    assert editor.get(reverse("permissions:index")).status_code == 200
    assert b"<script>x" not in editor.get(reverse("permissions:index")).content


def test_what_was_changed_stands_in_the_history_without_names(editor, row, permit, today):
    permission = permit(evidence="Old", person="Sam Okafor")
    until = today + 30 * DAY
    form = row(until=until.isoformat(), person="Priya Shah", evidence="New")
    form["given_on"] = today.isoformat()

    assert editor.post(reverse("permissions:edit", args=[permission.pk]), form).status_code == 302

    history = editor.get(reverse("permissions:history", args=[permission.pk])).content.decode()
    assert f"Holds until: {permission.until}, then {until}" in history
    assert "Who gave it" in history
    assert "Okafor" not in history
    assert "Shah" not in history


def test_what_the_employer_gave_and_what_is_withdrawn_is_not_rewritten(
    editor, row, agree, permit, person
):
    agree()
    given = Permission.objects.get()
    over = services.withdraw_permission(
        permission=permit(), why="Sam rang", by=person("editor"), now=timezone.now()
    )

    for permission, message in [
        (given, "The employer gave this on a page of ours"),
        (over, "This was withdrawn: it stays as it is"),
    ]:
        before = Permission.objects.filter(pk=permission.pk).values().get()
        form = row(until="2050-01-01")
        response = editor.post(reverse("permissions:edit", args=[permission.pk]), form)
        assert message in response.content.decode()
        assert Permission.objects.filter(pk=permission.pk).values().get() == before


def test_an_end_that_is_moved_to_the_past_takes_the_page_off(editor, row, story, permit, person):
    permission = permit(given_on=timezone.localdate() - 9 * DAY)
    CaseStudyPage.objects.filter(pk=story.pk).update(live=True)
    form = row(given_on=permission.given_on.isoformat(), until=permission.given_on.isoformat())

    editor.post(reverse("permissions:edit", args=[permission.pk]), form)

    assert not CaseStudyPage.objects.get(pk=story.pk).live


def test_what_is_withdrawn_while_somebody_changes_it_stays_withdrawn(
    editor, row, permit, person, monkeypatch
):
    permission = permit()
    address = reverse("permissions:edit", args=[permission.pk])
    clean = PermissionForm.clean

    def withdrawn_after(form):
        """Somebody withdraws it between the look of the form and the save."""
        data = clean(form)
        services.withdraw_permission(
            permission=permission, why="Sam rang", by=person("editor2"), now=timezone.now()
        )
        return data

    monkeypatch.setattr(PermissionForm, "clean", withdrawn_after)

    response = editor.post(address, row(evidence="Another email"))

    assert response.status_code == 200
    text = response.content.decode()
    assert "This was withdrawn: it stays as it is" in text
    assert "Another email" in text
    kept = Permission.objects.get()
    assert (kept.withdrawn_why, kept.evidence) == ("Sam rang", "Email of today")
    actions = ModelLogEntry.objects.for_instance(permission).values_list("action", flat=True)
    assert list(actions) == ["casestudies.withdraw_permission"]


def test_erasure_that_is_asked_for_while_somebody_changes_it_is_not_lost(
    editor, row, agree, permit, monkeypatch
):
    permission = permit()
    clean = PermissionForm.clean

    def erased_after(form):
        data = clean(form)
        services.erase_permission(permission=permission, now=timezone.now())
        return data

    monkeypatch.setattr(PermissionForm, "clean", erased_after)

    editor.post(reverse("permissions:edit", args=[permission.pk]), row(evidence="Another email"))

    kept = Permission.objects.get()
    assert kept.erase_asked_at
    assert kept.evidence == "Another email"


def test_withdrawing_needs_a_reason_and_happens_once(editor, permit):
    permission = permit()
    address = reverse("permissions:withdraw", args=[permission.pk])
    assert editor.get(address).status_code == 200
    assert not Permission.objects.withdrawn().exists()

    assert "Enter why it is withdrawn" in editor.post(address, {"why": ""}).content.decode()
    responses = [editor.post(address, {"why": why}) for why in ("Sam rang", "Again")]

    assert {response.status_code for response in responses} == {302}
    assert Permission.objects.withdrawn().get().withdrawn_why == "Sam rang"


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        ("in-force", {"Now", "Soon"}),
        ("lapsing", {"Soon"}),
        ("over", {"Past"}),
        ("withdrawn", set()),
    ],
)
def test_the_register_is_filtered(editor, permit, today, status, shown):
    permit(organisation="Now")
    permit(organisation="Soon", until=today + 9 * DAY)
    permit(organisation="Past", given_on=today - 9 * DAY, until=today - DAY)

    page = editor.get(reverse("permissions:index"), {"status": status})

    assert {row.organisation for row in page.context["object_list"]} == shown


def test_nothing_can_be_deleted(editor, permit, person):
    permission = permit()
    editor.force_login(person("admin"))

    for word in ("delete", "copy", "usage"):
        assert editor.post(f"/admin/permissions/{word}/{permission.pk}/").status_code == 404

    assert Permission.objects.filter(pk=permission.pk).exists()


def addresses():
    """(name, whether it is about one object) of the screens."""
    for namespace in ("permissions", "sign_offs"):
        _, resolver = get_resolver().namespace_dict[namespace]
        for name, found in resolver.reverse_dict.lists():
            if isinstance(name, str):
                yield f"{namespace}:{name}", bool(found[0][0][0][1])
    yield "ask_for_sign_off", True


# For GET and for a POST with nothing filled in.
EXPECTED = {
    "permissions:index": (200, 405),
    "permissions:index_results": (200, 405),
    "permissions:add": (200, 200),
    "permissions:edit": (200, 200),
    "permissions:inspect": (200, 405),
    "permissions:history": (200, 405),
    "permissions:history_results": (200, 405),
    "permissions:withdraw": (200, 422),
    "sign_offs:index": (200, 405),
    "sign_offs:index_results": (200, 405),
    "sign_offs:inspect": (200, 405),
    "ask_for_sign_off": (200, 422),
}


def test_every_address_has_its_row():
    assert {name for name, _ in addresses()} == set(EXPECTED)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_each_role_gets_what_its_row_says(permit, ask, sign_in, role, method):
    things = {
        "permissions": permit(organisation="Canary Foods").pk,
        "sign_offs": ask(contact="Canary Okafor").pk,
        "ask_for_sign_off": CaseStudyPage.objects.get(slug="fanlight-foods").pk,
    }
    client = sign_in(role)
    before = (list(Permission.objects.values()), list(SignOff.objects.values()))
    for name, about_one in addresses():
        for pk in [things[name.partition(":")[0]], 999_999] if about_one else [None]:
            response = getattr(client, method)(reverse(name, args=[pk] if pk else []))
            where = (name, role, method, pk)
            if role not in MAY:
                assert response.status_code in (302, 403, 405), where
                assert b"Canary" not in response.content, where
            elif pk == 999_999:
                assert response.status_code in (404, 405), where
            else:
                assert response.status_code == EXPECTED[name][method == "post"], where
    assert (list(Permission.objects.values()), list(SignOff.objects.values())) == before


def test_the_lists_ask_the_database_as_often_for_thirty_rows_as_for_three(
    editor, permit, ask, django_assert_max_num_queries
):
    permit()
    ask()
    for _ in range(29):
        permit()
        ask()

    for name in ("permissions:index", "sign_offs:index"):
        editor.get(reverse(name))
        with django_assert_max_num_queries(30):
            assert editor.get(reverse(name)).status_code == 200


# -- Personal data --------------------------------------------------------------------------------


def test_everything_on_an_employers_contact_is_exported(agree):
    agree(note="Is 12 right?")

    held = export_person("SAM@example.com")

    [sign_off] = held["sign-offs"]
    assert (sign_off["sent_to"], sign_off["person"]) == ("sam@example.com", "Sam Okafor")
    [permission] = held["permissions"]
    assert (permission["person"], permission["covers"]) == ("Sam Okafor", "words")


def test_erasing_keeps_the_name_of_a_permission_only_while_it_is_in_force(
    agree, story, person, client
):
    sign_off = agree()
    address = reverse("sign_off", args=[sign_off.token])

    counts = erase_person("sam@example.com", timezone.now())

    assert (counts["sign-offs"], counts["permissions"]) == (1, 1)
    sign_off.refresh_from_db()
    assert (sign_off.sent_to, sign_off.contact, sign_off.person, sign_off.comment) == ("",) * 4
    assert sign_off.answer == "approved"
    assert client.get(address).status_code == 404
    permission = Permission.objects.get()
    assert permission.person == "Sam Okafor"
    assert permission.erase_asked_at

    services.withdraw_permission(
        permission=permission, why="Sam rang", by=person("editor"), now=timezone.now()
    )
    services.forget_what_is_over(now=timezone.now())

    permission.refresh_from_db()
    assert permission.organisation == "Fanlight Foods"
    assert (permission.person, permission.role) == ("", "")
    assert (permission.evidence, permission.withdrawn_why) == ("", "")


def test_erasing_keeps_the_evidence_of_what_begins_later(permit, today):
    permission = permit(given_on=today + DAY)

    services.erase_permission(permission=permission, now=timezone.now())

    permission.refresh_from_db()
    assert (permission.person, permission.evidence) == ("Sam Okafor", "Email of today")
    assert permission.erase_asked_at


def test_erasing_ends_a_question_that_nobody_answered(ask, client):
    sign_off = ask()
    address = reverse("sign_off", args=[sign_off.token])

    erase_person("sam@example.com", timezone.now())

    sign_off.refresh_from_db()
    assert sign_off.withdrawn_at
    assert client.get(address).status_code == 404


@pytest.fixture
def answered(ask):
    """A sign-off that the employer asked to change, and the three kinds of mail about such ones."""

    def answered(**asked) -> SignOff:
        approved = services.approve(
            sign_off=ask(**asked),
            person="Sam Okafor",
            role="Owner",
            months=24,
            picture=False,
            now=asked.get("now", timezone.now()),
        )
        commented = services.comment(
            sign_off=ask(note="Is 12 right?", **asked),
            text="We had 11 mentors, not 12.",
            now=asked.get("now", timezone.now()),
        )
        return approved, commented

    return answered


PURPOSES = {"sign_off_asked", "sign_off_approved", "sign_off_commented"}


def mails_about_sign_offs():
    mails = Message.objects.filter(purpose__in=PURPOSES)
    assert {mail.purpose for mail in mails} == PURPOSES
    return mails


def test_erasing_takes_what_the_employer_said_out_of_the_mails(answered):
    answered()
    Message.objects.filter(purpose="sign_off_asked").update(
        state=Message.State.SENT, settled_at=timezone.now()
    )
    other = Message.objects.exclude(purpose__in=PURPOSES).values_list("pk", "body")
    before = list(other)

    erase_person("sam@example.com", timezone.now())

    for mail in mails_about_sign_offs():
        assert (mail.recipient, mail.subject, mail.body, mail.body_html) == ("",) * 4
        assert mail.state != Message.State.WAITING  # what was not sent never is
    assert list(other) == before


def test_what_the_employer_said_goes_from_the_mails_when_the_sign_off_is_old(answered, person):
    now = timezone.now()
    answered(now=now - 800 * DAY)
    Permission.objects.update(withdrawn_on=timezone.localdate())

    services.forget_what_is_over(now=now)

    assert {mail.body for mail in mails_about_sign_offs()} == {""}


def test_names_go_24_months_after_it_is_over(permit, ask, today):
    now = timezone.now()
    long_over, just_over = (
        permit(given_on=today - 999 * DAY, until=today - days * DAY) for days in (731, 729)
    )
    old = ask(now=now - 800 * DAY)

    services.forget_what_is_over(now=now)

    long_over.refresh_from_db()
    just_over.refresh_from_db()
    old.refresh_from_db()
    assert (long_over.person, just_over.person) == ("", "Sam Okafor")
    assert old.sent_to == ""
    assert services.forget_what_is_over(now=now) == 0
