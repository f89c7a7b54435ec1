"""What is done to one message or one mailbox in the CMS: one POST each, with permission."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_POST

from . import services
from .forms import AddressForm, CodeForm
from .models import Mailbox, Message
from .proving import problem_with


@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Have one message that was given up tried again."""
    if not request.user.has_perm("outbox.change_message"):
        raise PermissionDenied
    message = get_object_or_404(Message.objects.mails(), pk=pk)
    try:
        services.send_again(message=message, by=request.user)
    except services.AlreadyDelivered:
        messages.error(request, "Nothing was sent: this message was delivered already")
    else:
        messages.success(request, "The message will be tried again in a moment.")
    return redirect("mail:inspect", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def send_code(request: HttpRequest) -> HttpResponse:
    """Ask for an address, and mail a code there."""
    _check_may_change_mailboxes(request)
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            mailbox = services.send_code(address=form.cleaned_data["address"], now=timezone.now())
        except services.TooManyCodes as error:
            again = localtime(error.again_at)
            form.add_error(
                "address",
                f"This address was sent too many codes. Send the next one after {again:%H:%M}",
            )
        except services.UnmailableAddress:
            form.add_error("address", "No mail can be sent there. Enter another email address")
        else:
            messages.success(request, f"A code is on its way to {mailbox.address}.")
            return redirect("mailboxes:enter_code", mailbox.pk)
    return _form_page(request, "send_code.html", form, title="Prove a mailbox")


@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the code that was mailed to one mailbox."""
    _check_may_change_mailboxes(request)
    mailbox = get_object_or_404(Mailbox, pk=pk)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        code, now = form.cleaned_data["code"], timezone.now()
        problem = problem_with(code, address=mailbox.address, now=now)
        if not problem:
            messages.success(request, f"{mailbox.address} is proven and will be used.")
            return redirect("mailboxes:inspect", pk)
        form.add_error("code", problem)
    return _form_page(request, "enter_code.html", form, title="Enter the code", mailbox=mailbox)


@require_POST
def mark_bounced(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that mail to one mailbox does not arrive."""
    _check_may_change_mailboxes(request)
    mailbox = get_object_or_404(Mailbox, pk=pk)
    services.mark_bounced(
        address=mailbox.address, why="Marked by hand in the CMS", now=timezone.now()
    )
    messages.success(request, f"{mailbox.address} is not used until it is proven again.")
    return redirect("mailboxes:inspect", pk)


def _check_may_change_mailboxes(request: HttpRequest) -> None:
    if not request.user.has_perm("outbox.change_mailbox"):
        raise PermissionDenied


def _form_page(
    request: HttpRequest, template: str, form: forms.Form, **context: object
) -> HttpResponse:
    return render(
        request,
        f"outbox_admin/{template}",
        {"form": form, **context},
        status=422 if form.errors else 200,
    )
