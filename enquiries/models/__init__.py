from .desk import DeskSettings
from .enquiry import (
    EMAIL_PURPOSE,
    KEPT,
    LINK_PURPOSE,
    RETENTION,
    TRACK_PURPOSE,
    Enquiry,
    EnquiryQuerySet,
)
from .form_day import FormDay
from .handover import HANDOVER_PURPOSE, Handover, HandoverQuerySet
from .interest import NOT_SURE, NOT_SURE_LABEL, Interest, InterestQuerySet
from .privacy import NoticeInUse, PrivacyNotice
from .replies import PLACEHOLDERS, ReplyTemplate, gaps
from .terms import SchoolTerm
from .timeline import TimelineEntry, TimelineIsAppendOnly
from .website import WEBSITE_PURPOSE, WebsiteMessage, WebsiteMessageQuerySet

__all__ = [
    "EMAIL_PURPOSE",
    "HANDOVER_PURPOSE",
    "KEPT",
    "LINK_PURPOSE",
    "NOT_SURE",
    "NOT_SURE_LABEL",
    "PLACEHOLDERS",
    "RETENTION",
    "TRACK_PURPOSE",
    "WEBSITE_PURPOSE",
    "DeskSettings",
    "Enquiry",
    "EnquiryQuerySet",
    "FormDay",
    "Handover",
    "HandoverQuerySet",
    "Interest",
    "InterestQuerySet",
    "NoticeInUse",
    "PrivacyNotice",
    "ReplyTemplate",
    "SchoolTerm",
    "TimelineEntry",
    "TimelineIsAppendOnly",
    "WebsiteMessage",
    "WebsiteMessageQuerySet",
    "gaps",
]
