"""The addresses of the portal's contract, under /api/portal/v1/."""

from collections.abc import Sequence
from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import register_converter, reverse
from django.urls.converters import UUIDConverter
from django.utils import timezone
from django.utils.cache import get_conditional_response, quote_etag
from ninja import NinjaAPI, Query
from ninja.errors import AuthenticationError, HttpError, ValidationError
from wagtail.api.v3.auth import BearerTokenAuth
from wagtail.models import APIToken

from . import door, inbound, problems, representations, schemas
from .contract import LICENCE, VERSION, describe
from .models import Change, ChangeQuerySet
from .problems import Problem

PAGE = 100  # things on a page of a feed
FRESH = 60  # seconds: a thing that was taken down is gone from caches after that
FRESH_END = 8  # seconds, of the last page: whoever waits there learns soon of what is new


class AnyCaseUUIDConverter(UUIDConverter):
    """Ids as some languages write them too: in capitals."""

    regex = UUIDConverter.regex.replace("a-f", "a-fA-F")


register_converter(AnyCaseUUIDConverter, "any_uuid")


class Api(NinjaAPI):
    def get_openapi_schema(self, **kwargs) -> dict:
        return describe(super().get_openapi_schema(**kwargs))


api = Api(
    title="Islington Aspires: Business Portal connection",
    version=VERSION,
    description=(
        "How a Business Portal mirrors what Islington Aspires publishes, learns of employers’ "
        "enquiries, and reports what became of them. Fields may be added; ignore those that you "
        "do not know."
    ),
    urls_namespace="portal-v1",
    docs_url=None,
    openapi_url="/openapi.json",
)


@api.exception_handler(Problem)
def on_problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    return problems.answer(problem)


@api.exception_handler(HttpError)
def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problems.answer(Problem(HTTPStatus(error.status_code), str(error)))


@api.exception_handler(AuthenticationError)
def on_stranger(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problems.answer(
        Problem(HTTPStatus.UNAUTHORIZED, "Send a valid token: Authorization: Bearer …")
    )


@api.exception_handler(RequestDataTooBig)
def on_too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problems.answer(
        Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Send less than a megabyte")
    )


@api.exception_handler(ValidationError)
def on_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [
        {"loc": _sent(one["loc"]), "msg": one["msg"], "type": one["type"]} for one in error.errors
    ]
    detail = "The request is not as the contract says"
    return problems.answer(Problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors=errors))


def _sent(place: Sequence[str | int]) -> list[str | int]:
    """Where it stands in what was sent: without the name that our own code has for the body."""
    return [*place[:1], *place[2:]] if place[0] == "body" else [*place]


def while_connected() -> None:
    """:raises Problem: if the two systems exchange nothing. No query."""
    if not door.known().is_connected:
        raise Problem(HTTPStatus.NOT_FOUND, "There is nothing at this address")


class Allowed(BearerTokenAuth):
    """Whoever holds a token of a user with this permission, while the systems are connected."""

    def __init__(self, permission: str):
        super().__init__()
        self.permission = permission

    def authenticate(self, request: HttpRequest, token: str) -> APIToken | None:
        found = super().authenticate(request, token)
        if found is None:
            return None
        if not request.user.has_perm(self.permission):
            raise Problem(HTTPStatus.FORBIDDEN, "This token may not do that")
        while_connected()
        if request.method == "PUT" and request.content_type != "application/json":
            raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Send application/json")
        return found


may_read, may_write = Allowed("enquiries.portal_read"), Allowed("enquiries.portal_write")
REFUSED = dict.fromkeys((401, 403, 404), schemas.Problem)
REFUSED_TO_WRITE = REFUSED | dict.fromkeys((400, 409, 410, 413, 415, 422), schemas.Problem)


@api.get(
    "/feeds/content",
    response={200: schemas.ContentFeed, 404: schemas.Problem, 422: schemas.Problem},
    operation_id="readContentFeed",
    summary="All that is published, in the order of change",
    tags=["content"],
)
def content_feed(
    request: HttpRequest,
    after: int = Query(0, alias="afterChangeNumber", ge=0, le=2**63 - 1),
) -> HttpResponse:
    """
    A page of the feed (OpenActive RPDE 1.0): what changed after a number. Begin without one,
    follow `next` until a page is empty, and go on asking there.
    """
    while_connected()
    page = feed_page("content_feed", Change.objects.content(), after)
    return public(JsonResponse(page), max_age=FRESH if page["items"] else FRESH_END)


@api.get(
    "/offers/{any_uuid:id}",
    response={200: schemas.Offer, 304: None, 404: schemas.Problem, 410: schemas.Problem},
    operation_id="readOffer",
    summary="One offer",
    tags=["content"],
)
def offer(request: HttpRequest, id: UUID) -> HttpResponse:
    """The same as in the feed. 410 once it is not published any more."""
    return thing(request, Change.Kind.OFFER, id)


@api.get(
    "/case-studies/{any_uuid:id}",
    response={200: schemas.CaseStudy, 304: None, 404: schemas.Problem, 410: schemas.Problem},
    operation_id="readCaseStudy",
    summary="One case study",
    tags=["content"],
)
def case_study(request: HttpRequest, id: UUID) -> HttpResponse:
    """The same as in the feed. 410 once it is not published any more."""
    return thing(request, Change.Kind.CASE_STUDY, id)


@api.get(
    "/partners/{any_uuid:id}",
    response={200: schemas.Partner, 304: None, 404: schemas.Problem, 410: schemas.Problem},
    operation_id="readPartner",
    summary="One partner",
    tags=["content"],
)
def partner(request: HttpRequest, id: UUID) -> HttpResponse:
    """The same as in the feed. 410 once it is not published any more."""
    return thing(request, Change.Kind.PARTNER, id)


@api.get(
    "/feeds/enquiries",
    auth=may_read,
    response={200: schemas.EnquiryFeed, 422: schemas.Problem, **REFUSED},
    operation_id="readEnquiryFeed",
    summary="Which enquiries there are, in the order of change",
    tags=["enquiries"],
)
def enquiry_feed(
    request: HttpRequest,
    after: int = Query(0, alias="afterChangeNumber", ge=0, le=2**63 - 1),
) -> HttpResponse:
    """As the content feed, with ids alone. Whoever missed every event finds them all here."""
    return private(JsonResponse(feed_page("enquiry_feed", Change.objects.enquiries(), after)))


@api.get(
    "/enquiries/{any_uuid:id}",
    auth=may_read,
    response={200: schemas.Enquiry, 410: schemas.Problem, **REFUSED},
    operation_id="readEnquiry",
    summary="One enquiry",
    tags=["enquiries"],
)
def read_enquiry(request: HttpRequest, id: UUID) -> HttpResponse:
    """All that is needed to help the employer. Each reading is noted. 410 once it was erased."""
    return private(JsonResponse(inbound.read(id, by=request.user, now=timezone.now())))


@api.put(
    "/enquiries/{any_uuid:id}",
    auth=may_write,
    response={200: schemas.EnquiryAnswer, 201: schemas.EnquiryAnswer, **REFUSED_TO_WRITE},
    operation_id="createEnquiry",
    summary="An enquiry that was made in the portal",
    tags=["enquiries"],
)
def create_enquiry(request: HttpRequest, id: UUID, sent: schemas.NewEnquiry) -> HttpResponse:
    """
    The portal chooses the id. Repeat it as often as you like: the same content gets the same
    answer, other content 409.
    """
    enquiry, is_new = inbound.create(id=id, sent=sent, now=timezone.now())
    said = {
        "id": str(enquiry.uuid),
        "reference": enquiry.reference,
        "created_at": representations.moment(enquiry.created_at),
    }
    return private(JsonResponse(said, status=HTTPStatus.CREATED if is_new else HTTPStatus.OK))


@api.put(
    "/enquiries/{any_uuid:id}/updates/{any_uuid:update}",
    auth=may_write,
    response={200: schemas.UpdateAnswer, 201: schemas.UpdateAnswer, **REFUSED_TO_WRITE},
    operation_id="updateEnquiry",
    summary="What became of an interest",
    tags=["enquiries"],
)
def update_enquiry(
    request: HttpRequest, id: UUID, update: UUID, news: schemas.Update
) -> HttpResponse:
    """
    The portal chooses the id of the update. Repeat it as often as you like. News that is older
    than what is known is kept as history, and answered with `applied: false`.
    """
    kept, is_new = inbound.update(
        enquiry=id, id=update, news=news, by=request.user, now=timezone.now()
    )
    said = {
        "id": str(kept.uuid),
        "applied": kept.is_applied,
        "interest_state": kept.interest_state or None,
    }
    return private(JsonResponse(said, status=HTTPStatus.CREATED if is_new else HTTPStatus.OK))


def feed_page(view: str, changes: ChangeQuerySet, after: int) -> dict[str, object]:
    """A page of a feed; its last page is empty and points to itself."""
    found = list(changes.after(after)[:PAGE])
    items = [
        {
            "state": "deleted" if change.is_deleted else "updated",
            "kind": change.kind,
            "id": str(change.uuid),
            "modified": change.number,
            **({} if change.is_deleted else {"data": change.data}),
        }
        for change in found
    ]
    last = found[-1].number if found else after
    here = reverse(f"portal-v1:{view}")
    following = f"{settings.BASE_URL}{here}?afterChangeNumber={last}"
    return {"next": following, "items": items, "license": LICENCE}


def private(response: HttpResponse) -> HttpResponse:
    """Nothing between the site and the portal keeps it."""
    response["Cache-Control"] = "private, no-store"
    return response


def thing(request: HttpRequest, kind: str, uuid: UUID) -> HttpResponse:
    """One thing that everybody may read."""
    while_connected()
    change = Change.objects.content().filter(kind=kind, uuid=uuid).first()
    if change is None:
        raise Problem(HTTPStatus.NOT_FOUND, "There is nothing with this id")
    if change.is_deleted:
        raise Problem(HTTPStatus.GONE, "It is not published any more")
    etag = quote_etag(change.digest)
    response = JsonResponse(change.data)
    response["ETag"] = etag
    response = get_conditional_response(request, etag=etag, response=response)
    return public(response, max_age=FRESH)


def public(response: HttpResponse, *, max_age: int) -> HttpResponse:
    """Kept by anybody for so many seconds; scripts of other sites may read it too."""
    response["Cache-Control"] = f"public, max-age={max_age}"
    response["Access-Control-Allow-Origin"] = "*"
    return response
