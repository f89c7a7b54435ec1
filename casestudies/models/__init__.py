from .case_study import (
    CARD_PICTURES,
    PAGE_PICTURES,
    REVIEW_AFTER,
    Basis,
    CaseStudyPage,
    CaseStudyQuerySet,
)
from .connections import CaseStudyOffer, CaseStudyTag, TaggedCaseStudy
from .index import CaseStudyIndexPage
from .permission import BY_SIGN_OFF, HOLDS_FOR_MONTHS, Permission, PermissionQuerySet
from .sign_off import (
    SIGN_OFF_LINK_HOLDS,
    SIGN_OFF_PURPOSE,
    Review,
    SignOff,
    SignOffQuerySet,
)
from .story import (
    STORY_KEPT,
    STORY_LINK_HOLDS,
    STORY_PURPOSE,
    StoryRequest,
    StoryRequestQuerySet,
)

__all__ = [
    "BY_SIGN_OFF",
    "CARD_PICTURES",
    "HOLDS_FOR_MONTHS",
    "PAGE_PICTURES",
    "REVIEW_AFTER",
    "SIGN_OFF_LINK_HOLDS",
    "SIGN_OFF_PURPOSE",
    "STORY_KEPT",
    "STORY_LINK_HOLDS",
    "STORY_PURPOSE",
    "Basis",
    "CaseStudyIndexPage",
    "CaseStudyOffer",
    "CaseStudyPage",
    "CaseStudyQuerySet",
    "CaseStudyTag",
    "Permission",
    "PermissionQuerySet",
    "Review",
    "SignOff",
    "SignOffQuerySet",
    "StoryRequest",
    "StoryRequestQuerySet",
    "TaggedCaseStudy",
]
