from .heartbeat import Heartbeat
from .pages import SCHEDULED, BasePage, PublicPageQuerySet
from .pictures import Rendition, SiteImage
from .preview import PREVIEW_PURPOSE, PreviewLink
from .publishing import NotWhole, PublishedWhole
from .settings import NextStep, OtherHelp, PreElectionPeriod, SiteMessage

__all__ = [
    "PREVIEW_PURPOSE",
    "SCHEDULED",
    "BasePage",
    "Heartbeat",
    "NextStep",
    "NotWhole",
    "OtherHelp",
    "PreElectionPeriod",
    "PreviewLink",
    "PublicPageQuerySet",
    "PublishedWhole",
    "Rendition",
    "SiteImage",
    "SiteMessage",
]
