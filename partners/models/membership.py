import uuid

from django.conf import settings
from django.db import models
from wagtail.admin.panels import FieldPanel

from .partner import Partner


class MembershipQuerySet(models.QuerySet):
    def active(self):
        """Those that open something: of accounts that are open, for partners that are active."""
        return self.filter(user__is_active=True, partner__is_active=True)

    def of(self, user):
        """Those of one person."""
        return self.filter(user=user.pk)

    def leads(self):
        """Those who may invite and remove others."""
        return self.filter(is_lead=True)

    def coordinators(self):
        """Those who may propose for any partner."""
        return self.filter(is_coordinator=True)

    def in_order(self):
        """Leads first, then as they joined."""
        return self.order_by("-is_lead", "joined_at", "pk")


class Membership(models.Model):
    """
    Somebody acts for a partner in the partner area: it gives no access to the CMS.

    It says all that a member may do; a member is in no group.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    is_lead = models.BooleanField(
        "lead", default=False, help_text="Invites and removes members of this partner."
    )
    is_coordinator = models.BooleanField(
        "coordinator",
        default=False,
        help_text="Proposes for every partner and sees no enquiry of the others.",
    )
    joined_at = models.DateTimeField(editable=False)

    panels = [FieldPanel("is_lead"), FieldPanel("is_coordinator")]

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "user"], name="membership_unique"),
        ]

    def __str__(self) -> str:
        return f"Membership {self.pk}"  # names nobody where any editor may read it
