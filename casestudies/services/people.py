"""Which editors are told about a case study."""

from django.db.models import QuerySet

from accounts.models import User

from ..models import CaseStudyPage, SignOff

EDITORS = "Editors"


def people_of(page: CaseStudyPage) -> list[User]:
    """Its owner; without one whoever asked its employer last; without both every editor."""
    asked = SignOff.objects.filter(case_study=page).newest_first().select_related("asked_by")
    for person in (page.story_owner, *(sign_off.asked_by for sign_off in asked[:1])):
        if person is not None and person.is_active:
            return [person]
    return list(editors())


def everybody_of(page: CaseStudyPage) -> list[User]:
    """Its owner or whoever asked, and every editor."""
    return list({person.pk: person for person in [*people_of(page), *editors()]}.values())


def editors() -> QuerySet[User]:
    """Those with an account that works."""
    return User.objects.filter(groups__name=EDITORS, is_active=True).order_by("pk")
