"""
Makes a case study that waits to be approved, and prints its key and what its editor would post.

`{"page": 12, "form": {"title": "…"}}`
"""

import json

import django


def main() -> None:
    django.setup()
    from accounts.models import User
    from casestudies.models import CaseStudyPage
    from tests.casestudies.editing import form_of

    page = CaseStudyPage.objects.filter(is_example=True).order_by("pk").first()
    page.unpublish()
    author = User.objects.get(email="editor@example.org")
    page.summary = "Waits for a second pair of eyes."
    page.save_revision(user=author)
    page.get_workflow().start(page, author)
    print(json.dumps({"page": page.pk, "form": form_of(page)}, default=str))


if __name__ == "__main__":
    main()
