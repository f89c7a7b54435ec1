"""A mailbox is used once a code that was mailed there came back, and until it bounces."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from outbox import services
from outbox.models import Mailbox, Message
from tests.hostile import CORPUS

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 5, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
SAM = "sam@example.com"
ODD = [
    *CORPUS,
    "\ud800",
    "1\ud8002345",
    "１２３４５６",
    "١٢٣٤٥٦",
    "१२३४५६",
    "1" * 10_000,
    "123456\n",
]


def named(value):
    return ascii(value)[:30]


def send(address=SAM, *, now=NOW):
    return services.send_code(address=address, now=now)


def prove(code, *, address=SAM, now=NOW):
    return services.prove(address=address, code=code, now=now)


def wrong(code):
    """A code that is another one."""
    return f"{(int(code) + 1) % 1_000_000:06}"


# -- Sending a code -----------------------------------------------------------------------


def test_a_code_is_mailed_and_only_its_hash_is_kept(code_of):
    mailbox = send()

    message = Message.objects.get()
    code = code_of(SAM)
    row = Mailbox.objects.values().get()
    assert (message.purpose, message.recipient, message.state) == ("mailbox_code", SAM, "waiting")
    assert code not in message.subject
    assert message.body.count(code) == 1
    assert code in message.body_html
    assert code not in str({**row, "code_expires_at": None, "code_hash": ""})
    assert re.fullmatch(r"[0-9a-f]{32}\$[0-9a-f]{64}", row["code_hash"])
    assert mailbox.proven_at is None
    assert mailbox.code_expires_at == NOW + 30 * MINUTE


def test_the_mail_says_until_when_the_code_holds(code_of):
    send()

    message = Message.objects.get()
    for text in (message.body, message.body_html):
        assert "5 October 2026 at 13:00" in text  # summer time in London
        assert "13:30" in text
        assert "5 wrong tries" in text


def test_the_same_code_has_another_hash_each_time(monkeypatch):
    monkeypatch.setattr("outbox.services.secrets.randbelow", lambda _: 42)

    hashes = {send(address).code_hash for address in (SAM, "alex@example.com")}

    assert len(hashes) == 2


def test_a_code_may_begin_with_zeros(monkeypatch, code_of):
    monkeypatch.setattr("outbox.services.secrets.randbelow", lambda _: 42)
    send()

    assert code_of(SAM) == "000042"
    assert prove("000042").proven_at == NOW


def test_codes_come_from_a_generator_that_cannot_be_foreseen(monkeypatch):
    asked = []
    monkeypatch.setattr("outbox.services.secrets.randbelow", lambda top: asked.append(top) or 7)

    send()

    assert asked == [1_000_000]


@pytest.mark.parametrize(
    "spelling", ["sam@example.com", "SAM@Example.COM", " sam@example.com ", "\u200bsam@example.com"]
)
def test_one_mailbox_has_one_row_in_every_spelling(spelling, code_of):
    first = send("Sam@example.com")

    again = send(spelling)

    assert again.pk == first.pk
    assert Mailbox.objects.get().address == "Sam@example.com"
    assert list(Mailbox.objects.for_address(spelling)) == [again]


def test_a_domain_in_other_letters_is_the_one_on_the_wire():
    first = send("sam@bücher.example")

    assert send("SAM@xn--bcher-kva.example").pk == first.pk
    assert Mailbox.objects.get().address == "sam@bücher.example"


def test_the_database_refuses_a_second_row_for_one_mailbox(proven):
    proven(SAM)

    with pytest.raises(IntegrityError), transaction.atomic():
        proven("SAM@EXAMPLE.COM")


@pytest.mark.parametrize(
    "fields",
    [{"code_hash": "x"}, {"code_expires_at": NOW}, {"wire_address": ""}],
    ids=["a code for ever", "no code that expires", "no address"],
)
def test_the_database_refuses_a_mailbox_that_makes_no_sense(proven, fields):
    mailbox = proven(SAM)

    with pytest.raises(IntegrityError), transaction.atomic():
        Mailbox.objects.filter(pk=mailbox.pk).update(**fields)


@pytest.mark.parametrize("odd", ODD, ids=named)
def test_an_odd_address_is_refused_by_name_and_leaves_nothing(odd):
    with pytest.raises(services.UnmailableAddress):
        send(odd)

    assert not Mailbox.objects.exists()
    assert not Message.objects.exists()
    assert not Mailbox.objects.for_address(odd).exists()
    assert services.first_usable([odd]) == ""
    assert services.mark_bounced(address=odd, why=odd, now=NOW) is False


def test_an_address_that_is_longer_on_the_wire_than_any_can_be_is_refused():
    with pytest.raises(services.UnmailableAddress):
        send("sam@" + "ü." * 100 + "example")

    assert not Mailbox.objects.exists()


# -- At most a few codes an hour ----------------------------------------------------------


def test_an_address_gets_3_codes_an_hour_and_then_is_told_when_the_next(code_of):
    for minutes in (0, 10, 20):
        send(now=NOW + minutes * MINUTE)
    code = code_of(SAM)

    with pytest.raises(services.TooManyCodes) as refused:
        send("SAM@example.com", now=NOW + 25 * MINUTE)

    assert refused.value.again_at == NOW + HOUR
    assert Message.objects.count() == 3
    assert prove(code, now=NOW + 25 * MINUTE).is_usable  # the last one sent still holds


@pytest.mark.parametrize("later", [HOUR, timedelta(days=400), -timedelta(days=1)])
def test_after_an_hour_or_with_a_clock_that_was_put_right_there_are_codes_again(later):
    for _ in range(3):
        send()

    send(now=NOW + later)

    assert Message.objects.count() == 4


def test_those_that_come_at_once_are_counted_together_whoever_is_first():
    """Each takes its moment before it waits for the others."""
    for seconds in (2, 1, 0):
        send(now=NOW + timedelta(seconds=seconds))

    with pytest.raises(services.TooManyCodes):
        send(now=NOW + timedelta(seconds=3))


def test_the_limit_of_one_address_is_not_that_of_another():
    for _ in range(3):
        send()

    assert send("alex@example.com").code_hash


# -- Proving ------------------------------------------------------------------------------


def test_the_right_code_proves_the_mailbox_and_is_used_up(code_of):
    send()
    code = code_of(SAM)

    mailbox = prove(code, address="SAM@example.com", now=NOW + MINUTE)

    mailbox.refresh_from_db()
    assert mailbox.proven_at == NOW + MINUTE
    assert (mailbox.code_hash, mailbox.code_expires_at, mailbox.code_tries) == ("", None, 0)
    assert list(Mailbox.objects.proven()) == list(Mailbox.objects.usable()) == [mailbox]
    with pytest.raises(services.NoCode):
        prove(code, now=NOW + MINUTE)


def test_there_is_nothing_to_prove_before_a_code_was_sent(proven):
    proven(SAM)

    for address in (SAM, "stranger@example.com", ""):
        with pytest.raises(services.NoCode):
            prove("123456", address=address)
    assert Mailbox.objects.count() == 1


@pytest.mark.parametrize(("minutes", "holds"), [(29.9, True), (30, False), (60 * 24 * 400, False)])
def test_a_code_holds_for_30_minutes(code_of, minutes, holds):
    send()
    code = code_of(SAM)

    if holds:
        assert prove(code, now=NOW + minutes * MINUTE).is_usable
    else:
        with pytest.raises(services.CodeExpired):
            prove(code, now=NOW + minutes * MINUTE)
        assert not Mailbox.objects.proven().exists()


def test_a_newer_code_replaces_the_one_before(code_of, monkeypatch):
    codes = iter([111111, 222222])
    monkeypatch.setattr("outbox.services.secrets.randbelow", lambda _: next(codes))
    send()
    send(now=NOW + MINUTE)

    with pytest.raises(services.WrongCode):
        prove("111111", now=NOW + MINUTE)
    assert prove("222222", now=NOW + 30 * MINUTE).is_usable


def test_the_code_of_one_mailbox_proves_no_other(code_of, monkeypatch):
    codes = iter([111111, 222222])
    monkeypatch.setattr("outbox.services.secrets.randbelow", lambda _: next(codes))
    send()
    send("alex@example.com")

    with pytest.raises(services.WrongCode):
        prove("111111", address="alex@example.com")
    assert not Mailbox.objects.proven().exists()


def test_5_wrong_codes_end_it_even_for_the_right_one(code_of):
    send()
    code = code_of(SAM)

    left = []
    for _ in range(5):
        with pytest.raises(services.WrongCode) as refused:
            prove(wrong(code))
        left.append(refused.value.tries_left)

    assert left == [4, 3, 2, 1, 0]
    for guess in (code, wrong(code)):
        with pytest.raises(services.TooManyTries):
            prove(guess)
    assert Mailbox.objects.get().code_tries == 5
    assert not Mailbox.objects.proven().exists()


def test_a_new_code_has_5_tries_again(code_of):
    send()
    for _ in range(5):
        with pytest.raises(services.WrongCode):
            prove(wrong(code_of(SAM)))

    send(now=NOW + MINUTE)

    assert prove(code_of(SAM), now=NOW + MINUTE).is_usable


@pytest.mark.parametrize("odd", ODD, ids=named)
def test_an_odd_code_is_a_wrong_one(code_of, odd):
    send()

    with pytest.raises(services.WrongCode):
        prove(odd)

    assert Mailbox.objects.get().code_tries == 1


@pytest.mark.parametrize("script", ["０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩"])
def test_the_right_digits_of_another_script_are_not_the_code(code_of, script):
    send()
    code = code_of(SAM).translate({ord(str(number)): script[number] for number in range(10)})

    with pytest.raises(services.WrongCode):
        prove(code)


def test_a_proven_mailbox_stays_in_use_while_a_new_code_is_out(proven):
    proven(SAM)

    send()

    assert services.first_usable([SAM]) == SAM


# -- Bouncing -----------------------------------------------------------------------------


def test_a_mailbox_that_bounced_is_not_used_until_it_is_proven_again(proven, code_of):
    mailbox = proven(SAM)

    assert services.mark_bounced(address="SAM@example.com", why="Full\x00\n since May", now=NOW)

    mailbox.refresh_from_db()
    assert (mailbox.bounced_at, mailbox.bounced_why) == (NOW, "Full since May")
    assert not mailbox.is_usable
    assert mailbox in Mailbox.objects.proven()
    assert mailbox not in Mailbox.objects.usable()

    send(now=NOW + HOUR)
    mailbox.refresh_from_db()
    assert not mailbox.is_usable
    mailbox = prove(code_of(SAM), now=NOW + HOUR)

    assert (mailbox.bounced_at, mailbox.bounced_why) == (None, "")
    assert mailbox.is_usable
    assert list(Mailbox.objects.usable()) == [mailbox]


def test_why_it_bounced_is_cut_off_at_200_characters(proven):
    mailbox = proven(SAM)

    services.mark_bounced(address=SAM, why="x" * 10_000, now=NOW)

    mailbox.refresh_from_db()
    assert mailbox.bounced_why == "x" * 200


def test_no_mailbox_is_made_for_a_stranger_that_bounced():
    assert services.mark_bounced(address=SAM, why="Gone", now=NOW) is False
    assert not Mailbox.objects.exists()


# -- The first that is usable -------------------------------------------------------------


def test_the_first_usable_of_several_is_given_back_as_it_was_asked_for(proven):
    proven("bounced@example.com", bounced_at=NOW)
    proven("unproven@example.com", proven_at=None)
    proven("Second@example.com")
    proven("third@example.com")

    found = services.first_usable(
        [
            *("", "bounced@example.com", "unproven@example.com", "stranger@example.com", "\x00"),
            *("SECOND@example.com", "third@example.com"),
        ]
    )

    assert found == "SECOND@example.com"


def test_of_none_that_is_usable_there_is_no_first(proven):
    proven("bounced@example.com", bounced_at=NOW)

    assert services.first_usable([]) == ""
    assert services.first_usable(["bounced@example.com", ""]) == ""


def test_one_query_finds_the_first_of_many(django_assert_num_queries):
    with django_assert_num_queries(1):
        services.first_usable(address for address in [f"a{n}@example.com" for n in range(30)])
