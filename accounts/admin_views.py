from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from . import services
from .models import User
from .permissions import may_remove_second_factors


def remove_second_factors(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, and on a POST take all second factors from somebody who has lost them."""
    user = get_object_or_404(User, pk=pk)
    if not may_remove_second_factors(request, user):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "accounts_admin/remove_second_factors.html", {"person": user})
    services.remove_second_factors(user=user, by=request.user)
    messages.success(request, f"{user} has no second factor now, and is signed out everywhere.")
    return redirect("wagtailusers_users:edit", pk)
