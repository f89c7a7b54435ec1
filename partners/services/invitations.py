"""
How somebody becomes a member: by a link that is mailed to their address, once.

An account that exists is linked only by somebody who signed in with it: with its own password, and
its second factor if it has or needs one.
"""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse

from accounts.models import User
from accounts.services import make_account
from core.personal_data import of_address
from core.text import on_the_wire
from core.working_days import begin_and_end, day
from outbox.models import Message
from outbox.services import queue_mail

from ..models import Invitation, Membership, Partner
from .members import add_member, locked_partner, note

INVITED = "partners.member_invited"
WITHDRAWN = "partners.invitation_withdrawn"
LOG_ACTIONS = {  # what each is called, and how it is told
    INVITED: ("Invite a member", "Somebody was invited as a member"),
    WITHDRAWN: ("Withdraw an invitation", "An invitation was withdrawn"),
}
A_DAY = timedelta(days=1)
HOLDS = timedelta(days=14)  # to the end of that day: people are on leave for a week or two
OF_A_PARTNER = 20  # in a day: more than any team that joins at once
OF_AN_ADDRESS = 3  # in a day, from all partners, so that nobody can have us flood a stranger
KEPT = timedelta(days=30)  # after it ended, so that a lead sees what became of it


class TooManyInvitations(Exception):
    """The partner sent as many in a day as it may."""

    words = f"{OF_A_PARTNER} invitations in a day is the most for one partner. Send more tomorrow"


class AddressInvitedTooOften(Exception):
    """The address was sent as many in a day as it gets, whoever sent them."""

    words = f"This address was sent {OF_AN_ADDRESS} invitations in a day. Invite it again tomorrow"


class IsMember(Exception):
    """Who has the address is a member already."""

    words = "Whoever has this address is a member already"


class InvitationEnded(Exception):
    """It was accepted, withdrawn or sent again, or it expired."""


class HasAccount(Exception):
    """There is an account of the address: its owner signs in instead of making one."""


class SomebodyElses(Exception):
    """The account is not that of the address that was invited."""


@transaction.atomic
def invite(
    *, partner: Partner, email: str, is_lead: bool, by: User, key: UUID, now: datetime
) -> Invitation:
    """
    Mail an address the link to become a member; one that was mailed before opens nothing then.

    Whether there is an account of the address makes no difference. `key` is that of the form: the
    same one again for the same partner and address changes nothing.

    :raises IsMember: if its owner is a member.
    :raises TooManyInvitations: if the partner sent as many in a day as it may.
    :raises AddressInvitedTooOften: if the address was sent as many in a day as it gets.
    """
    partner = locked_partner(partner)
    email = email.lower()
    uuid = _uuid(partner, email, key)
    if sent := Invitation.objects.filter(uuid=uuid).first():
        return sent
    if Membership.objects.filter(partner=partner, user__in=_accounts_of(email)).exists():
        raise IsMember
    lately = Invitation.objects.sent_since(now - A_DAY)
    if lately.filter(partner=partner).count() >= OF_A_PARTNER:
        raise TooManyInvitations
    if of_address(lately, on_the_wire(email), "email").count() >= OF_AN_ADDRESS:
        raise AddressInvitedTooOften
    ours = of_address(partner.invitations.all(), on_the_wire(email), "email")
    ours.unanswered().update(withdrawn_at=now, version=F("version") + 1)
    today = day(now)
    invitation = Invitation.objects.create(
        uuid=uuid,
        partner=partner,
        email=email,
        is_lead=is_lead,
        invited_by=by,
        created_at=now,
        expires_at=begin_and_end(today, today + HOLDS)[1],
    )
    note(partner, INVITED, by)
    queue_mail(
        purpose="partner_invitation",
        dedupe_key=_mail_key(invitation),
        to=email,
        context={
            "partner": partner,
            "path": reverse("invitation", args=[invitation.token]),
            "until": invitation.works_until,
        },
    )
    return invitation


@transaction.atomic
def send_invitation_again(
    *, invitation: Invitation, by: User, key: UUID, now: datetime
) -> Invitation:
    """
    Mail a new link, also in place of one that expired; the old one opens nothing then. With the
    same `key` once.

    :raises InvitationEnded: if it was accepted, withdrawn or sent again meanwhile.
    :raises: what `invite` does.
    """
    uuid = _uuid(invitation.partner, invitation.email, key)
    if sent := Invitation.objects.filter(uuid=uuid).first():
        return sent
    invitation = _locked(invitation)
    return invite(
        partner=invitation.partner,
        email=invitation.email,
        is_lead=invitation.is_lead,
        by=by,
        key=key,
        now=now,
    )


def _uuid(partner: Partner, email: str, key: UUID) -> UUID:
    """Of what a form sends: somebody may go back to it and invite another."""
    return uuid5(key, f"{partner.uuid} {email}")


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User, now: datetime) -> Invitation:
    """
    Have the link open nothing any more.

    :raises InvitationEnded: if it did not already: it was accepted, withdrawn or sent again.
    """
    invitation = _locked(invitation)
    invitation.withdrawn_at = now
    invitation.version += 1
    invitation.save(update_fields=["withdrawn_at", "version"])
    note(invitation.partner, WITHDRAWN, by)
    return invitation


@transaction.atomic
def accept_as(*, invitation: Invitation, user: User, now: datetime) -> Membership:
    """
    Make the owner of an account a member, who signed in with it.

    :raises InvitationEnded: if the link opens nothing any more.
    :raises SomebodyElses: if another address was invited.
    """
    invitation = _locked(invitation, now)
    if not is_account_of(invitation, user):
        raise SomebodyElses
    return _accept(invitation, user, now)


@transaction.atomic
def accept_with_new_account(
    *, invitation: Invitation, name: str, password: str, now: datetime
) -> Membership:
    """
    Make an account for the address that was invited, and its owner a member.

    :raises InvitationEnded: if the link opens nothing any more.
    :raises HasAccount: if there is an account of the address, open or closed.
    """
    invitation = _locked(invitation, now)
    if has_account(invitation):
        raise HasAccount
    try:
        with transaction.atomic():
            user = make_account(email=invitation.email, name=name, password=password)
    except IntegrityError:  # another invitation of the address was accepted in this moment
        raise HasAccount from None
    return _accept(invitation, user, now)


def has_account(invitation: Invitation) -> bool:
    """Whether there is an account of the address that was invited, open or closed."""
    return _accounts_of(invitation.email).exists()


def is_account_of(invitation: Invitation, user: User) -> bool:
    """Whether the address that was invited is that of the account."""
    return _accounts_of(invitation.email).filter(pk=user.pk).exists()


def forget_invitations(*, now: datetime) -> int:
    """Delete those that ended more than 30 days ago, and blank their mails; how many."""
    ended = list(Invitation.objects.ended_before(now - KEPT))
    for invitation in ended:
        Message.objects.filter(dedupe_key=_mail_key(invitation)).blank()
        invitation.delete()
    return len(ended)


def _mail_key(invitation: Invitation) -> str:
    return f"partner_invitation:{invitation.uuid}"


def _accounts_of(email: str):
    return of_address(User.objects.all(), on_the_wire(email), "email")


def _accept(invitation: Invitation, user: User, now: datetime) -> Membership:
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    return add_member(partner=invitation.partner, user=user, is_lead=invitation.is_lead, at=now)


def _locked(invitation: Invitation, now: datetime | None = None) -> Invitation:
    """
    Locked until the transaction ends, with its partner; at `now`, if its link opens something.

    :raises InvitationEnded: if it ended meanwhile.
    """
    partner = locked_partner(invitation.partner)
    found = Invitation.objects.filter(pk=invitation.pk, partner=partner)
    found = found.open(now) if now else found.unanswered()
    locked = found.select_related("partner").first()
    if locked is None:
        raise InvitationEnded
    return locked
