from .heartbeat import Heartbeat
from .pages import SCHEDULED, BasePage, PublicPageQuerySet
from .pictures import Rendition, SiteImage
from .publishing import NotWhole, PublishedWhole
from .settings import NextStep, OtherHelp, PreElectionPeriod, SiteMessage

__all__ = [
    "SCHEDULED",
    "BasePage",
    "Heartbeat",
    "NextStep",
    "NotWhole",
    "OtherHelp",
    "PreElectionPeriod",
    "PublicPageQuerySet",
    "PublishedWhole",
    "Rendition",
    "SiteImage",
    "SiteMessage",
]
