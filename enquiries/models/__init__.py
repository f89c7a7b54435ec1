from .desk import DeskSettings
from .enquiry import (
    LINK_PURPOSE,
    RETENTION,
    Enquiry,
    EnquiryQuerySet,
    Interest,
    TimelineEntry,
    TimelineIsAppendOnly,
)
from .privacy import NoticeInUse, PrivacyNotice
from .website import WEBSITE_PURPOSE, WebsiteMessage, WebsiteMessageQuerySet

__all__ = [
    "LINK_PURPOSE",
    "RETENTION",
    "WEBSITE_PURPOSE",
    "DeskSettings",
    "Enquiry",
    "EnquiryQuerySet",
    "Interest",
    "NoticeInUse",
    "PrivacyNotice",
    "TimelineEntry",
    "TimelineIsAppendOnly",
    "WebsiteMessage",
    "WebsiteMessageQuerySet",
]
