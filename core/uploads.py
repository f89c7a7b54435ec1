"""Who may send files, and how large: any other is left out before it is written to the disk."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.urls import Resolver404, resolve

_TOO_LARGE = "_had_a_file_that_was_too_large"


@dataclass(frozen=True)
class Door:
    """
    One public form that takes one file: under which name, of at most how many bytes.

    `is_open` gets the arguments in the form's address and says whether a file is taken there now.
    """

    field: str
    at_most: int
    is_open: Callable[..., bool]


_doors: dict[str, Door] = {}


class AlreadyRegistered(ValueError):
    """Two forms want the same address."""


def register(url_name: str, *, field: str, at_most: int, is_open: Callable[..., bool]) -> None:
    """
    Have the form at this address take a file.

    :raises AlreadyRegistered: if the address has one.
    """
    if url_name in _doors:
        raise AlreadyRegistered(url_name)
    _doors[url_name] = Door(field, at_most, is_open)


def had_too_large(request: HttpRequest) -> bool:
    """Whether a file came with the request that was left out because of its size."""
    return getattr(request, _TOO_LARGE, False)


class OnlyWhereAsked(FileUploadHandler):
    """
    Leaves out files that go neither to the CMS, from somebody signed in, nor through a `Door`.

    They would be written to the disk before a view sees the request. The other fields of the form
    arrive.
    """

    room: int | None = None  # bytes that this file may have; None: no limit of ours
    taken = False

    def new_file(self, field_name: str, *args, **kwargs) -> None:
        user = getattr(self.request, "user", None)
        if self.request.path.startswith("/admin/") and user and user.is_authenticated:
            return
        door = _open_door(self.request.path)
        if door is None or field_name != door.field or self.taken:
            raise SkipFile
        self.taken = True
        self.room = door.at_most

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if self.room is not None and start + len(raw_data) > self.room:
            setattr(self.request, _TOO_LARGE, True)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def _open_door(path: str) -> Door | None:
    with suppress(Resolver404):
        match = resolve(path)
        door = _doors.get(match.url_name)
        if door and door.is_open(*match.args, **match.kwargs):
            return door
    return None
