"""
The public forms that take a POST, and the names of what each posts.

Each app registers its own in `AppConfig.ready()`: a form that comes without its security token,
because it was open for long, keeps these to be sent again. Every other address takes no POST.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress

from django.urls import Resolver404, resolve

_forms: dict[str, list[str]] = {}


class AlreadyRegistered(ValueError):
    """Two forms want the same address."""


def register(forms: Mapping[str, Sequence[str]]) -> None:
    """
    Have these forms keep what they post: `{"track_add": ["text", "once"]}`, by the names of their
    addresses.

    :raises AlreadyRegistered: if one of the addresses is taken.
    """
    if taken := _forms.keys() & forms.keys():
        raise AlreadyRegistered(", ".join(sorted(taken)))
    _forms.update({name: list(fields) for name, fields in forms.items()})


def names_at(path: str) -> list[str] | None:
    """The names of what the form at this address posts; None if there is no form."""
    with suppress(Resolver404):
        return _forms.get(resolve(path).url_name)
    return None
