"""Sending what a form holds to the council: what came of it, in words for whoever sent it."""

from django.core.exceptions import ValidationError

from accounts.models import User
from core.alone import alone

from . import services
from .profile_forms import ChangeForm, TakeBackForm

# What is said after it, by its name in `?done=`.
DONE = {
    "sent": "We have sent it to the council. The public reads it once it is approved.",
    "same": "Nothing was sent: the public reads this already.",
    "taken-back": "You have taken your change back.",
    "approved": "Nothing was taken back: the council has approved it, and the public reads it.",
    "changed": "Nothing was taken back: another change was sent meanwhile. Look at it again.",
    "with-council": "Nothing was done: the council is changing this. Call our team.",
}
CHANGED = (
    "Somebody changed this while you were writing. What you entered is still here. Look at it in "
    "another window, then send yours if it is still right"
)


def send(thing, form: ChangeForm, *, by: User) -> str:
    """
    Propose what a form holds for a thing; the name of what is said then.

    Empty if it was not sent: the form says why, and sent once more it rests on what is there now.
    """
    base = form.cleaned_data["base"]
    try:
        with alone(type(thing), thing.pk):
            row = services.propose(thing=thing, changes=form.changes, base=base, by=by)
    except services.NothingChanged:
        return "same"
    except services.BeingChanged:
        return "with-council"
    except services.ChangedMeanwhile:
        thing.refresh_from_db()
        form.rest_on(thing.latest_revision_id)
        form.add_error(form.first, CHANGED)
        return ""
    except ValidationError as refused:  # NobodyApproves too
        form.add_error(form.first, refused.messages[0])
        return ""
    return "sent" if services.standing(row).is_waiting else "taken-back"


def take_back(thing, form: TakeBackForm, *, by: User) -> str:
    """Have the council look at a change no longer; the name of what is said then."""
    base = form.cleaned_data["base"] if form.is_valid() else None
    try:
        with alone(type(thing), thing.pk):
            services.take_back(thing=thing, by=by, base=base)
    except services.ChangedMeanwhile:
        return "changed"
    except services.BeingChanged:
        return "with-council"
    except services.ApprovedMeanwhile:
        return "approved"
    return "taken-back"
