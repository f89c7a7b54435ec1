"""
Where an employer reads a story about them before it is published, and approves it or comments.

GET shows, POST acts. Whatever is wrong with a link, the answer is the same "not found".
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from core.forms import PlainForm
from core.http import SeeOther, get_or_post, never_stored, nowhere
from core.tokens import behind

from . import digests, services
from .models import SIGN_OFF_PURPOSE, SignOff
from .sign_off_forms import ApprovalForm, CommentForm


@get_or_post
@never_stored
def sign_off(request: HttpRequest, token: str) -> HttpResponse:
    """The version that was asked about, with two forms; once it is answered, what was said."""
    asked = _asked(token)
    if asked is None:
        return nowhere(request)
    if asked.answer or asked.withdrawn_at or asked.revision is None:
        return _over(request, asked)
    is_comment = request.POST.get("answer") == SignOff.Answer.COMMENT
    is_approval = request.method == "POST" and not is_comment
    approval = _approval_form(request, asked, is_approval)
    comments = CommentForm(request.POST if is_comment else None)
    sent = comments if is_comment else approval
    if not sent.is_valid():
        return _question(request, asked, approval, comments, sent)
    try:
        if is_comment:
            text = comments.cleaned_data["comment"]
            services.comment(sign_off=asked, text=text, now=timezone.now())
        else:
            read = request.POST.get("read", "")
            services.approve(sign_off=asked, now=timezone.now(), read=read, **_agreed(approval))
    except services.WordsChanged:
        asked = _asked(token) or asked
        return _question(request, asked, approval, comments, sent, has_changed=True)
    except (services.NewerVersion, services.AnsweredOtherwise):
        return _answered(request, _asked(token) or asked, status=409)
    return SeeOther(request.path)


def _over(request: HttpRequest, asked: SignOff) -> HttpResponse:
    """What was answered before; a second press of the same button leads where the first did."""
    if request.method != "POST":
        return _answered(request, asked, status=200)
    if asked.answer and request.POST.get("answer") == asked.answer:
        return SeeOther(request.path)
    return _answered(request, asked, status=409)


def _asked(token: str) -> SignOff | None:
    """The sign-off whose link this is; None whatever is wrong."""
    reachable = SignOff.objects.reachable(timezone.now()).select_related("revision", "case_study")
    return behind(reachable, SIGN_OFF_PURPOSE, token).first()


def _approval_form(request: HttpRequest, asked: SignOff, is_posted: bool) -> ApprovalForm:
    return ApprovalForm(
        request.POST if is_posted else None,
        employer=asked.revision.as_object().employer_name or "your organisation",
        with_picture=services.picture_of(asked) is not None,
    )


def _agreed(form: ApprovalForm) -> dict[str, object]:
    data = form.cleaned_data
    return {
        "person": data["person"],
        "role": data["role"],
        "months": data["months"],
        "picture": bool(data.get("picture")),
    }


def _question(
    request: HttpRequest,
    asked: SignOff,
    approval: ApprovalForm,
    comments: CommentForm,
    bound: PlainForm,
    *,
    has_changed: bool = False,
) -> HttpResponse:
    page = asked.revision.as_object()
    context = {
        "sign_off": asked,
        "page": page,
        "form": bound,
        "approval": approval,
        "comments": comments,
        "action": request.path,
        "read": digests.of_words(page) if has_changed else request.POST.get("read", ""),
        "has_changed": has_changed,
    }
    status = 409 if has_changed else 422 if bound.errors else 200
    return render(request, "casestudies/sign_off.html", context, status=status)


def _answered(request: HttpRequest, asked: SignOff, *, status: int) -> HttpResponse:
    later = SignOff.objects.approved().filter(case_study=asked.case_study, pk__gt=asked.pk)
    context = {
        "sign_off": asked,
        "permission": asked.permissions.for_words().first(),
        "later": later.newest_first().first(),
    }
    return render(request, "casestudies/sign_off_answered.html", context, status=status)
