"""What editors do in the CMS: ask an employer, withdraw a permission. One POST each."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.working_days import today

from . import services
from .forms import ASKS_EMPLOYERS
from .models import CaseStudyPage, Permission, SignOff
from .permission_forms import AskForm, WithdrawForm

SHOWN = 5  # earlier sign-offs of a page


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the employer to approve the latest draft."""
    if not request.user.has_perm(ASKS_EMPLOYERS):
        raise PermissionDenied
    page = get_object_or_404(CaseStudyPage, id=pk)  # of `pk` any number would do
    if not may_ask(request.user, page):
        raise PermissionDenied
    data = request.POST if request.method == "POST" else None
    form = AskForm(data, initial=services.whom_to_ask(page))
    before = SignOff.objects.filter(case_study=page).newest_first().select_related("asked_by")
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            asked = services.ask_for_sign_off(
                page=page, by=request.user, now=timezone.now(), **form.cleaned_data
            )
            messages.success(request, f"{asked.sent_to} is asked to approve the latest draft.")
            return redirect("wagtailadmin_pages:edit", pk)
        except services.CannotAsk as refused:
            form.add_error(None, str(refused))
            status = 409
    return _form_page(
        request,
        "ask.html",
        form,
        title=f"Ask the employer to approve: {page.get_admin_display_title()}",
        label="Send",
        back=reverse("wagtailadmin_pages:edit", args=[pk]),
        sign_offs=before[:SHOWN],
        gaps=services.gaps_of_latest(page, today()),
        status=status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that somebody does not agree any more; what needs it leaves the site."""
    if not request.user.has_perm("casestudies.change_permission"):
        raise PermissionDenied
    permission = get_object_or_404(Permission, pk=pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.withdraw_permission(
                permission=permission,
                why=form.cleaned_data["why"],
                by=request.user,
                now=timezone.now(),
            )
            messages.success(request, "The permission is withdrawn.")
        except services.WithdrawnBefore:
            messages.warning(request, "This permission was withdrawn before.")
        return redirect("permissions:inspect", pk)
    return _form_page(
        request,
        "withdraw.html",
        form,
        title=f"Withdraw: {permission}",
        label="Withdraw",
        back=reverse("permissions:inspect", args=[pk]),
        permission=permission,
        status=422 if form.errors else 200,
    )


def may_ask(user, page: CaseStudyPage) -> bool:
    """Whether this person may send the page to its employer."""
    may_edit = page.permissions_for_user(user).can_edit()
    return user.has_perm(ASKS_EMPLOYERS) and may_edit


def _form_page(
    request: HttpRequest, template: str, form: Form, *, status: int, **context: object
) -> HttpResponse:
    return render(
        request, f"casestudies_admin/{template}", {"form": form, **context}, status=status
    )
