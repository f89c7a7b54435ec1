"""Messages to one person, for `core.personal_data`."""

from datetime import datetime

from core.personal_data import of_address

from .models import Message, MessageQuerySet

ON_REQUEST = "Personal details were removed on request before it was sent"


def find(address: str) -> MessageQuerySet:
    """Messages that go to the address, or of which the answer goes there."""
    return of_address(Message.objects.all(), address, "recipient", "reply_to")


def export(message: Message) -> dict:
    """
    What it was, without its text.

    Some mails hold a link or a code that lets whoever has it in, and it is not always the person
    who reads this. Those of an enquiry are exported with the enquiry, text and all.
    """
    return {
        "purpose": message.purpose,
        "to": message.recipient,
        "answer_to": message.reply_to,
        "subject": message.subject,
        "state": message.state,
        "created_at": message.created_at.isoformat(),
        "settled_at": message.settled_at and message.settled_at.isoformat(),
    }


def erase(message: Message, now: datetime) -> None:
    """Blank it; if it still waits, it is not sent."""
    found = Message.objects.filter(pk=message.pk)
    found.settle_unsent(reason=ON_REQUEST)
    found.blank()
