"""A mail is a folder of templates, written once to the outbox."""

from contextlib import suppress

import pytest
from django.db import IntegrityError, transaction
from django.template import TemplateDoesNotExist

from outbox.models import Message
from outbox.services import queue_mail


@pytest.fixture
def mail_folder(tmp_path, settings):
    folder = tmp_path / "emails" / "greeting"
    folder.mkdir(parents=True)
    (folder / "subject.txt").write_text("Hello {{ name }},\n{{ base_url }}\n")
    (folder / "body.txt").write_text("\n\nText for {{ name|safe }}\n\n\n")
    (folder / "body.html").write_text("<p>Text for {{ name }}</p>")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    return folder


def queue(**changes):
    return queue_mail(
        **{
            "purpose": "greeting",
            "dedupe_key": "greeting:1",
            "to": "sam@example.com",
            "context": {"name": "Sam & <b>Co</b>"},
            **changes,
        }
    )


def test_a_mail_is_made_of_its_three_templates(db, mail_folder, settings):
    message, is_new = queue(reply_to="desk@example.org")

    message.refresh_from_db()
    assert is_new
    assert (message.channel, message.purpose, message.state) == ("mail", "greeting", "waiting")
    assert (message.recipient, message.reply_to) == ("sam@example.com", "desk@example.org")
    assert message.sender == settings.DEFAULT_FROM_EMAIL
    assert message.body == "Text for Sam & <b>Co</b>\n"
    assert message.body_html == "<p>Text for Sam &amp; &lt;b&gt;Co&lt;/b&gt;</p>"


def test_a_subject_is_one_line(db, mail_folder, settings):
    message, _ = queue(context={"name": "Sam\r\nBcc: evil@example.com"})

    assert message.subject == f"Hello Sam Bcc: evil@example.com, {settings.BASE_URL}"


def test_the_same_key_writes_nothing_twice(db, mail_folder):
    first, _ = queue()
    second, is_new = queue(to="other@example.com")

    assert not is_new
    assert second == first
    assert Message.objects.get().recipient == "sam@example.com"


def test_a_missing_template_writes_nothing(db, mail_folder):
    (mail_folder / "body.html").unlink()

    with pytest.raises(TemplateDoesNotExist):
        queue()

    assert not Message.objects.exists()


def test_a_mail_of_a_transaction_that_fails_is_never_sent(db, mail_folder):
    with suppress(ZeroDivisionError), transaction.atomic():
        queue()
        raise ZeroDivisionError

    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "sent", "settled_at": None},
        {"state": "waiting", "settled_at": "2026-10-05T00:00Z"},
    ],
    ids=["sent but not settled", "settled but waiting"],
)
def test_the_database_refuses_a_message_that_is_half_settled(make_message, fields):
    message = make_message()

    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(**fields)


def test_the_database_refuses_the_same_key_twice(make_message):
    make_message(dedupe_key="the same")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_message(dedupe_key="the same")
