"""Listings a page at a time."""

from collections.abc import Sequence

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404


def page_of(items: QuerySet | Sequence, number: str | None, per_page: int) -> Page:
    """
    One page of a listing.

    :raises Http404: if the number is not that of a page.
    """
    try:
        return Paginator(items, per_page).page(number or 1)
    except InvalidPage:
        raise Http404 from None
