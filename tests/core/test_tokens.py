"""A link works for what it was made for, and for nothing else."""

import random
from uuid import UUID, uuid4

import pytest
from django.core import signing

from core.tokens import BadToken, make_token, read_token

SUBJECT = UUID("0b9f4ad0-6d4b-4a43-9a41-2a7c1a5f3c11")


@pytest.mark.parametrize("version", [1, 2, 40_000])
def test_a_token_gives_back_what_it_was_made_for(version):
    subject = uuid4()

    assert read_token("sent", make_token("sent", subject, version)) == (subject, version)


def test_a_token_opens_nothing_of_another_purpose():
    with pytest.raises(BadToken):
        read_token("handover", make_token("sent", SUBJECT, 1))


def test_a_token_holds_only_signs_that_a_path_may_hold():
    token = make_token("sent", SUBJECT, 1)

    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_:")


@pytest.mark.parametrize(
    "made_elsewhere",
    [
        signing.dumps(["sent", SUBJECT.hex, 1]),
        signing.dumps(["sent", SUBJECT.hex, 1], salt="enquiries.stamp"),
        signing.dumps(["sent", SUBJECT.hex, 1], salt="aspires.link", key="another secret"),
    ],
    ids=["without salt", "another salt", "another key"],
)
def test_a_token_signed_elsewhere_is_refused(made_elsewhere):
    with pytest.raises(BadToken):
        read_token("sent", made_elsewhere)


@pytest.mark.parametrize(
    "content",
    [
        ["sent", "no uuid", 1],
        ["sent", SUBJECT.hex, "x"],
        ["sent", SUBJECT.hex, None],
        ["sent", None, 1],
        ["sent", 7, 1],
        ["sent", SUBJECT.hex],
        ["sent"],
        [],
        "sent",
        None,
        7,
        {"sent": 1},
    ],
    ids=str,
)
def test_even_a_signed_token_must_have_the_right_shape(content):
    with pytest.raises(BadToken):
        read_token("sent", signing.dumps(content, salt="aspires.link"))


@pytest.mark.parametrize(
    "text", ["", ":", "::", "a:b:c", "\x00", "\ud800", "é:é:é", "." * 5_000, "%00", "../../etc"]
)
def test_what_is_no_token_is_refused(text):
    with pytest.raises(BadToken):
        read_token("sent", text)


def test_no_change_to_a_token_opens_anything():
    """200 tokens, each with one character changed, left out, doubled or swapped."""
    token = make_token("sent", SUBJECT, 1)
    chance = random.Random(2015)
    alphabet = "ABCXYZabcxyz0189-_:./é"
    mutants = set()
    while len(mutants) < 200:
        at = chance.randrange(len(token))
        other = chance.choice(alphabet)
        mutants.add(
            chance.choice(
                [
                    token[:at] + other + token[at + 1 :],
                    token[:at] + token[at + 1 :],
                    token[:at] + other + token[at:],
                    token[:at] + token[at + 1 : at + 2] + token[at] + token[at + 2 :],
                    token[:at],
                ]
            )
        )
    mutants.discard(token)

    opened = []
    for mutant in mutants:
        try:
            opened.append((mutant, read_token("sent", mutant)))
        except BadToken:
            continue

    assert opened == []
