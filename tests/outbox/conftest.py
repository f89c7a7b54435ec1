from datetime import timedelta
from itertools import count

import pytest
from django.db.models.functions import Now

from outbox.models import Message


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
            created_at=Now() - age, next_attempt_at=Now() + due_in
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
