"""What comes in another encoding than that of our pages is refused in words, and breaks nothing."""

import pytest
from django.core.handlers.base import BaseHandler

from aspires.wsgi import application
from core.http import TextRequest

FIELDS = ["organisation", "name", "email", "message", "login", "password", "offers", "next"]
HALF = [
    "%2B2AA-",
    "+2AA-",
    "%ff%fe%00%d8%41%00",
    r"a\ud800b",
]  # half a character, if taken at its word


@pytest.mark.parametrize("encoding", ["utf-7", "utf-16", "unicode_escape", "idna"])
@pytest.mark.parametrize("path", ["/enquire/", "/accounts/login/", "/contact/website/", "/track/"])
def test_no_encoding_breaks_a_form(client, home, encoding, path):
    client.raise_request_exception = False
    for value in HALF:
        pairs = "&".join(f"{name}={value}" for name in FIELDS)
        parts = "".join(
            f'--X\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name in FIELDS
        )
        for kind, body in (
            ("application/x-www-form-urlencoded", pairs),
            ("multipart/form-data; boundary=X", f"{parts}--X--\r\n"),
        ):
            answer = client.generic(
                "POST", path, body.encode(), content_type=f"{kind}; charset={encoding}"
            )
            assert answer.status_code == 400, (kind, value)
            assert "We could not read that request" in answer.content.decode()


@pytest.mark.parametrize("encoding", ["utf-8", "UTF-8", "utf8", "no-such"])
def test_a_form_with_files_may_say_that_it_is_utf_8(client, home, encoding):
    part = '--X\r\nContent-Disposition: form-data; name="organisation"\r\n\r\nCafé\r\n--X--\r\n'
    kind = f"multipart/form-data; boundary=X; charset={encoding}"

    answer = client.generic("POST", "/enquire/", part.encode(), content_type=kind)

    assert answer.status_code == 422
    assert 'value="Café"' in answer.content.decode()


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
@pytest.mark.parametrize("path", ["/", "/livez", "/enquire/", "/search/", "/api/portal/v1/feed"])
def test_no_encoding_of_anything_else_breaks_an_address(client, home, encoding, path):
    client.raise_request_exception = False

    kind = f"text/plain; charset={encoding}"
    answer = client.generic("GET", f"{path}?a=%ff", b"x", content_type=kind)

    assert answer.status_code == 400
    assert "We could not read that request" in answer.content.decode()


@pytest.mark.parametrize("encoding", ["rot13", "hex", "undefined", "no-such"])
def test_an_encoding_that_is_none_of_texts_is_taken_for_utf_8(rf, encoding):
    """Django fails on it before any middleware, so the web server's requests are of this class."""
    environ = rf._base_environ(PATH_INFO="/search/", QUERY_STRING="q=Caf%C3%A9")
    environ["CONTENT_TYPE"] = f"text/plain; charset={encoding}"

    request = TextRequest(environ)

    assert request.GET["q"] == "Café"
    assert application.request_class is TextRequest


@pytest.mark.parametrize(
    ("encoding", "query"),
    [("idna", "q=%ff"), ("utf-8", "&".join(["q=1"] * 5_001)), ("", "&".join(["q=1"] * 5_001))],
)
def test_what_no_query_can_be_read_from_is_refused_in_words(rf, home, encoding, query):
    environ = rf._base_environ(PATH_INFO="/search/", QUERY_STRING=query)
    environ["CONTENT_TYPE"] = f"text/plain; charset={encoding}" if encoding else ""
    site = BaseHandler()
    site.load_middleware()

    answer = site.get_response(TextRequest(environ))

    assert answer.status_code == 400
    assert "We could not read that request" in answer.content.decode()
