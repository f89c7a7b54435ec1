"""
Text that runs in a browser unless it is escaped, in every field of what the desk sees.

`python -m tests.hostile_desk` writes it into the database of the settings.
"""

import json
import uuid
from collections.abc import Iterator

import django
from django.utils import timezone

# Each would open a dialog, or leave an element with the class `evil`, if it were not escaped.
RUN = "alert(1)"
# Columns that hold what the site itself wrote.
CODES = {"purpose", "digest", "mail_domain", "channel", "code_hash"}
TEXTS = [
    f"<script class=evil>{RUN}</script>",
    f'"><script class=evil>{RUN}</script>',
    f"'><script class=evil>{RUN}</script>",
    f"</title><script class=evil>{RUN}</script>",
    f"</textarea><script class=evil>{RUN}</script>",
    f"</script><script class=evil>{RUN}</script>",
    f"--><script class=evil>{RUN}</script>",
    f"]]><script class=evil>{RUN}</script>",
    f"<img class=evil src=x onerror={RUN}>",
    f'"><img class=evil src=x onerror={RUN}>',
    f"<svg class=evil onload={RUN}>",
    f"<svg class=evil><animate onbegin={RUN} attributeName=x>",
    f"<body class=evil onload={RUN}>",
    f"<iframe class=evil srcdoc='<script>parent.{RUN}</script>'>",
    f"<details class=evil open ontoggle={RUN}>",
    f"<input class=evil autofocus onfocus={RUN}>",
    f"<video class=evil><source onerror={RUN}>",
    f'" autofocus onfocus="{RUN}" class="evil',
    f"' autofocus onfocus='{RUN}' class='evil",
    f"` onmouseover=`{RUN}",
    f"<a class=evil href=javascript:{RUN}>x</a>",
    f"javascript:{RUN}",
    f"&lt;img class=evil src=x onerror={RUN}&gt;",
    f"&#60;img class=evil src=x onerror={RUN}&#62;",
    f"\\u003cimg class=evil src=x onerror={RUN}\\u003e",
    f"<math><mtext><style><img class=evil src=x onerror={RUN}>",
    f"<template class=evil><script>{RUN}</script></template>",
    f"{{{{constructor.constructor('{RUN}')()}}}}{{% debug %}}${{{RUN}}}",
    f"<b class=evil>bold</b><form class=evil action=//evil.example><input name=q value='{RUN}'>",
    f"';{RUN};//\";{RUN};//--></style><style class=evil>*{{display:none}}</style>",
]


def fill() -> list[dict[str, object]]:
    """
    Make what the desk looks at, of each text one, with the text in every column that takes it.

    Returns for each text the keys by which addresses name them, and the token of the enquiry.
    """
    from accounts.models import User
    from enquiries.models import DeskSettings, SchoolTerm
    from offers.models import Sector
    from partners.models import Partner

    desk = DeskSettings.objects.get()
    by = User.objects.get(email="desk@example.org")
    partner = Partner.objects.published().first()
    things = [_things(number, text, desk, by, partner) for number, text in enumerate(TEXTS)]
    # Of these there is one, or they must differ.
    User.objects.filter(pk=by.pk).update(first_name=TEXTS[0], last_name=TEXTS[9])
    Partner.objects.filter(pk=partner.pk).update(name=TEXTS[1])
    DeskSettings.objects.update(team_name=TEXTS[2], phone=TEXTS[10][:40])
    for number, sector in enumerate(Sector.objects.all()):
        name = TEXTS[number % len(TEXTS)][:50]
        Sector.objects.filter(pk=sector.pk).update(name=f"{name} {number}")
    SchoolTerm.objects.create(name=TEXTS[3], starts_on="2026-09-01", ends_on="2026-10-01")
    return things


def _things(number: int, text: str, desk, by, partner) -> dict[str, object]:
    from enquiries import services
    from enquiries.models import ReplyTemplate, TimelineEntry
    from outbox.models import Mailbox, Message

    now = timezone.now()
    nobody = dict.fromkeys(("size", "sector", "postcode", "phone", "role", "message"), "")
    address = f"sam{number}@example.com"
    enquiry = services.send(
        key=uuid.uuid4(),
        answers={
            **nobody,
            "offers": ["hire-flexibly", "recruit-locally"],
            "organisation": "x",
            "name": "x",
            "email": address,
        },
        desk=desk,
        now=now,
    )
    done = {"enquiry": enquiry, "now": now, "key": uuid.uuid4(), "text": text}
    services.write_note(**done, by=by)
    services.reply(**{**done, "key": uuid.uuid4()}, by=by, desk=desk)
    services.add_words(**{**done, "key": uuid.uuid4()}, desk=desk)
    handed, closed = enquiry.interests.in_order()
    services.hand_over(interest=handed, to=partner, by=by, desk=desk, now=now, text=text)
    services.close(interest=closed, outcome="advised", by=by, now=now, text=text)
    answers = {"topic": "other", "page": "", "message": text, "name": "x", "email": address}
    message = services.send_website_message(key=uuid.uuid4(), answers=answers, desk=desk, now=now)
    template = ReplyTemplate.objects.create(name="x", text="x")
    mailbox = Mailbox.objects.create(address=address, wire_address=address)
    Message.objects.filter(state="waiting").update(state="dead", settled_at=now)
    mail = Message.objects.filter(purpose="enquiry_reply").latest("pk")
    for thing in (enquiry, handed, closed, message, template, mailbox, mail):
        _write_into(thing, text)
    for entry in TimelineEntry.objects.filter(enquiry=enquiry):
        _write_into(entry, text)
    return {
        "enquiries": enquiry.pk,
        "handed": handed.pk,
        "closed": closed.pk,
        "website_messages": message.pk,
        "template": template.pk,
        "mailboxes": mailbox.pk,
        "mail": mail.pk,
        "token": enquiry.track_token,
    }


def _write_into(thing, text: str) -> None:
    """Put the text, as far as it fits, into every column of a row that takes free text."""
    columns = {name: text[:length] for name, length in _free_text(thing)}
    if "email" in columns:  # it was checked when it came in: no spaces, and a domain
        columns["email"] = f"{text.replace(' ', '/')}@x.example"
    type(thing).objects.filter(pk=thing.pk).update(**columns)


def _free_text(thing) -> Iterator[tuple[str, int | None]]:
    from django.db import models

    for field in thing._meta.local_concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField)
        is_code = field.choices or field.unique or field.name in CODES
        if is_text and not is_code:
            yield field.name, field.max_length


if __name__ == "__main__":
    django.setup()
    print(json.dumps(fill()))
