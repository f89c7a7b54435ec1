from collections.abc import Mapping

from django.conf import settings
from django.template.loader import render_to_string

from core.text import clean_text

from .models import Message


def queue_mail(
    *,
    purpose: str,
    dedupe_key: str,
    to: str,
    context: Mapping[str, object],
    reply_to: str = "",
) -> tuple[Message, bool]:
    """
    Write one mail to the outbox from the templates in `templates/emails/<purpose>/`.

    Call it inside the transaction that causes the mail. With a `dedupe_key` that exists already
    nothing is written. Returns the message, and whether it is new.
    """
    folder = f"emails/{purpose}"
    values = {"base_url": settings.BASE_URL, **context}
    return Message.objects.get_or_create(
        dedupe_key=dedupe_key,
        defaults={
            "channel": Message.Channel.MAIL,
            "purpose": purpose,
            "recipient": to,
            "sender": settings.DEFAULT_FROM_EMAIL,
            "reply_to": reply_to,
            "subject": clean_text(render_to_string(f"{folder}/subject.txt", values)),
            "body": render_to_string(f"{folder}/body.txt", values).strip() + "\n",
            "body_html": render_to_string(f"{folder}/body.html", values),
        },
    )
