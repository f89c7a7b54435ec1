"""What is typed becomes words; words are marked in text that stays text."""

import pytest

from search.words import EXCERPT, forms_of, words_of


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("mentor", ["mentors", "mentoring", "Mentored"]),
        ("mentoring", ["mentor", "mentors"]),
        ("apprentice", ["apprentices", "apprenticeships"]),
        ("apprentices", ["apprentice", "apprenticeship"]),
        ("apprenticeship", ["apprentice", "apprentices"]),
        ("apprenticeships", ["apprentice", "apprenticeship"]),
        ("internship", ["intern", "interns", "internships"]),
        ("internships", ["intern", "internship"]),
        ("intern", ["interns", "internship", "internships"]),
        ("interns", ["intern", "internship"]),
        ("membership", ["member", "members", "memberships"]),
        ("companies", ["company", "companies"]),
        ("company", ["companies"]),
        ("business", ["businesses"]),
        ("businesses", ["business"]),
        ("hire", ["hired", "hiring"]),
        ("hiring", ["hire", "hired"]),
        ("planning", ["plan", "plans"]),
        ("flexibly", ["flexible", "flexibility"]),
        ("locally", ["local", "locals"]),
        ("family", ["families"]),
        ("families", ["family"]),
        ("apply", ["applies"]),
        ("reply", ["replies"]),
        ("assembly", ["assemblies"]),
        ("job", ["jobs"]),
        ("jobs", ["job"]),
        ("café", ["cafes", "CAFÉ"]),
    ],
)
def test_a_word_stands_for_its_other_forms(word, others):
    assert [other for other in [word, *others] if not words_of(word).include(other)] == []


@pytest.mark.parametrize(
    ("word", "other"),
    [
        *(("art", "article"), ("job", "jobcentre"), ("policy", "police"), ("king", "kitchen")),
        *(("ies", "young"), ("ties", "type")),
        *(("internship", "internet"), ("intern", "internet"), ("interns", "international")),
    ],
)
def test_a_word_does_not_stand_for_any_word_that_begins_like_it(word, other):
    assert not words_of(word).include(other)


def test_small_words_are_left_out_unless_there_are_no_others():
    assert words_of("How do I hire the best?").typed == ("hire", "best")
    assert words_of("who we are").typed == ("who", "we", "are")


def test_words_after_the_eighth_and_repeated_words_are_left_out():
    assert len(words_of(" ".join(f"word{number}" for number in range(20))).forms) == 8
    assert len(words_of("mentor " * 20).forms) == 1


@pytest.mark.parametrize("text", ["", "'", "_ - *", "🥐", "'s"])
def test_what_holds_no_word_is_false(text):
    assert not words_of(text)


def test_words_hold_letters_and_digits_only():
    typed = "s y ies a\\\"b' c*d (e) :f& g|h !i"
    forms = [form for word in words_of(typed).typed for form in forms_of(word)]

    assert all(form.removesuffix("*").isalnum() for form in forms)


def test_marks_stand_around_words_and_everything_is_escaped():
    marked = words_of("mentor café").mark("<b>Mentors</b> & a Cafe’s “mentoring”")

    assert marked == (
        "&lt;b&gt;<mark>Mentors</mark>&lt;/b&gt; &amp; a <mark>Cafe</mark>’s "
        "“<mark>mentoring</mark>”"
    )


@pytest.mark.parametrize(
    "text", ["", "mentor", "x" * 900, "x" * 900 + " mentor " + "x" * 900, "a mentor " * 300, "\n a"]
)
def test_an_excerpt_is_short_and_holds_the_word_if_the_text_does(text):
    excerpt = words_of("mentor").excerpt(text)

    assert len(excerpt) <= EXCERPT + 10
    assert ("mentor" in excerpt) == ("mentor" in text)


def test_the_forms_of_a_word_are_few():
    assert max(len(forms_of(word)) for word in ["mentors", "bus", "hire", "families", "a"]) <= 3


def test_an_excerpt_shows_none_of_the_commas_that_join_what_ended_already():
    text = "Use it with your own teams., , A route to talent, You meet people., Proof"

    assert words_of("teams").excerpt(text) == (
        "Use it with your own teams. A route to talent, You meet people. Proof"
    )
