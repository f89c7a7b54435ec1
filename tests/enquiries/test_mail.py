"""Whatever address and words the form accepts, the two mails of the enquiry can be sent."""

import email
from email import policy
from email.utils import getaddresses

import pytest
from django.core import mail
from django.core.mail.message import sanitize_address
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.forms import EmailField, PlainForm
from outbox.mail import MailChannel
from outbox.models import Message

ODD_ADDRESSES = [
    '"a,b"@example.com',
    '"a@b"@example.com',
    '"a;b"@example.com',
    '"a<b>"@example.com',
    '"a\\"b"@example.com',
    '"a:b"@example.com',
    '"()"@example.com',
    '"\\ "@example.com',
    '"[]"@example.com',
    '"sam"@example.com',
    '"s\\am"@example.com',
    "=?utf-8?q?sam?=@example.com",
    "=?utf-8?b?c2Ft?=@example.com",
    "=?utf-8?q?sam=0aBcc=3ax?=@example.com",
    "a=b@example.com",
    "'sam'@example.com",
    "sam@exämple.com",
    "sam@例え.テスト",
    "{}|`~^@example.com",
    "sam@xn--exmple-cua.com",
    "sam@[127.0.0.1]",
    "s" * 64 + "@example.com",
    "s" * 90 + "@example.com",
    "sam@" + ".".join(["x" * 63] * 3) + ".com",
]


@pytest.fixture
def postbox(settings):
    settings.OUTBOX_MAIL = {
        **settings.OUTBOX_MAIL,
        "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
    }
    mail.outbox = []
    return mail.outbox


class Letter(PlainForm):
    email = EmailField(name="Email address")


def is_accepted(address):
    return Letter({"email": address}).is_valid()


def check_that_it_can_be_sent(postbox, address):
    """A mail to the address, and a mail whose answers go there, each reach one person."""
    for recipient, reply_to in ((address, "desk@example.org"), ("desk@example.org", address)):
        postbox.clear()
        MailChannel().send(
            Message(
                recipient=recipient,
                sender="Islington Aspires <no-reply@example.org>",
                reply_to=reply_to,
                subject="IA-2222-2222: new enquiry",
                body="Text",
            )
        )
        sent = email.message_from_bytes(postbox[0].message().as_bytes(), policy=policy.default)
        assert len(getaddresses(sent.get_all("To"))) == 1
        assert len(getaddresses(sent.get_all("Reply-To"))) == 1
        assert sent["Bcc"] is None


@pytest.mark.parametrize("address", ODD_ADDRESSES)
def test_an_odd_address_is_refused_or_can_be_written_to(postbox, address):
    assert not is_accepted(address) or not check_that_it_can_be_sent(postbox, address)


@pytest.mark.parametrize("address", ODD_ADDRESSES)
def test_a_mail_goes_to_the_very_address_that_was_typed(address):
    """
    Or one mailbox has many spellings, and the 3 acknowledgements a day become many.

    Django hands the mail server `"sam"@` and `=?utf-8?q?sam?=@` as `sam@`.
    """
    try:
        told = sanitize_address(address, "utf-8")
    except ValueError:
        told = ""

    assert not is_accepted(address) or told.partition("@")[0] == address.partition("@")[0]


@settings(
    max_examples=60,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(address=st.emails())
def test_any_address_is_refused_or_can_be_written_to(postbox, address):
    assert not is_accepted(address) or not check_that_it_can_be_sent(postbox, address)
