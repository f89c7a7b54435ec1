from datetime import timedelta
from itertools import count

import pytest
from django.db.models.functions import Now

from outbox.models import Mailbox, Message


@pytest.fixture(autouse=True)
def _no_mailboxes(request):
    """Those of the demonstration content would be in the way."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        Mailbox.objects.all().delete()


@pytest.fixture
def make_message(db):
    """Store a message; `due_in` and `age` are counted from now by the database's clock."""
    numbers = count(1)

    def make(*, due_in=-timedelta(seconds=1), age=timedelta(0), **fields):
        number = next(numbers)
        message = Message.objects.create(
            **{
                "channel": "mail",
                "purpose": "test",
                "dedupe_key": f"test:{number}",
                "recipient": f"to-{number}@example.com",
                "sender": "Islington Aspires <no-reply@example.org>",
                "subject": f"Subject {number}",
                "body": f"Body {number}\n",
                **fields,
            }
        )
        Message.objects.filter(pk=message.pk).update(
            created_at=Now() - age, give_up_from=Now() - age, next_attempt_at=Now() + due_in
        )
        message.refresh_from_db()
        return message

    return make


@pytest.fixture
def postbox(settings):
    """Let the mail channel deliver into the list that is given back."""
    from django.core import mail

    settings.OUTBOX_MAIL = {
        **settings.OUTBOX_MAIL,
        "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
    }
    mail.outbox = []
    return mail.outbox


@pytest.fixture
def mail_server(settings):
    """A real mail server on loopback that the mail channel delivers to."""
    from tests.running_site import MailServer

    server = MailServer()
    server.start()
    settings.OUTBOX_MAIL = {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_FILE_PATH": "",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": server.port,
        "EMAIL_HOST_USER": "",
        "EMAIL_HOST_PASSWORD": "",
        "EMAIL_USE_TLS": False,
        "EMAIL_USE_SSL": False,
    }
    yield server
    server.stop()


@pytest.fixture
def heard():
    """The messages whose refusal was announced."""
    from outbox.signals import recipient_refused

    messages = []

    def hear(sender, message, **kwargs):
        messages.append(message)

    recipient_refused.connect(hear, weak=False)
    yield messages
    recipient_refused.disconnect(hear)


@pytest.fixture
def code_of():
    """The code in the newest mail that carries one to an address."""
    import re

    def read(address):
        mail = Message.objects.filter(purpose="mailbox_code", recipient=address).latest("pk")
        return re.search(r"Your code: ([0-9]{6})", mail.body)[1]

    return read


@pytest.fixture
def proven(db):
    """Store a mailbox that was proven; keyword arguments change it."""
    from django.utils import timezone

    from outbox.models import Mailbox

    def make(address, **fields):
        return Mailbox.objects.create(**{"address": address, "proven_at": timezone.now(), **fields})

    return make
