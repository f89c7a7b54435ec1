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

__all__ = [
    "CARD_PICTURES",
    "PAGE_PICTURES",
    "REVIEW_AFTER",
    "Basis",
    "CaseStudyIndexPage",
    "CaseStudyOffer",
    "CaseStudyPage",
    "CaseStudyQuerySet",
    "CaseStudyTag",
    "TaggedCaseStudy",
]
