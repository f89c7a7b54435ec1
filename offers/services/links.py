"""What members of partners do with their links to offers."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from wagtail.actions.unpublish import UnpublishAction
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.log_actions import log
from wagtail.models import Revision, WorkflowState

from accounts.models import User
from accounts.permissions import holders
from outbox.services import queue_mail
from partners import services as partners
from partners.models import Partner

from ..models import OfferLink, OfferPage

PAUSED = "offers.paused"
PAUSED_WORDS = "has no room for it any more"
WITHDRAWN_WORDS = "does not deliver it any more"


class AlreadyLinked(Exception):
    """The partner is linked to the offer already: `link` is what there is."""

    def __init__(self, link: OfferLink):
        super().__init__()
        self.link = link


@transaction.atomic
def propose_link(
    *, partner: Partner, offer: OfferPage, fields: Mapping[str, object], by: User
) -> OfferLink:
    """
    Have the council look at a new link; the public reads nothing of it until it is approved.

    The same once more changes nothing.

    :raises AlreadyLinked: if there is a link of the two, whatever its standing.
    """
    partners.locked(partner)
    link = OfferLink.objects.filter(partner=partner, offer=offer).first()
    if link is not None:
        is_the_same = all(getattr(link, name) == value for name, value in fields.items())
        if is_the_same and not link.live and partners.standing(link).is_waiting:
            return link  # a second press of the same button
        raise AlreadyLinked(link)
    link = OfferLink(partner=partner, offer=offer, live=False, **fields)
    link.full_clean()
    link.save()
    partners.send_to_council(link, by)
    return link


@transaction.atomic
def pause(*, link: OfferLink, by: User | None, now: datetime) -> OfferLink:
    """
    Tell the public at once that there is no room, and the editors that it was told.

    What waits for the council goes on waiting, and says so too. Nothing happens if there is none,
    or if the public does not see the link.
    `by` is None for whoever opens the link of a mail.
    """
    link = partners.locked(link)
    if link.room == OfferLink.Room.FULL or not link.live:
        return link
    link.room, link.from_on = OfferLink.Room.FULL, None
    link.save(update_fields=["room", "from_on"])
    # In the revisions too: the next one to be published would bring the room back.
    scheduled = link.revisions.filter(approved_go_live_at__isnull=False).values_list(
        "pk", flat=True
    )
    for revision in Revision.objects.filter(
        pk__in=[link.live_revision_id, link.latest_revision_id, *scheduled]
    ):
        content = {**revision.content, "room": link.room, "from_on": None}
        Revision.objects.filter(pk=revision.pk).update(content=content)
    log(link, PAUSED, user=by)
    _tell_editors(link, PAUSED_WORDS, now)
    return link


@transaction.atomic
def withdraw_link(*, link: OfferLink, by: User, now: datetime) -> OfferLink:
    """
    Take a link off the public site at once, with what waits for the council, and tell the editors.

    Nothing happens if it is off already.

    :raises BeingChanged: if the council is at it in this moment.
    """
    link = partners.locked_with_workflow(link, partners.BeingChanged)
    state = link.current_workflow_state
    if state:
        state.cancel(user=by)
    if link.live:
        # Members hold no permission in the CMS: whoever calls this has asked for their membership.
        UnpublishAction(link, user=by).execute(skip_permission_checks=True)
        _tell_editors(link, WITHDRAWN_WORDS, now)
    return link


def tell_about_link(*, state: WorkflowState, is_approved: bool) -> None:
    """Mail who proposed a change of a link what the council decided."""
    link = state.content_object
    tell = partners.tell_approved if is_approved else partners.tell_returned
    tell(
        state=state,
        partner=link.partner,
        what=f"‘{link.offer.title}’",
        path=reverse("partner_offers", args=[link.partner.slug]),
    )


def editors() -> QuerySet[User]:
    """Who looks after the links of offers."""
    return holders("offers.publish_offerlink")


def _tell_editors(link: OfferLink, what: str, now: datetime) -> None:
    for editor in editors():
        queue_mail(
            purpose="offer_link_taken_off",
            dedupe_key=f"offer_link_taken_off:{link.uuid}:{now.isoformat()}:{editor.pk}",
            to=editor.email,
            context={
                "partner": link.partner,
                "offer": link.offer,
                "what": what,
                "path": AdminURLFinder(editor).get_edit_url(link) or reverse("wagtailadmin_home"),
            },
        )
