"""Whoever reads the log learns nothing about anybody."""

import logging
import smtplib
import uuid
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from core import personal_data
from enquiries import services
from enquiries.models import Enquiry
from enquiries.services import retention
from outbox.models import Message

WORDS = ["zephyr", "quillon", "7946 0777", "plumbago", "gherkin", "marmalade", "parsnip"]
PLANTED = {
    "organisation": "Zephyrine Bakery",
    "name": "Quillon Fern",
    "email": "quillon@zephyrmail.example",
    "phone": "020 7946 0777",
    "message": "Plumbago wallpaper",
}


@pytest.mark.django_db
def test_the_logs_of_a_whole_journey_name_nobody(employer, person, desk, caplog, monkeypatch):
    caplog.set_level(logging.INFO)
    client = employer.client
    employer.post(employer.open_form(), **{**PLANTED, "offers": []})
    link = employer.send(employer.fill_in(**PLANTED))["Location"]
    client.get(link)
    client.get("/search/?q=quillon")
    enquiry = Enquiry.objects.get()

    client.force_login(person("desk"))
    screen = f"/admin/enquiries/{{}}/{enquiry.pk}/"
    client.get("/admin/enquiries/?q=quillon")
    client.get(screen.format("inspect"))
    client.post(screen.format("note"), {"text": "Gherkin"})
    client.post(screen.format("reply"), {"text": "Marmalade"})
    client.post(screen.format("quarantine"), {"reason": "Gherkin"})
    client.post(screen.format("assign"), {"owner": "Quillon"})
    client.get(screen.format("held"))
    services.send_website_message(
        key=uuid.uuid4(),
        answers={
            "topic": "personal-data",
            "page": "",
            "message": "Parsnip",
            "name": PLANTED["name"],
            "email": PLANTED["email"],
        },
        desk=desk,
        now=timezone.now(),
    )

    def refuse(self, message):
        raise smtplib.SMTPRecipientsRefused({message.recipient: (550, message.body.encode())})

    monkeypatch.setattr("outbox.mail.MailChannel.send", refuse)
    call_command("work", once=True)
    Message.objects.update(created_at=timezone.now() - timedelta(days=4))
    Message.objects.waiting().update(next_attempt_at=timezone.now() - timedelta(days=1))
    call_command("work", once=True)
    assert Message.objects.filter(last_error__icontains="quillon").exists()

    def fail(enquiry, *_, **__):
        raise ValueError(f"Failing row contains ({enquiry.reference}, Quillon, Plumbago)")

    with monkeypatch.context() as patch:
        patch.setattr(retention, "note", fail)
        services.remove_overdue(timezone.now() + timedelta(days=740))
    personal_data.erase_person(PLANTED["email"], timezone.now())

    assert "was given up" in caplog.text
    assert "Retention of enquiry" in caplog.text
    assert [word for word in WORDS if word in caplog.text.casefold()] == []
