"""What editors upload is a picture, of a size that servers and phones can bear."""

from io import BytesIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.documents import get_document_model

from core import uploads
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

    def upload(name, content, kind="image/png", **changes):
        before = SiteImage.objects.count()
        response = client.post(
            reverse("wagtailimages:add"),
            {
                "title": "A picture",
                "file": SimpleUploadedFile(name, content, kind),
                "collection": 1,
                "credit": "Drawn for the council",
                "licence": "Open Government Licence v3.0",
                **changes,
            },
        )
        assert response.status_code in (200, 302)
        upload.text = response.content.decode()
        return SiteImage.objects.count() - before

    return upload


@pytest.mark.parametrize(
    ("name", "kind"), [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.webp", "WEBP")]
)
def test_a_picture_is_accepted(upload, name, kind):
    assert upload(name, picture(kind)) == 1


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("credit", "Enter who made the picture"),
        ("licence", "Enter by what right we show the picture"),
    ],
)
def test_a_picture_without_credit_or_licence_is_refused_in_words(upload, field, words):
    assert upload("a.png", picture(), **{field: " "}) == 0
    assert words in upload.text


def test_many_pictures_at_once_wait_for_credit_and_licence(client, person):
    client.force_login(person("editor"))
    before = SiteImage.objects.count()
    file = SimpleUploadedFile("a.png", picture(), "image/png")

    answer = client.post(
        reverse("wagtailimages:add_multiple"), {"files[]": file, "collection": 1}
    ).json()

    number = answer["uploaded_file_id"]
    assert SiteImage.objects.count() == before
    address = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[number])
    prefix = f"uploaded-image-{number}"
    fields = {f"{prefix}-title": "A", f"{prefix}-collection": 1, f"{prefix}-credit": "Ada"}
    refused = client.post(address, fields).json()
    assert "Enter by what right we show the picture" in refused["form"]
    client.post(address, {**fields, f"{prefix}-licence": "Ours"})
    assert SiteImage.objects.count() == before + 1


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


@pytest.mark.parametrize("name", ["admin", "editor"])
def test_nobody_uploads_a_document(client, person, name):
    client.force_login(person(name))
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.4\n%%EOF", "application/pdf")

    client.post(reverse("wagtaildocs:add"), {"title": "A document", "file": file, "collection": 1})

    assert not get_document_model().objects.exists()
    assert reverse("wagtaildocs:index") not in client.get("/admin/").content.decode()


def test_a_document_runs_nothing_in_the_browser(client, home):
    document = get_document_model().objects.create(
        title="A document", file=SimpleUploadedFile("a.pdf", b"%PDF-1.4\n%%EOF")
    )

    response = client.get(document.url)

    assert response.status_code == 200
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", ["/contact/website/", "/enquire/", "/admin/images/add/"])
def test_a_file_that_a_visitor_sends_is_left_out_and_the_other_fields_arrive(rf, address):
    request = rf.post(address, {"message": "Hello", "file": SimpleUploadedFile("x", b"x" * 100)})
    request.user = AnonymousUser()

    assert request.POST["message"] == "Hello"
    assert not request.FILES


def test_two_forms_cannot_take_files_at_one_address():
    with pytest.raises(uploads.AlreadyRegistered):
        uploads.register("story", field="other", at_most=1, is_open=lambda **_: True)
