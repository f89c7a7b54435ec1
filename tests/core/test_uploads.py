"""What editors upload is a picture or a PDF, of a size that servers and phones can bear."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.documents import get_document_model

from core.models import SiteImage

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def picture(kind="PNG", size=(60, 40)):
    file = BytesIO()
    Image.new("RGB", size, "white").save(file, kind)
    return file.getvalue()


def huge_picture():
    """A few kilobytes that unfold to 36 million pixels."""
    file = BytesIO()
    Image.new("1", (6_000, 6_000)).save(file, "PNG", optimize=True)
    return file.getvalue()


@pytest.fixture
def upload(client, person):
    client.force_login(person("editor"))

    def upload(name, content, kind="image/png"):
        before = SiteImage.objects.count()
        response = client.post(
            reverse("wagtailimages:add"),
            {
                "title": "A picture",
                "file": SimpleUploadedFile(name, content, kind),
                "collection": 1,
            },
        )
        assert response.status_code in (200, 302)
        return SiteImage.objects.count() - before

    return upload


@pytest.mark.parametrize(
    ("name", "kind"), [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.webp", "WEBP")]
)
def test_a_picture_is_accepted(upload, name, kind):
    assert upload(name, picture(kind)) == 1


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("drawing.svg", SVG, "image/svg+xml"),
        ("drawing.png", SVG, "image/png"),
        ("page.html", b"<script>alert(1)</script>", "image/png"),
        ("page.png", b"<script>alert(1)</script>", "image/png"),
        ("picture.png", picture("JPEG"), "image/png"),
        ("picture.bmp", picture("BMP"), "image/bmp"),
        ("huge.png", huge_picture(), "image/png"),
        ("empty.png", b"", "image/png"),
        ("big.png", picture() + b"\0" * 11_000_000, "image/png"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_picture_or_too_large_is_refused(upload, name, content, kind):
    assert upload(name, content, kind) == 0


@pytest.mark.parametrize(
    ("name", "accepted"), [("a.pdf", 1), ("a.html", 0), ("a.svg", 0), ("a.docx", 0), ("a.js", 0)]
)
def test_only_a_pdf_is_accepted_as_a_document(client, person, name, accepted):
    client.force_login(person("editor"))

    client.post(
        reverse("wagtaildocs:add"),
        {
            "title": "A document",
            "file": SimpleUploadedFile(name, b"%PDF-1.4\n%%EOF", "application/pdf"),
            "collection": 1,
        },
    )

    assert get_document_model().objects.count() == accepted


def test_a_document_runs_nothing_in_the_browser(client, home):
    document = get_document_model().objects.create(
        title="A document", file=SimpleUploadedFile("a.pdf", b"%PDF-1.4\n%%EOF")
    )

    response = client.get(document.url)

    assert response.status_code == 200
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
