"""One look and one behaviour for every public form."""

import pytest
from bs4 import BeautifulSoup
from django import forms

from core.forms import Checkboxes, EmailField, PlainForm, Radios, TextField


class Letter(PlainForm):
    colours = forms.MultipleChoiceField(
        choices=[("red", "Red"), ("blue", "Blue")],
        widget=Checkboxes,
        error_messages={"required": "Select a colour"},
    )
    size = forms.ChoiceField(
        choices=[("s", "Small"), ("l", "Large")], widget=Radios, required=False
    )
    name = TextField(
        name="Name", limit=10, help_text="As on the door", error_messages={"required": "Enter it"}
    )
    email = EmailField(name="Email address", required=False)
    story = TextField(name="Story", limit=1_000, multiline=True, required=False)


def letter(**data):
    return Letter({"colours": ["red"], "name": "Sam", **data})


def drawn(question):
    return BeautifulSoup(str(question.as_widget()), "html.parser")


def test_the_ids_of_a_question_are_the_names_people_and_links_know():
    question = letter()["name"]

    assert question.auto_id == "name"
    assert (question.hint_id, question.error_id, question.count_id) == (
        "name-hint",
        "name-error",
        "name-count",
    )


@pytest.mark.parametrize(
    ("name", "described_by"),
    [("", "name-hint name-error"), ("Sam", "name-hint")],
    ids=["with an error", "without one"],
)
def test_a_control_is_described_by_its_hint_and_then_its_error(name, described_by):
    assert letter(name=name)["name"].aria_describedby == described_by


def test_a_control_without_hint_error_or_count_is_described_by_nothing():
    assert letter()["email"].aria_describedby is None


def test_a_counted_control_is_described_by_its_count_last():
    form = letter(story="x" * 1_001)

    assert form["story"].aria_describedby == "story-error story-count"


def test_the_first_box_carries_the_id_of_its_question():
    boxes = drawn(letter()["colours"]).select("input")
    buttons = drawn(letter()["size"]).select("input")

    assert [box["id"] for box in boxes] == ["colours", "colours-1"]
    assert [button["id"] for button in buttons] == ["size", "size-1"]


@pytest.mark.parametrize("field", ["name", "email", "story", "colours", "size"])
def test_the_browser_checks_cuts_and_demands_nothing(field):
    page = drawn(Letter()[field])

    for control in page.select("input, textarea, select"):
        assert not {"required", "maxlength", "minlength", "pattern", "placeholder"} & set(
            control.attrs
        )
        assert control.get("type") not in ("number", "url", "date")


def test_labels_have_no_colon():
    assert letter()["name"].label_tag() == '<label for="name">Name</label>'


@pytest.mark.parametrize("length", [10, 11])
def test_a_limit_is_told_and_nothing_is_cut_off(length):
    form = letter(name="x" * length)

    expected = [] if length == 10 else ["Name must be 10 characters or less"]
    assert form.errors.get("name", []) == expected
    assert form["name"].value() == "x" * length


def test_a_limit_above_999_is_written_with_a_comma():
    assert letter(story="x" * 1_001).errors["story"] == ["Story must be 1,000 characters or less"]


def test_a_line_end_counts_as_one_character():
    assert letter(story="\r\n".join("x" * 500) + "\r\n").is_valid()


@pytest.mark.parametrize("nothing", ["", "   ", "\u200b", "\n\t\r\n", "\x00", "\u202e\u2066"])
def test_what_nobody_can_see_counts_as_empty(nothing):
    assert letter(name=nothing).errors["name"] == ["Enter it"]


def test_a_field_that_was_not_sent_at_all_counts_as_empty():
    assert Letter({}).errors == {"colours": ["Select a colour"], "name": ["Enter it"]}


def test_the_summary_lists_errors_in_the_order_of_the_page():
    form = Letter({"email": "sam@localhost", "story": "x" * 1_001})

    assert form.summary == [
        {"field": "colours", "message": "Select a colour"},
        {"field": "name", "message": "Enter it"},
        {
            "field": "email",
            "message": "Enter an email address in the correct format, like name@example.com",
        },
        {"field": "story", "message": "Story must be 1,000 characters or less"},
    ]


def test_everything_typed_is_kept_right_and_wrong():
    form = Letter({"colours": ["red", "green"], "name": "", "email": " not one ", "story": "Hi"})

    assert not form.is_valid()
    assert form["email"].value() == " not one "
    assert form["story"].value() == "Hi"
    assert [box.get("value") for box in drawn(form["colours"]).select("[checked]")] == ["red"]


def test_hostile_text_is_escaped_where_it_is_shown_again():
    form = letter(name='"><script>alert(1)</script>')

    assert "<script>" not in str(form["name"].as_widget())
    assert drawn(form["name"]).input["value"] == '"><script>alert(1)</script>'


@pytest.mark.parametrize("address", ["\u017fam@example.com", "s\u0430m@example.com"])
def test_a_name_in_an_address_with_other_letters_than_english_ones_is_refused(address):
    assert "email" in letter(email=address).errors
