"""What the portal is told when something cannot be done: RFC 9457, `application/problem+json`."""

from collections.abc import Sequence
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt

PROBLEM_JSON = "application/problem+json"


class Problem(Exception):
    """
    Why a request was refused. `name` tells this kind of problem from others of its status;
    `errors` are what is wrong with the request, each {"loc": [...], "msg": "...", "type": "..."}.
    """

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        *,
        name: str = "",
        errors: Sequence[dict[str, object]] = (),
    ):
        super().__init__(detail)
        self.status, self.detail, self.errors = status, detail, errors
        self.name = name or status.phrase.lower().replace(" ", "-")


def answer(problem: Problem) -> JsonResponse:
    """The problem as it is sent."""
    status = problem.status
    said = {
        "type": f"{settings.BASE_URL}/api/portal/problems/{problem.name}",
        "title": status.phrase,
        "status": status.value,
        "detail": problem.detail,
    }
    if problem.errors:
        said["errors"] = list(problem.errors)
    response = JsonResponse(said, status=status, content_type=PROBLEM_JSON)
    response["Cache-Control"] = "no-store"
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    return response


@csrf_exempt
def nothing_here(request: HttpRequest) -> JsonResponse:
    """For every address of the portal's that is none: no redirect, no page for people."""
    return answer(Problem(HTTPStatus.NOT_FOUND, "There is nothing at this address"))
